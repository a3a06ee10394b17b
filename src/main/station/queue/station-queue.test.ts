import { ok } from '@gradshot/domain';
import { buildStudent } from '@gradshot/testkit';
import { beforeEach, expect, it } from 'vitest';
import type { StudentView } from '../../../shared/index.ts';
import { createRigClock } from '../ground/tests/rig-clock.ts';
import { cleared, NOBODY, type SessionState } from '../session/state.ts';
import type { Visit } from '../session/visit.ts';
import type { EventLog } from '../store/event-log.ts';
import type { QueueRow, QueueTable } from '../store/queue-table.ts';
import { createStationQueue, type StationQueue } from './station-queue.ts';

/** A disk that takes nothing more, once it is full; and a visit that goes where it is told. */
let full: boolean;
let rows: Map<string, QueueRow>;
let state: SessionState;
let queue: StationQueue;

const table: QueueTable = {
  all: () => [...rows.values()],
  save(changed) {
    if (full) throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
    for (const row of changed) rows.set(row.id, row);
  },
  forget: () => false,
};
const student = buildStudent() as StudentView;
const resolved = { ticket: 't', expiresAt: '2099-01-01T00:00:00.000Z', student };
const visit = {
  state: () => state,
  command: async () => {
    const view = { step: 'verify', student, expiresAt: resolved.expiresAt } as const;
    state = { ...state, visit: state.visit + 1, view };
    return ok(null);
  },
} as unknown as Visit;

beforeEach(() => {
  [full, rows, state] = [false, new Map(), NOBODY];
  let made = 0;
  queue = createStationQueue({
    ...{ table, visit, clock: createRigClock(), log: () => undefined, onChange: () => undefined },
    events: { note: () => undefined } as unknown as EventLog,
    newId: () => `${++made}`,
    desk: { resolveCode: async () => ok(resolved) },
    ...{ arrivals: { codeOf: async () => ok('code') }, onMoved: () => undefined },
    roster: { search: async () => ok({ people: [], more: false }), confirm: async () => ok(false) },
  });
});

const states = () => queue.view().entries.map(({ number, state: at }) => `${number} ${at}`);

it('what staff do on a full disk is not done', async () => {
  await queue.checkIn({ payload: 'a' });
  full = true;
  expect(await queue.checkIn({ payload: 'b' })).toMatchObject({
    error: { code: 'station.diskFull' },
  });
  expect(await queue.call()).toMatchObject({ error: { code: 'station.diskFull' } });
  expect(states()).toEqual(['A001 waiting']);
  full = false;
  expect(await queue.checkIn({ payload: 'b' })).toEqual(ok({ number: 'A002', outcome: 'new' }));
});

it('what a visit came to on a full disk stands, and is written when there is room', async () => {
  await queue.checkIn({ payload: 'a' });
  await queue.call();
  full = true;
  await queue.begin('1');
  expect(states()).toEqual(['A001 inVisit']);
  state = cleared(state);
  queue.followVisit();
  expect(states()).toEqual(['A001 handedBack']);
  expect(rows.get('1')?.state).toBe('called');
  full = false;
  await queue.checkIn({ payload: 'b' });
  expect(rows.get('1')?.state).toBe('handedBack');
});
