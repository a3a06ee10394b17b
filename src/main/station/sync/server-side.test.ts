import type { StationSettings } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import { publicKeyOf } from '@gradshot/storage';
import { buildOrderDetail, buildReport } from '@gradshot/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createStationEvents } from '../ground/station-events.ts';
import { DEFAULT_TIMING as timing } from '../ground/timing.ts';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { NOBODY } from '../session/state.ts';
import type { Visit } from '../session/visit.ts';
import { openStoreRig, type StoreRig } from '../store/tests/store-rig.ts';
import type { StationClient } from './connection.ts';
import { reachServer, type ServerSide, serveSync } from './server-side.ts';

let rig: StoreRig;
let side: ServerSide;
let events: ReturnType<typeof createStationEvents>;
let isDown = false;
let step: 'welcome' | 'payment' | 'handedIn' = 'welcome';
const heard: string[] = [];
const news: unknown[] = [];
let settings: Partial<StationSettings>;
let changes: object[] = [];
const calls: { id: string; input: unknown }[] = [];
let handedIn: Result<unknown>;

const at = '2026-11-24T00:00:00.000Z';

async function answer(id: string, input: unknown): Promise<Result<unknown>> {
  if (isDown) return fail('network.unreachable');
  calls.push({ id, input });
  if (id === 'stationHeartbeat') return ok({ serverTime: new Date(rig.clock.now()).toISOString() });
  if (id === 'getStationSettings') return ok(settings);
  if (id === 'pullChanges') return ok({ changes: changes.splice(0), checkpoint: 9, more: false });
  if (id === 'handInPhoto') return handedIn;
  if (id === 'registerStationKey') return ok({ keyRegistered: true });
  return ok({});
}

const client = {
  call: answer,
  deliverPhoto: (input: unknown) => answer('deliverPhoto', input),
} as unknown as StationClient;

beforeEach(async () => {
  rig = await openStoreRig();
  isDown = true;
  step = 'welcome';
  settings = { stationName: 'one' };
  changes = [];
  handedIn = ok(buildOrderDetail({ orderId: 'order<A>', state: 'underReview', photoId: 'p1' }));
  for (const list of [heard, news, calls]) list.length = 0;
  const enrolment = { serverUrl: 'x', stationId: 'S', deviceKey: 'K', name: 'n', school: 's' };
  rig.store.settings.set('enrolment', enrolment);
  events = createStationEvents();
  events.on('changed', () => heard.push('changed'));
  events.on('serverBack', () => heard.push('back'));
});
afterEach(async () => {
  await side.sync.stop();
  await rig.close();
});

/** Files are read by other threads, so a call is waited for. */
const called = (id: string, times = 1) => expect.poll(() => count(id)).toBe(times);
const count = (id: string) => calls.filter((call) => call.id === id).length;

function open(provider?: string): void {
  const core = {
    ...{ version: '9', clock: rig.clock, timing, events, random: () => 0.5 },
    log: (_level: string, message: string) => heard.push(message),
  };
  side = serveSync({
    reach: reachServer(core, rig.store.settings, () => client),
    core,
    store: rig.store,
    visit: {
      orderChanged: (told: unknown) => news.push(told),
      deliveryChanged: (photoId: string, delivery: string) => heard.push(`${photoId} ${delivery}`),
      state: () => ({ ...NOBODY, view: { ...NOBODY.view, step } }),
    } as unknown as Visit,
    provider: () => provider,
    onServerTime: () => heard.push('time'),
    onSettings: () => heard.push('settings'),
    onOrder: (orderId) => heard.push(`order ${orderId}`),
  });
}

async function handIn(): Promise<void> {
  await rig.keep('p1');
  await rig.ledger.keepStandard('p1', buildReport(), fakeJpeg('s1'));
  await rig.ledger.handIn('p1');
}

/** The server answers from now on, and is found by the next probe. */
async function back(): Promise<void> {
  isDown = false;
  await rig.clock.advance(timing.probeMs * 2);
  await expect.poll(() => heard).toContain('The server answers');
}

