import type { StationSettings } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRigClock, type RigClock, settle } from '../ground/tests/rig-clock.ts';
import { DEFAULT_TIMING as timing } from '../ground/timing.ts';
import type { StationClient } from './connection.ts';
import { createServerClock } from './server-clock.ts';
import { createSync, type Sync, type SyncOptions } from './sync.ts';

let clock: RigClock;
let sync: Sync;
let enrolled = true;
let online = true;
let isWatched = false;
const calls: { id: string; input: unknown }[] = [];
const count = (id: string) => calls.filter((call) => call.id === id).length;
const heard: string[] = [];
/** What a route answers other than success. */
const answers = new Map<string, () => Promise<Result<unknown>>>();
let serverClock: ReturnType<typeof createServerClock>;

const HEARTBEAT = 'stationHeartbeat';
const SETTINGS = { stationName: 'one' } as unknown as StationSettings;

beforeEach(() => {
  clock = createRigClock();
  serverClock = createServerClock(clock);
  enrolled = true;
  online = true;
  isWatched = false;
  calls.length = 0;
  heard.length = 0;
  answers.clear();
});
afterEach(() => sync.stop());

async function answer(id: string): Promise<Result<unknown>> {
  const scripted = answers.get(id);
  if (scripted) return scripted();
  if (id === HEARTBEAT) return ok({ serverTime: new Date(clock.trueNow() + 5000).toISOString() });
  if (id === 'getStationSettings') return ok(SETTINGS);
  return ok({ changes: [], checkpoint: 0, more: false });
}

function open(changes: Partial<SyncOptions> = {}): void {
  const client = {
    async call(id: string, input: unknown) {
      calls.push({ id, input });
      return answer(id);
    },
  } as unknown as StationClient;
  sync = createSync({
    link: {
      enrolment: () => (enrolled ? ({} as never) : undefined),
      renew: () => undefined,
      asStation: (call) => call(client),
    },
    connection: { online: () => online, watch: (x) => x },
    runner: { nudge: () => heard.push('nudge'), stop: async () => void heard.push('stopped') },
    ...{ clock, serverClock, timing, random: () => 0.5 },
    pull: { checkpoint: () => 0, keep: () => undefined, onChange: () => undefined },
    isWatched: () => isWatched,
    status: async () => ({ version: '1', counts: { waiting: 2, parked: 1 }, freeBytes: 9 }),
    onSettings: ({ stationName }) => void heard.push(`settings ${stationName}`),
    onSynced: () => heard.push('synced'),
    onServerTime: (now) => heard.push(`time ${now - clock.trueNow()}`),
    onClockSetBack: () => heard.push('set back'),
    log: (_level, message, facts) => heard.push(`${message} ${JSON.stringify(facts ?? {})}`),
    ...changes,
  });
}

describe('the heartbeat', () => {
  it('comes at once, with how the station is, and brings the time', async () => {
    open();
    await settle();
    expect(calls).toEqual([
      {
        id: HEARTBEAT,
        input: { body: { version: '1', freeBytes: 9, outboxLength: 2, parked: 1 } },
      },
    ]);
    expect(heard).toEqual(['time 5000']);
    expect(serverClock.skewMs()).toBe(5000);
  });

  it('comes as often as it should while the server answers, and as a probe while it does not', async () => {
    open();
    await clock.advance(timing.heartbeatMs * 2 + timing.probeMs);
    expect(count(HEARTBEAT)).toBe(3);
    online = false;
    await clock.advance(timing.probeMs * 4);
    expect(count(HEARTBEAT)).toBe(7);
  });

  it('that fails tells no time', async () => {
    answers.set(HEARTBEAT, async () => fail('network.timeout'));
    open();
    await settle();
    expect(heard).toEqual([]);
    expect(serverClock.skewMs()).toBeUndefined();
  });

  it('is not sent before the station is enrolled', async () => {
    enrolled = false;
    open();
    await clock.advance(timing.settingsMs * 2);
    expect(calls).toEqual([]);
    enrolled = true;
    await clock.advance(timing.probeMs);
    expect(count(HEARTBEAT)).toBe(1);
  });

  it('is never sent twice at the same time, and again after one that broke', async () => {
    let end: (error: Error) => void = () => {};
    answers.set(HEARTBEAT, () => new Promise((_resolve, reject) => (end = reject)));
    open();
    await clock.advance(timing.heartbeatMs * 3);
    expect(count(HEARTBEAT)).toBe(1);
    end(new Error('broken'));
    await settle();
    expect(heard).toContain('Synchronising failed {"error":"broken"}');
    await clock.advance(timing.heartbeatMs + timing.probeMs);
    expect(count(HEARTBEAT)).toBe(2);
    end(new Error('over'));
  });
});

