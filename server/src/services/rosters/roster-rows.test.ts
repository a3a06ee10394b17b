import { expect, test } from 'vitest';
import type { RosterColumn } from './roster-columns.ts';
import { readPeople } from './roster-rows.ts';

const COLUMNS: ReadonlyMap<RosterColumn, number> = new Map([
  ['XH', 0],
  ['XM', 1],
  ['SFZH', 2],
  ['KSH', 3],
]);

const faults = (...people: readonly (readonly [string, string, string, string?])[]) =>
  readPeople(
    people.map((texts, index) => ({
      row: index + 2,
      cells: texts.map((text = '') => ({ text, numeric: false })),
    })),
    COLUMNS,
  ).errors.map(({ row, column, zh }) => `${row} ${column} ${zh}`);

test('nobody stands in a roster twice, however the same number is written', () => {
  expect(faults(['b1', '张三', 'A123456(3)'], ['b2', '李四', 'a1234563'])).toEqual([
    '3 SFZH 与第 2 行重复',
  ]);
  expect(faults(['b1', '张三', 'A1234563'], ['B1', '李四', 'A7654321'])).toEqual([
    '3 XH 与第 2 行重复',
  ]);
  const examinee = '23110101000001';
  expect(
    faults(['b1', '张三', 'A1234563', examinee], ['b2', '李四', 'A7654321', examinee]),
  ).toEqual(['3 KSH 与第 2 行重复']);
});

test('two people with numbers of their own are both taken, with and without 考生号', () => {
  expect(faults(['b1', '张三', 'A123456(3)'], ['b2', '张三', 'A123456(4)'])).toEqual([]);
});