it('finds the server, sends what waits, and tells the visit what became of it', async () => {
  await handIn();
  open('cpu');
  await rig.clock.advance(timing.probeMs * 2);
  expect(calls).toEqual([]);
  await back();
  expect(heard).toContain('The server answers');
  await expect.poll(() => rig.store.photos.find('p1')?.step).toBe('arrived');
  expect(heard.filter((x) => x.startsWith('p1'))).toEqual([
    'p1 sending',
    'p1 queued',
    'p1 sending',
    'p1 arrived',
  ]);
  expect(news).toEqual([
    {
      ...{ orderId: 'order<A>', state: 'underReview', reasons: [], photoId: 'p1' },
      at: buildOrderDetail().updatedAt,
    },
  ]);
  expect(calls[0]).toEqual({
    id: 'stationHeartbeat',
    input: {
      body: {
        ...{ version: '9', provider: 'cpu', outboxLength: 1, parked: 0 },
        freeBytes: expect.any(Number),
      },
    },
  });
  isDown = true;
  await rig.clock.advance(timing.heartbeatMs + timing.probeMs);
  await expect.poll(() => heard).toContain('The server cannot be reached');
  expect(heard.filter((x) => x === 'back')).toHaveLength(1);
});

it('sends what is queued while the server answers, at once', async () => {
  open();
  await back();
  await handIn();
  events.emit('queued');
  await called('handInPhoto');
});

it('waits for nothing when the server is back', async () => {
  await handIn();
  const first = rig.store.outbox.due(rig.clock.now())[0]!;
  rig.store.outbox.sending(first.id);
  const later = rig.clock.now() + timing.backoffCapMs;
  rig.store.outbox.retryAt(first.id, later, { code: 'network.timeout' });
  open();
  await back();
  await called('deliverPhoto');
  expect(rig.clock.now()).toBeLessThan(later);
});

it('waits for nothing either that a clock of before put off', async () => {
  await handIn();
  open();
  await back();
  await called('handInPhoto');
  calls.length = 0;
  rig.store.outbox.repeatUpload('p1');
  const upload = rig.store.outbox.due(rig.clock.now())[0]!;
  rig.store.outbox.sending(upload.id);
  rig.store.outbox.retryAt(upload.id, rig.clock.now() + 600_000, { code: 'server.internal' });
  rig.clock.shift(-3_600_000);
  await rig.clock.advance(timing.probeMs * 2);
  await called('deliverPhoto');
});

it('tells how an order stands with the photo that lies here', async () => {
  await handIn();
  const parked = rig.store.outbox.due(rig.clock.now())[0]!;
  rig.store.outbox.sending(parked.id);
  rig.store.outbox.park(parked.id, { code: 'photo.notStandard' });
  changes = [
    {
      ...{ sequence: 9, orderId: 'order<A>', state: 'pendingCapture', reasons: [], at },
      promisedAt: at,
    },
  ];
  open();
  await back();
  await rig.clock.advance(timing.pullMs);
  expect(news).toContainEqual({
    ...{ orderId: 'order<A>', state: 'pendingCapture', reasons: [], at, promisedAt: at },
    local: { photoId: 'p1', step: 'handedIn', delivery: 'parked' },
  });
  expect(rig.store.orders.checkpoint()).toBe(9);
  await rig.clock.advance(timing.pullMs * 2);
  expect(calls.filter(({ id }) => id === 'pullChanges').at(-1)?.input).toEqual({
    query: { after: 9, limit: 200 },
  });
});

it.each(['payment', 'handedIn'] as const)('asks often while somebody waits: %s', async (at) => {
  open();
  await back();
  calls.length = 0;
  step = at;
  await rig.clock.advance(timing.watchedPullMs * 4);
  expect(count('pullChanges')).toBeGreaterThanOrEqual(4);
});

it('keeps the settings that the server tells, and entrusts the key once', async () => {
  rig.store.settings.set('serverSettings', { stationName: 'old' } as StationSettings);
  open();
  expect(side.settings()).toEqual({ stationName: 'old' });
  const publicKey = publicKeyOf(Buffer.alloc(32, 7)).toString('base64');
  settings = { stationName: 'new', keyEscrow: { publicKey, keyRegistered: false } };
  await back();
  const known = { stationName: 'new', keyEscrow: { publicKey, keyRegistered: true } };
  await called('registerStationKey');
  await expect.poll(side.settings).toEqual(known);
  expect(rig.store.settings.get('serverSettings')).toEqual(known);
  expect(heard).toContain('changed');
});

it('keeps them also where no key is asked for', async () => {
  open();
  await back();
  await called('getStationSettings');
  await expect.poll(side.settings).toEqual({ stationName: 'one' });
  expect(rig.store.settings.get('serverSettings')).toEqual({ stationName: 'one' });
  expect(count('registerStationKey')).toBe(0);
});

it('a disk that takes no more does not undo the call that found the server', async () => {
  open();
  rig.store.outbox.dueNow = () => {
    throw new Error('database or disk is full');
  };
  await back();
  expect(heard).toContain('Going on with the server failed');
  await expect.poll(() => heard).toContain('time');
});