describe('changes', () => {
  it('are pulled at their pace, and at every look while somebody waits for one', async () => {
    open();
    expect(sync.lastSyncAt()).toBeUndefined();
    await clock.advance(timing.pullMs);
    expect(count('pullChanges')).toBe(1);
    expect(heard).toContain('synced');
    expect(sync.lastSyncAt()).toBe(new Date(clock.now()).toISOString());
    isWatched = true;
    await clock.advance(timing.watchedPullMs * 4);
    expect(count('pullChanges')).toBe(5);
  });

  it('that could not be pulled count for nothing', async () => {
    answers.set('pullChanges', async () => fail('network.timeout'));
    open();
    await clock.advance(timing.pullMs);
    expect(count('pullChanges')).toBe(1);
    expect(sync.lastSyncAt()).toBeUndefined();
    expect(heard).not.toContain('synced');
  });

  it('nor settings are asked for while the server does not answer', async () => {
    online = false;
    open();
    await clock.advance(timing.settingsMs * 2);
    expect(count('pullChanges')).toBe(0);
    expect(count('getStationSettings')).toBe(0);
  });
});

describe('settings', () => {
  it('are asked for at their pace', async () => {
    open();
    await clock.advance(timing.settingsMs - timing.probeMs);
    expect(count('getStationSettings')).toBe(0);
    await clock.advance(timing.probeMs * 2);
    expect(heard).toContain('settings one');
    answers.set('getStationSettings', async () => fail('network.timeout'));
    heard.length = 0;
    await clock.advance(timing.settingsMs);
    expect(count('getStationSettings')).toBe(2);
    expect(heard.filter((x) => x.startsWith('settings') || x.startsWith('Synch'))).toEqual([]);
  });
});

it('no two stations call in step: each has its own share of every pause', async () => {
  for (const [random, share] of [
    [0, 0.9],
    [0.999, 1.1],
  ] as const) {
    calls.length = 0;
    const times: number[] = [];
    answers.set('getStationSettings', async () => {
      times.push(clock.monotonic());
      return ok(SETTINGS);
    });
    const start = clock.monotonic();
    open({ random: () => random });
    await clock.advance(timing.settingsMs * 1.2);
    await sync.stop();
    const waited = times[0]! - start;
    expect(Math.abs(waited - timing.settingsMs * share)).toBeLessThanOrEqual(timing.probeMs);
  }
});

it('looks at everything when it is told to', async () => {
  enrolled = false;
  open();
  sync.refresh();
  await settle();
  expect(calls.map(({ id }) => id).sort()).toEqual([
    'getStationSettings',
    'pullChanges',
    HEARTBEAT,
  ]);
  expect(heard).toContain('nudge');
});

it('notices a clock that is set back, once, and no other', async () => {
  open();
  await clock.advance(timing.probeMs * 3);
  clock.shift(3_600_000);
  await clock.advance(timing.probeMs * 2);
  expect(heard).not.toContain('set back');
  clock.shift(-7_200_000);
  await clock.advance(timing.probeMs * 3);
  expect(heard.filter((x) => x === 'set back')).toHaveLength(1);
  expect(heard).toContain(
    `The clock was set back ${JSON.stringify({ seconds: 7200 - timing.probeMs / 1000 })}`,
  );
});

it('stops every pace, and waits for what is under way', async () => {
  let end = () => {};
  answers.set(
    HEARTBEAT,
    () => new Promise((resolve) => (end = () => resolve(fail('network.timeout')))),
  );
  open();
  await settle();
  let isStopped = false;
  const stopped = sync.stop().then(() => {
    isStopped = true;
  });
  await settle();
  expect(heard).toEqual(['stopped']);
  expect(isStopped).toBe(false);
  end();
  await stopped;
  clock.shift(-7_200_000);
  await clock.advance(timing.settingsMs * 2);
  expect(calls.map(({ id }) => id)).toEqual([HEARTBEAT]);
  expect(heard).toEqual(['stopped']);
});
