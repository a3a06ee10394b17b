import { expect, test } from 'vitest';
import { outcomeOf, readReceipt } from './receipt-rows.ts';

const lines = (...rows: string[][]) => rows.map((cells, index) => ({ row: index + 1, cells }));

test('headings stand somewhere in the first lines, spelt as they come', () => {
  const read = readReceipt(
    lines(
      ['学信网图像采集回执'],
      ['导出时间：2027-06-01', ''],
      ['序号', '学  号', '照片名称', '处理结果', '不通过原因'],
      ['1', '2023001', '2023001.jpg', '成功', ''],
      ['2', '2023002', '2023002.jpg', '未通过', '人脸过小'],
      ['合计', '', '', '', ''],
    ),
  );
  expect(read).toMatchObject({
    value: [
      { row: 4, accepted: true, keys: [{ by: 'name', text: '2023001.jpg' }, { by: 'XH' }] },
      { row: 5, accepted: false, reason: '人脸过小' },
    ],
  });
});

test('a file with several sheets has its headings again', () => {
  const heading = ['考生号', '是否通过'];
  const read = readReceipt(lines(heading, ['1', '是'], heading, ['2', '否']));
  expect(read.ok && read.value.map(({ accepted }) => accepted)).toEqual([true, false]);
});

test.each([
  [[['姓名', '结果']], '文件名/学号'],
  [[['学号', '姓名']], '结果'],
  [[['甲', '乙']], '文件名/学号、结果'],
])('what is missing is named: %j', (rows, columns) => {
  expect(readReceipt(lines(...rows))).toMatchObject({
    error: { code: 'publishing.receiptColumnsMissing', details: { columns } },
  });
});

test.each([
  ['成功', true],
  ['上传成功', true],
  ['审核通过', true],
  ['已接收', true],
  ['OK', true],
  ['1', true],
  ['不通过', false],
  ['审核未通过', false],
  ['上传失败', false],
  ['不合格', false],
  ['否', false],
  ['Rejected', false],
  ['', undefined],
  ['待处理', undefined],
])('%s is read as %s', (text, accepted) => {
  expect(outcomeOf(text)).toBe(accepted);
});
