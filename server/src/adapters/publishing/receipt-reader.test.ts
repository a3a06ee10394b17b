import * as XLSX from '@e965/xlsx';
import { expect, test } from 'vitest';
import { readReceiptLines } from './receipt-lines.ts';
import { createReceiptReader } from './receipt-reader.ts';

const read = async (file: Uint8Array) => readReceiptLines(file);
const cellsOf = async (file: Uint8Array) => {
  const lines = await read(file);
  return lines.ok ? lines.value.map(({ cells }) => [...cells]) : lines.error.code;
};

const TABLE = [
  ['学号', '结果'],
  ['2023001', '成功'],
];

function book(bookType: 'xlsx' | 'xls'): Uint8Array {
  const made = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(made, XLSX.utils.aoa_to_sheet(TABLE), '回执');
  return XLSX.write(made, { type: 'buffer', bookType });
}

/** 学号,结果 and the line below, as Excel in China writes them. */
const GBK = Buffer.concat([
  Buffer.from('d1a7bac52cbde1b9fb0d0a323032333030312c', 'hex'),
  Buffer.from('b3c9b9a6', 'hex'),
]);

test.each([
  ['xlsx', book('xlsx')],
  ['xls', book('xls')],
  ['CSV', Buffer.from('\ufeff学号,结果\r\n="2023001",成功\r\n\r\n')],
  ['GBK', GBK],
  ['UTF-16', Buffer.from('\ufeff学号\t结果\n2023001\t成功', 'utf16le')],
  ['TXT with blanks', Buffer.from('学号   结果\n2023001\u3000成功\n')],
])('a receipt as %s', async (_, file) => {
  expect(await cellsOf(file)).toEqual(TABLE);
});

test('lines keep their numbers where some are empty', async () => {
  const lines = await read(Buffer.from('学号,结果\n\n1,成功\n'));
  expect(lines.ok && lines.value.map(({ row }) => row)).toEqual([1, 3]);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a picture', Buffer.from('ffd8ffe000104a46494600', 'hex')],
  ['a broken archive', Buffer.from('PK\u0003\u0004xx')],
])('%s is no receipt', async (_, file) => {
  expect(await cellsOf(file)).toBe('publishing.receiptUnreadable');
});

test('is read beside the main thread, with the same outcome', async () => {
  expect(await createReceiptReader().read(book('xlsx'))).toEqual(await read(book('xlsx')));
  expect(await createReceiptReader().read(Buffer.alloc(4))).toEqual(await read(Buffer.alloc(4)));
});
