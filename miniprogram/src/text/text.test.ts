import { ORDER_STATE_TEXT } from '@gradshot/domain';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { zh } from './zh.ts';

/** Every sentence, with its place. */
function sentences(part: unknown, at = ''): [string, string][] {
  if (typeof part === 'string') return [[at, part]];
  if (typeof part === 'function') return [[at, String(part(1, 2))]];
  return Object.entries(part as object).flatMap(([key, value]) => sentences(value, `${at}.${key}`));
}

test('both languages say the same number of things', () => {
  expect(sentences(en).map(([at]) => at)).toEqual(sentences(zh).map(([at]) => at));
});

test('English has no Chinese but the names on the CHSI site', () => {
  const left = sentences(en).filter(
    ([at, text]) => /[一-鿿]/.test(text) && !/tutorial|otherLanguage/.test(at),
  );
  expect(left).toEqual([]);
});

test('the operation manual’s words stand as they do there', () => {
  const states = Object.values(ORDER_STATE_TEXT).map((state) => state.zh);
  const words = [...sentences(zh).map(([, text]) => text), ...states];
  for (const word of [
    '立即进入',
    '获取采集资格',
    '扫码识别',
    '相册识别',
    '核验学籍信息',
    '采集列表',
    '进入采集',
    '采集详情',
    '开始采集',
    '服务内容',
    '立即支付',
    '拍照',
    '重拍',
    '上传',
    '照片标准化',
    '提交',
    '身份核验中',
    '采集完成',
    '上网中',
    '审核未通过',
    '下载图片',
    '标准照',
    '排版照',
    '保存照片',
    '在线客服',
    '电话咨询',
    '客服',
  ])
    expect(words).toContain(word);
});
