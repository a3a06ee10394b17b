import { expect, it } from 'vitest';
import type { PhotoRecord } from './outputs.ts';
import { Table } from './table.ts';

function toCsv(records: readonly PhotoRecord[]): string {
  const table = new Table();
  for (const record of records) table.add(record);
  return table.toCsv();
}

const record = (changes: Partial<PhotoRecord>): PhotoRecord => ({
  file: 'a.jpg',
  accepted: true,
  profile: { id: 'p', version: 1 },
  checks: [],
  timingsMs: { total: 12.5 },
  models: {},
  provider: 'cpu',
  engineVersion: '1',
  ...changes,
});

it('has a row for every record and a column for every value', () => {
  const rows = toCsv([record({}), record({ file: 'b.jpg', accepted: false })]).split('\r\n');
  expect(rows).toHaveLength(4);
  const titles = rows[0]!.split(',');
  expect(rows[1]!.split(',')).toHaveLength(titles.length);
  expect(rows[2]).toMatch(/^b\.jpg,false/);
  expect(rows[1]!.split(',')[titles.indexOf('ms')]).toBe('12.5');
});

it('quotes what would break the table and disarms what would be a formula', () => {
  const csv = toCsv([record({ file: '=HYPERLINK("x"),y' }), record({ file: '-1.jpg' })]);
  expect(csv).toContain(`"'=HYPERLINK(""x""),y"`);
  expect(csv).toContain(`\n'-1.jpg,`);
});

it('leaves negative angles as numbers', () => {
  const geometry = { rollDeg: -2.5 } as NonNullable<PhotoRecord['geometry']>;
  expect(toCsv([record({ geometry })])).toContain(',-2.5,');
});
