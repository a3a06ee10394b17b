import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  batchRow,
  orderRow,
  paymentRow,
  schoolRow,
  studentRow,
} from '../../../tests/in-memory/rows.ts';
import { createInMemoryStorage } from '../../../tests/in-memory/storage.ts';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Station, StationRepository } from '../../ports/stations/station-repository.ts';
import { createConsoleDeskTakings } from './desk-takings.ts';

const school = schoolRow();
const order = orderRow(studentRow(school), batchRow(school));

/** A fee of so many fen; when: `2026-11-23T08:00`, in Beijing. */
type Taken = readonly [stationId: string, when: string, method: 'cash' | 'school', fen: number];

async function takings(taken: readonly Taken[], from: string, until: string) {
  const storage = createInMemoryStorage();
  for (const [stationId, when, method, amountFen] of taken) {
    const payment = paymentRow(order, { state: 'paid', method, amountFen });
    await storage.payments.insert(payment);
    const takenAt = new Date(`${when}+08:00`);
    const receiptNo = method === 'cash' ? randomUUID() : null;
    const desk = { paymentId: payment.id, schoolId: school.id, stationId, receiptNo, takenAt };
    expect(await storage.payments.addDesk(desk)).toBe(true);
  }
  const known = { a: ['二号机', '甲大学'], b: ['一号机', '甲大学'], c: ['一号机', '乙大学'] };
  const list = async () =>
    Object.entries(known).map(
      ([id, [name, of]]) => ({ id, name, school: of }) as Partial<Station> as Station,
    );
  const stations = { list } as unknown as StationRepository;
  const told = await createConsoleDeskTakings({ storage: { ...storage, stations } as never }).list(
    { schools: 'everySchool' } as StaffCaller,
    { from, until },
  );
  return told.map(({ day, school: of, station, method, count, amountFen }) =>
    [day, of, station, method, count, amountFen].join(' '),
  );
}

test('what was taken counts for its day in Beijing, from the first day to the end of the last', async () => {
  const taken: Taken[] = [
    ['a', '2026-11-22T23:59', 'cash', 1],
    ['a', '2026-11-23T00:00', 'cash', 20],
    ['a', '2026-11-23T12:00', 'cash', 300],
    ['a', '2026-11-24T23:59', 'cash', 4000],
    ['a', '2026-11-25T00:00', 'cash', 50000],
  ];
  expect(await takings(taken, '2026-11-23', '2026-11-24')).toEqual([
    '2026-11-24 甲大学 二号机 cash 1 4000',
    '2026-11-23 甲大学 二号机 cash 2 320',
  ]);
});

test('takings are listed by day, the latest first, and then by school, station and way to pay', async () => {
  const rows = [
    ...['2026-11-24 甲大学 二号机 cash 1 6', '2026-11-23 乙大学 一号机 cash 1 5'],
    ...['2026-11-23 甲大学 一号机 cash 1 4', '2026-11-23 甲大学 一号机 school 1 3'],
    ...['2026-11-23 甲大学 二号机 cash 1 2', '2026-11-23 甲大学 二号机 school 1 1'],
  ];
  const taken: Taken[] = [
    ['a', '2026-11-23T09:00', 'school', 1],
    ['a', '2026-11-23T09:00', 'cash', 2],
    ['b', '2026-11-23T09:00', 'school', 3],
    ['b', '2026-11-23T09:00', 'cash', 4],
    ['c', '2026-11-23T09:00', 'cash', 5],
    ['a', '2026-11-24T09:00', 'cash', 6],
  ];
  const both = [taken, taken.toReversed()];
  for (const one of both) expect(await takings(one, '2026-11-23', '2026-11-24')).toEqual(rows);
});

test('what a station took that is not known any more is still counted', async () => {
  const taken: Taken[] = [['gone', '2026-11-23T09:00', 'cash', 7]];
  expect(await takings(taken, '2026-11-23', '2026-11-23')).toEqual(['2026-11-23   cash 1 7']);
});
