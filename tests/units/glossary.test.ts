import { glossary, ORDER_STATE_TEXT } from '@gradshot/domain';
import { describe, expect, test } from 'vitest';
import { en as phoneEn } from '../../miniprogram/src/text/en.ts';
import { zh as phoneZh } from '../../miniprogram/src/text/zh.ts';
import { en as consoleEn } from '../../server/console/src/i18n/en.ts';
import { zh as consoleZh } from '../../server/console/src/i18n/zh.ts';
import { en as kioskEn } from '../../src/renderer/i18n/en.ts';
import { zh as kioskZh } from '../../src/renderer/i18n/zh.ts';
import { chineseTexts, essence, read, wholeSource, writtenTwice } from './chinese-texts.ts';

/** In 【】 or under a picture in the operation manual. */
const MANUAL = [
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
  '上传',
  '重拍',
  '照片标准化',
  '提交',
  '身份核验中',
  '等待审核',
  '审核未通过',
  '采集完成',
  '上网中',
  '下载图片',
  '标准照',
  '排版照',
  '保存照片',
  '客服',
  '在线客服',
  '电话咨询',
];

/** Files that are no modules and so cannot take the program's name from the glossary. */
const PROGRAM_NAMES = [
  'src/renderer/index.html',
  'miniprogram/src/index.html',
  'miniprogram/src/app.config.ts',
  'miniprogram/project.config.json',
];

const SPEAKERS = ['kiosk', 'phone', 'console', 'server'] as const;
const DICTIONARIES = [
  ['kiosk', kioskZh, kioskEn],
  ['phone', phoneZh, phoneEn],
  ['console', consoleZh, consoleEn],
] as const;

const texts = chineseTexts();
const words = Object.entries(glossary);

describe('a text stands once', () => {
  test('what two clients show stands in the domain, and none writes it again', () => {
    expect(
      writtenTwice(texts).map((same) => same.map(({ place, text }) => `${place} ${text}`)),
    ).toEqual([]);
  });

  test('blanks, spaces, punctuation and 你 for 您 do not hide a repetition', () => {
    const kiosk = {
      owner: 'kiosk',
      place: 'a',
      text: '请您在 {{count}} 秒内，点击【提交】。',
    } as const;
    const phone = { owner: 'phone', place: 'b', text: '请你在{seconds}秒内点击提交' } as const;
    const other = { owner: 'console', place: 'c', text: '请您点击【提交】。' } as const;
    expect(writtenTwice([kiosk, other, phone])).toEqual([[kiosk, phone]]);
    expect(writtenTwice([kiosk, { ...phone, owner: 'kiosk' }])).toEqual([]);
  });

  test('every program’s texts are found', () => {
    const owners = new Set(texts.map(({ owner }) => owner));
    expect([...owners].sort()).toEqual(['console', 'kiosk', 'phone', 'server', 'shared']);
  });

  test('an entry repeats no other one, unless English tells the two apart', () => {
    const entries = words.flatMap(([, { zh, en }]) =>
      typeof zh === 'string' ? [`${essence(zh)} ${en}`] : [],
    );
    expect(entries).toEqual([...new Set(entries)]);
  });

  test('an entry is a word of the manual or shown by two programs', () => {
    const sources = SPEAKERS.map(wholeSource);
    const needless = words.filter(
      ([name, { zh }]) =>
        !(typeof zh === 'string' && MANUAL.includes(zh)) &&
        sources.filter((source) => new RegExp(`\\bglossary\\.${name}\\b`).test(source)).length < 2,
    );
    expect(needless.map(([name]) => name)).toEqual([]);
  });

  test.each(MANUAL)('%s of the manual is a word of the domain', (word) => {
    const states = Object.values(ORDER_STATE_TEXT).map(({ zh }) => zh);
    expect([...words.map(([, { zh }]) => zh), ...states]).toContain(word);
  });

  test.each(PROGRAM_NAMES)('%s has the program’s name', (file) => {
    expect(read(file)).toContain(glossary.programName.zh);
  });
});

describe('a text is written as the manual’s readers expect', () => {
  test.each([
    ['您, never 你', /你/],
    ['full-width punctuation beside Chinese', /\p{Script=Han}[,;:!?()]|[,;:!?()]\p{Script=Han}/u],
    ['。 at the end of a sentence', /\p{Script=Han}\.(\s|$)/u],
    ['an ellipsis of one character', /\.\.\.|。。/],
  ])('%s', (_, wrong) => {
    expect(texts.filter(({ text }) => wrong.test(text))).toEqual([]);
  });
});

describe.each(DICTIONARIES)('%s', (_, zh, en) => {
  test('says a word of the glossary in both languages alike', () => {
    const english = new Map(leaves(en));
    const apart = leaves(zh).flatMap(([at, chinese]) => {
      const entries = words.filter(([, entry]) => entry.zh === chinese);
      const agreed = entries.length === 0 || entries.some(([, x]) => x.en === english.get(at));
      return agreed ? [] : [`${at}: ${String(chinese)} is ${String(english.get(at))}`];
    });
    expect(apart).toEqual([]);
  });
});

/** Every text of a dictionary with its path. */
function leaves(part: unknown, at = ''): [string, unknown][] {
  if (typeof part !== 'object' || part === null) return [[at, part]];
  return Object.entries(part).flatMap(([key, value]) => leaves(value, at ? `${at}.${key}` : key));
}
