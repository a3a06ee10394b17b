import { randomUUID } from 'node:crypto';
import { fail, ok, type StationRight } from '@gradshot/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hour, schoolRow, studentRow } from '../../../tests/in-memory/rows.ts';
import { createInMemoryStorage } from '../../../tests/in-memory/storage.ts';
import type { StationCaller } from '../../ports/access/caller.ts';
import type {
  Station,
  StationAct,
  StationRepository,
} from '../../ports/stations/station-repository.ts';
import { tokenHash } from '../../security/tokens.ts';
import { beijingMidnight } from '../school-time/beijing-day.ts';
import { afterWrongTry, LIFTS_A_DAY, MAX_WRONG_TRIES, minutesLocked } from './last-four-lock.ts';
import { createLockLifting } from './lock-lifting.ts';

const MINUTE_MS = 60_000;

const stationWith = (rights: readonly StationRight[]) =>
  ({ rights }) as Partial<Station> as Station;

/** Three stations of one school, the last of them without the right, and one student. */
async function openDesk() {
  const storage = createInMemoryStorage();
  const school = schoolRow();
  const student = studentRow(school);
  await storage.schools.insert(school);
  await storage.students.save(student);
  const callers = Array.from(
    { length: 3 },
    (): StationCaller => ({ kind: 'station', stationId: randomUUID(), schoolId: school.id }),
  );
  const acts: StationAct[] = [];
  const stations = {
    find: async (id: string) => stationWith(id === callers[2]!.stationId ? [] : ['liftLock']),
    addAct: async (act: StationAct) => void acts.push(act),
    liftsSince: async (_student: string, since: Date) => acts.filter(({ at }) => at >= since),
  } as Partial<StationRepository> as StationRepository;
  let now = hour(0);
  const lifting = createLockLifting({
    clock: () => now,
    storage: {
      ...storage,
      stations,
      transaction: (work) => storage.transaction((rows) => work({ ...rows, stations })),
    },
  });
  const counter = () => storage.transaction((rows) => rows.eligibility.lockCounter(student.id));
  return {
    acts,
    callers,
    counter,
    isLocked: async () => minutesLocked(await counter(), now) > 0,
    wait: (minutes: number) => {
      now = new Date(now.getTime() + minutes * MINUTE_MS);
    },
    /** As one who types without being heard once it is locked. */
    async typeWrong(times: number) {
      for (let count = 0; count < times; count += 1) {
        const before = await counter();
        if (minutesLocked(before, now) === 0)
          await storage.eligibility.saveCounter(afterWrongTry(before, now));
      }
    },
    async scan(station: number, expiresAt = hour(1e5)) {
      // A code is scanned after whatever was done before.
      now = new Date(now.getTime() + 1);
      const ticket = randomUUID();
      await storage.eligibility.insertTicket({
        ...{ tokenHash: tokenHash(ticket), studentId: student.id, accountId: null, usedAt: null },
        ...{ stationId: callers[station]!.stationId, createdAt: now, expiresAt },
      });
      return ticket;
    },
    lift: (station: number, ticket: string) => lifting.lift(ticket, callers[station]!),
  };
}

const lockedDesk = async () => {
  const desk = await openDesk();
  await desk.typeWrong(MAX_WRONG_TRIES);
  expect(await desk.isLocked()).toBe(true);
  return desk;
};

test('lifting a lock tells how often it can be done again today, and then that it cannot', async () => {
  const desk = await lockedDesk();
  expect(await desk.lift(0, await desk.scan(0))).toEqual(ok({ leftToday: 1 }));
  await desk.typeWrong(MAX_WRONG_TRIES);
  expect(await desk.lift(1, await desk.scan(1))).toEqual(ok({ leftToday: 0 }));
  await desk.typeWrong(MAX_WRONG_TRIES);
  expect(await desk.lift(0, await desk.scan(0))).toEqual(
    fail('eligibility.liftsUsedUp', { limit: 2 }),
  );
  desk.wait(24 * 60);
  await desk.typeWrong(MAX_WRONG_TRIES);
  expect(await desk.lift(0, await desk.scan(0))).toEqual(ok({ leftToday: 1 }));
});

test('a lock is lifted by the ticket of this station alone, and in its time', async () => {
  const desk = await lockedDesk();
  const expired = fail('eligibility.ticketExpired');
  expect(await desk.lift(0, await desk.scan(1))).toEqual(expired);
  expect(await desk.lift(0, await desk.scan(0, hour(0)))).toEqual(expired);
  expect(await desk.lift(0, randomUUID())).toEqual(expired);
  expect(await desk.lift(2, await desk.scan(2))).toEqual(fail('station.mayNotLiftLock'));
  expect([await desk.isLocked(), desk.acts]).toEqual([true, []]);
});

test('a wish to lift whose answer was lost is answered the same, and counts once', async () => {
  const desk = await lockedDesk();
  const ticket = await desk.scan(0);
  expect(await desk.lift(0, ticket)).toEqual(ok({ leftToday: 1 }));
  expect(await desk.lift(0, ticket)).toEqual(ok({ leftToday: 1 }));
  desk.wait(1);
  expect(await desk.lift(0, ticket)).toEqual(ok({ leftToday: 1 }));
  expect(desk.acts).toHaveLength(1);
});

test('what is not locked is not lifted, also where another station or a scan before has done so', async () => {
  const desk = await lockedDesk();
  const [here, there] = [await desk.scan(0), await desk.scan(1)];
  expect((await desk.lift(0, here)).ok).toBe(true);
  const notLocked = fail('eligibility.notLocked');
  expect(await desk.lift(1, there)).toEqual(notLocked);
  expect(await desk.lift(0, await desk.scan(0))).toEqual(notLocked);
  expect(desk.acts).toHaveLength(1);
});

const act = fc.oneof(
  fc.record({ do: fc.constant('type' as const), n: fc.integer({ min: 1, max: 7 }) }),
  fc.record({ do: fc.constant('lift' as const), n: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ do: fc.constant('wait' as const), n: fc.integer({ min: 1, max: 600 }) }),
);

test('whatever is typed and pressed where, a lock is lifted twice a day at most, and each time is kept', async () => {
  let lifted = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 60 }), async (acts) => {
      const desk = await openDesk();
      for (const { do: what, n } of acts) {
        if (what === 'wait') desk.wait(n);
        else if (what === 'type') await desk.typeWrong(n);
        else {
          const [wasLocked, before] = [await desk.isLocked(), desk.acts.length];
          const { ok } = await desk.lift(n, await desk.scan(n));
          // A ticket of its own each time: success is a lock that was there and is not any more.
          expect(ok).toBe(wasLocked && !(await desk.isLocked()));
          expect(desk.acts.length - before).toBe(ok ? 1 : 0);
        }
      }
      lifted += desk.acts.length;
      const days = desk.acts.map(({ at }) => beijingMidnight(at).getTime());
      for (const day of days)
        expect(days.filter((one) => one === day).length).toBeLessThanOrEqual(LIFTS_A_DAY);
      const [one, two] = desk.callers.map(({ stationId }) => stationId);
      for (const { stationId } of desk.acts) expect([one, two]).toContain(stationId);
    }),
    { numRuns: 150 },
  );
  expect(lifted).toBeGreaterThan(0);
});
