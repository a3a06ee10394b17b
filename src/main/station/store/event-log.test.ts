import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEventLog, KEPT_EVENTS } from './event-log.ts';
import { openStoreRig, type StoreRig } from './tests/store-rig.ts';

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.close());

const count = () => rig.store.database.prepare('SELECT count(*) FROM events').pluck().get();

/** As if so many had been recorded one by one. */
function haveRecorded(events: number): void {
  rig.store.database
    .prepare(
      `WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ?)
       INSERT INTO events (id, at, kind, facts) SELECT n, n, 'picture.read', '{}' FROM series`,
    )
    .run(events);
}

it('lets the oldest go, a thousand at a time, and keeps the newest hundred thousand', () => {
  haveRecorded(KEPT_EVENTS + 998);
  rig.store.events.record('station.enrolled', { stationId: 's' });
  expect(count()).toBe(KEPT_EVENTS + 999);
  rig.store.events.note('staff.unlocked');
  expect(count()).toBe(KEPT_EVENTS);
  const kept = rig.store.events.latest(KEPT_EVENTS);
  expect(kept.slice(0, 2).map(({ kind }) => kind)).toEqual(['staff.unlocked', 'station.enrolled']);
  expect(kept.at(-1)?.at).toBe(1001);
});

it('takes in one go what an earlier program never let go', () => {
  haveRecorded(2 * KEPT_EVENTS + 999);
  rig.store.events.note('staff.unlocked');
  expect(count()).toBe(KEPT_EVENTS);
});

it('keeps all as long as they are few', () => {
  haveRecorded(2999);
  rig.store.events.note('staff.unlocked');
  expect(count()).toBe(3000);
});

it('stops nothing that has happened where a note cannot be written, and logs it; a record does', () => {
  const lines: string[] = [];
  const events = createEventLog(rig.store.database, rig.clock, (_level, message, facts) => {
    lines.push(`${message}: ${JSON.stringify(facts)}`);
  });
  rig.store.database.exec('DROP TABLE events');
  events.note('staff.tookPayment');
  expect(lines).toEqual([expect.stringMatching(/could not be written: .*staff.tookPayment/)]);
  expect(() => events.record('picture.read')).toThrow();
});
