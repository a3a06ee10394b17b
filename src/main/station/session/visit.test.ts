import { ORDER_STATES, type OrderState } from '@gradshot/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandPayload } from '../../../shared/index.ts';
import { createMemoryPorts, type MemoryPorts } from '../tests/memory-ports.ts';
import { createRigClock, type RigClock } from '../tests/station-rig.ts';
import { fakeJpeg } from '../tests/stub-engine.ts';
import { DEFAULT_TIMING } from '../timing.ts';
import type { SessionCommandName } from './state.ts';
import { createVisit, type Visit } from './visit.ts';

type World = { visit: Visit; ports: MemoryPorts; clock: RigClock; changes: () => number };

function openVisit(state: OrderState = 'pendingCapture'): World {
  const ports = createMemoryPorts(() => state);
  const clock = createRigClock();
  let ids = 0;
  let changes = 0;
  const visit = createVisit({
    ports,
    clock,
    timing: DEFAULT_TIMING,
    newId: () => `id-${ids++}`,
    onChange: () => {
      changes += 1;
    },
    onEnd: () => undefined,
  });
  return { visit, ports, clock, changes: () => changes };
}

/** Runs a command and lets the world answer it. */
async function answered<N extends SessionCommandName>(
  { visit, ports }: World,
  name: N,
  payload: CommandPayload<N>,
) {
  const reply = visit.command(name, payload);
  await ports.answerAll();
  return reply;
}

const SHOT = { picture: fakeJpeg('face'), width: 4000, height: 3000 };
const CODE = { payload: 'A', source: 'camera' as const };
const step = (world: World) => world.visit.state().view.step;

async function toOrder(world: World): Promise<void> {
  await answered(world, 'session.enter', {});
  await answered(world, 'session.submitCode', CODE);
  await answered(world, 'session.confirmLastFour', { lastFour: '1234' });
  await answered(world, 'session.openOrder', { orderId: 'order<A>' });
}

async function toResult(world: World): Promise<void> {
  await toOrder(world);
  await answered(world, 'session.beginOrder', {});
  await answered(world, 'session.toCamera', {});
  await answered(world, 'session.takeShot', SHOT);
  await answered(world, 'session.upload', {});
  await answered(world, 'session.standardize', {});
}

describe('where 开始采集 leads', () => {
  it.each<[OrderState, string]>([
    ['pendingPayment', 'service'],
    ['pendingCapture', 'requirements'],
    ['pendingStandardization', 'requirements'],
    ['pendingSubmission', 'requirements'],
    ['rejected', 'requirements'],
    ['verifyingIdentity', 'submitted'],
    ['underReview', 'submitted'],
    ['collected', 'submitted'],
    ['published', 'submitted'],
    ['cancelled', 'orderDetail'],
    ['refunded', 'orderDetail'],
  ])('%s → %s', async (state, expected) => {
    const world = openVisit(state);
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    expect(step(world)).toBe(expected);
    expect(world.visit.state().failure?.code).toBe(
      expected === 'orderDetail' ? 'order.transitionForbidden' : undefined,
    );
  });

  it('goes on with the shot that lies here', async () => {
    const world = openVisit();
    await toResult(world);
    await answered(world, 'session.back', {});
    expect(step(world)).toBe('orderDetail');
    expect(world.visit.state().view).toMatchObject({ order: { state: 'pendingSubmission' } });
    await answered(world, 'session.beginOrder', {});
    expect(step(world)).toBe('result');
  });
});

describe('commands', () => {
  it('at the wrong step are refused and change nothing', async () => {
    const world = openVisit();
    const before = world.visit.state();
    expect(await world.visit.command('session.submit', {})).toMatchObject({
      error: { code: 'station.wrongStep' },
    });
    expect(world.visit.state()).toBe(before);
  });

  it('pressed twice do their work once', async () => {
    const world = openVisit();
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    await answered(world, 'session.toCamera', {});
    await answered(world, 'session.takeShot', SHOT);
    const first = world.visit.command('session.upload', {});
    expect(await world.visit.command('session.upload', {})).toMatchObject({
      error: { code: 'station.busy' },
    });
    await world.ports.answerAll();
    expect(await first).toEqual({ ok: true, value: null });
    expect(world.ports.kept.size).toBe(1);
  });

  it('that fail show why and keep the step', async () => {
    const world = openVisit();
    await answered(world, 'session.enter', {});
    world.ports.broken = true;
    expect(await answered(world, 'session.submitCode', CODE)).toMatchObject({ ok: false });
    expect(world.visit.state()).toMatchObject({
      view: { step: 'scanCode' },
      failure: { code: 'network.unreachable' },
    });
    world.visit.dismissFailure();
    expect(world.visit.state().failure).toBeUndefined();
  });

  it('take no file that is not a picture', async () => {
    const world = openVisit();
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    await answered(world, 'session.toCamera', {});
    const text = { ...SHOT, picture: Uint8Array.from(Buffer.from('hello.jpg')) };
    expect(await answered(world, 'session.takeShot', text)).toMatchObject({
      error: { code: 'photo.notAnImage' },
    });
    expect(step(world)).toBe('camera');
  });

  it('do not submit a refused photo', async () => {
    const world = openVisit();
    world.ports.accepts = false;
    await toResult(world);
    expect(await answered(world, 'session.submit', {})).toMatchObject({
      error: { code: 'photo.notStandard' },
    });
    await answered(world, 'session.retake', {});
    expect(step(world)).toBe('camera');
  });
});

describe('standardising', () => {
  async function started(): Promise<World> {
    const world = openVisit();
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    await answered(world, 'session.toCamera', {});
    await answered(world, 'session.takeShot', SHOT);
    await answered(world, 'session.upload', {});
    return world;
  }

  it('shows its progress and can be called off', async () => {
    const world = await started();
    const reply = world.visit.command('session.standardize', {});
    await world.ports.answerOne();
    expect(world.visit.state().view).toMatchObject({
      step: 'standardizing',
      progress: 0.5,
      stage: 'matte',
    });
    await world.visit.command('session.cancelStandardize', {});
    await world.ports.answerAll();
    expect(await reply).toMatchObject({ error: { code: 'imaging.cancelled' } });
    expect(world.visit.state()).toMatchObject({ view: { step: 'uploaded' }, failure: undefined });
    await answered(world, 'session.standardize', {});
    expect(step(world)).toBe('result');
  });

  it('is never cut off by the idle clock', async () => {
    const world = await started();
    const reply = world.visit.command('session.standardize', {});
    await world.ports.answerOne();
    await world.clock.advance(DEFAULT_TIMING.idleMs * 3);
    expect(step(world)).toBe('standardizing');
    await world.ports.answerAll();
    await reply;
    expect(step(world)).toBe('result');
    expect(world.visit.idleSecondsLeft()).toBeUndefined();
  });
});

describe('the payment', () => {
  async function paying(): Promise<World> {
    const world = openVisit('pendingPayment');
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    await answered(world, 'session.pay', { consents: ['service'] });
    return world;
  }

  it('is noticed by asking', async () => {
    const world = await paying();
    expect(step(world)).toBe('payment');
    world.ports.paid = true;
    await world.clock.advance(DEFAULT_TIMING.paymentPollMs + 1000);
    await world.ports.answerAll();
    expect(step(world)).toBe('requirements');
  });

  it('is noticed by news, and on another press', async () => {
    const told = await paying();
    told.visit.orderChanged({
      orderId: 'order<A>',
      state: 'pendingCapture',
      reasons: [],
      at: '2026-11-24T00:00:00.000Z',
    });
    expect(step(told)).toBe('requirements');
    const pressed = await paying();
    pressed.ports.paid = true;
    await answered(pressed, 'session.refreshPayment', {});
    expect(step(pressed)).toBe('requirements');
  });

  it('has twice the patience of the other pages', async () => {
    const world = await paying();
    await world.clock.advance(DEFAULT_TIMING.idleMs + 5000);
    expect(step(world)).toBe('payment');
    await world.clock.advance(DEFAULT_TIMING.paymentIdleMs - DEFAULT_TIMING.idleMs);
    expect(step(world)).toBe('welcome');
  });
});

describe('the idle clock', () => {
  it('warns, is stopped by a touch, and clears everything', async () => {
    const world = openVisit();
    await toOrder(world);
    await world.clock.advance(DEFAULT_TIMING.idleMs - 10_000);
    expect(world.visit.idleSecondsLeft()).toBe(10);
    world.visit.touch();
    expect(world.visit.idleSecondsLeft()).toBeUndefined();
    await world.clock.advance(DEFAULT_TIMING.idleMs);
    expect(step(world)).toBe('welcome');
    expect(JSON.stringify(world.visit.state())).not.toContain('<A>');
  });
});

describe('news about an order', () => {
  it('reaches the page that shows it', async () => {
    const world = openVisit('verifyingIdentity');
    await toOrder(world);
    await answered(world, 'session.beginOrder', {});
    const at = '2026-11-24T00:00:00.000Z';
    const news = { orderId: 'order<A>', state: 'underReview' as const, reasons: [], at };
    world.visit.orderChanged(news);
    expect(world.visit.state().view).toMatchObject({ order: { state: 'underReview' } });
    const reasons = [{ code: 'x', zh: '阴阳脸', en: 'Half dark' }];
    world.visit.orderChanged({ ...news, state: 'rejected', reasons });
    await answered(world, 'session.retake', {});
    expect(step(world)).toBe('requirements');
  });

  it('that is older than what is known is dropped', async () => {
    const world = openVisit('underReview');
    await toOrder(world);
    const at = '2025-01-01T00:00:00.000Z';
    world.visit.orderChanged({ orderId: 'order<A>', state: 'pendingCapture', reasons: [], at });
    expect(world.visit.state().view).toMatchObject({ order: { state: 'underReview' } });
  });

  it('that it has ended stops the work on it', async () => {
    const world = openVisit();
    await toResult(world);
    const at = '2026-11-24T00:00:00.000Z';
    world.visit.orderChanged({ orderId: 'order<A>', state: 'refunding', reasons: [], at });
    expect(world.visit.state().view).toMatchObject({
      step: 'orderDetail',
      order: { state: 'refunding' },
    });
  });
});

type Act =
  | { readonly do: 'command'; readonly name: SessionCommandName }
  | { readonly do: 'answerOne' | 'answerAll' | 'breakOrMend' | 'payOrNot' | 'acceptOrNot' }
  | { readonly do: 'wait'; readonly ms: number };

const NAMES: readonly SessionCommandName[] = [
  'session.enter',
  'session.back',
  'session.leave',
  'session.submitCode',
  'session.codeUnreadable',
  'session.confirmLastFour',
  'session.openOrder',
  'session.beginOrder',
  'session.pay',
  'session.refreshPayment',
  'session.cancelOrder',
  'session.toCamera',
  'session.takeShot',
  'session.retake',
  'session.upload',
  'session.standardize',
  'session.cancelStandardize',
  'session.submit',
];

/** Mostly what leads on, so that random walks get deep; now and then anything. */
const FORWARD: Readonly<Record<string, SessionCommandName>> = {
  welcome: 'session.enter',
  scanCode: 'session.submitCode',
  verify: 'session.confirmLastFour',
  orders: 'session.openOrder',
  orderDetail: 'session.beginOrder',
  service: 'session.pay',
  payment: 'session.refreshPayment',
  requirements: 'session.toCamera',
  camera: 'session.takeShot',
  reviewShot: 'session.upload',
  uploaded: 'session.standardize',
  standardizing: 'session.cancelStandardize',
  result: 'session.submit',
  submitted: 'session.back',
};

const anyAct: fc.Arbitrary<Act | 'forward'> = fc.oneof(
  { weight: 8, arbitrary: fc.constant('forward' as const) },
  { weight: 8, arbitrary: fc.constant<Act>({ do: 'answerAll' }) },
  { weight: 3, arbitrary: fc.constant<Act>({ do: 'answerOne' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'breakOrMend' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'payOrNot' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'acceptOrNot' }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 100 }).map((s) => wait(s * 1000)) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...NAMES).map((name) => ({ do: 'command', name }) as Act),
  },
);

const wait = (ms: number): Act => ({ do: 'wait', ms });

/** The people whose data a text holds. */
function peopleIn(value: unknown): Set<string> {
  const text = JSON.stringify(value, (_, field) => (field instanceof Uint8Array ? 0 : field));
  return new Set([...text.matchAll(/<(\w+)>/g)].map((match) => match[1]!));
}

describe('whatever people press', () => {
  it('no two visits mix, leaving leaves nothing, and every step has a way out', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('pendingPayment', 'pendingCapture', ...ORDER_STATES),
        fc.array(anyAct, { minLength: 20, maxLength: 80 }),
        async (state, acts) => {
          const world = openVisit(state);
          let person = 0;
          let visit = 0;
          for (const act of acts) {
            const code = `P${person}`;
            await perform(world, act === 'forward' ? forward(world) : act, code);
            const now = world.visit.state();
            seen.add(now.view.step);
            if (now.visit !== visit) {
              visit = now.visit;
              person += 1;
            }
            check(world);
          }
          await leaves(world);
        },
      ),
      { numRuns: 600 },
    );
    expect([...seen].sort()).toEqual(Object.keys(FORWARD).sort());
  });

  const forward = (world: World): Act => ({ do: 'command', name: FORWARD[step(world)]! });

  async function perform(world: World, act: Act, code: string): Promise<void> {
    const { visit, ports, clock } = world;
    if (act.do === 'command') void visit.command(act.name, payloadFor(act.name, code, world));
    else if (act.do === 'wait') await clock.advance(act.ms);
    else if (act.do === 'answerOne') await ports.answerOne();
    else if (act.do === 'answerAll') await ports.answerAll();
    else if (act.do === 'breakOrMend') ports.broken = !ports.broken;
    else if (act.do === 'payOrNot') ports.paid = !ports.paid;
    else ports.accepts = !ports.accepts;
  }

  function payloadFor(name: SessionCommandName, code: string, world: World): never {
    const orderId = world.visit.state().orders[0]?.orderId ?? '';
    const payloads: Partial<Record<SessionCommandName, object>> = {
      'session.submitCode': { payload: code, source: 'typed' },
      'session.confirmLastFour': { lastFour: '1234' },
      'session.openOrder': { orderId },
      'session.pay': { consents: ['service'] },
      'session.takeShot': SHOT,
    };
    return (payloads[name] ?? {}) as never;
  }

  function check({ visit }: World): void {
    const state = visit.state();
    expect(peopleIn(state).size).toBeLessThanOrEqual(1);
    if (state.view.step !== 'welcome') return;
    expect(peopleIn(state).size).toBe(0);
    expect(state).toMatchObject({ token: undefined, ticket: undefined, picture: undefined });
  }

  /** Only 返回, with the world at rest: it ends on the first page. */
  async function leaves(world: World): Promise<void> {
    world.ports.broken = true;
    for (let presses = 0; presses < 12 && step(world) !== 'welcome'; presses++) {
      await world.ports.answerAll();
      void world.visit.command('session.back', {});
    }
    expect(step(world)).toBe('welcome');
    check(world);
    await world.ports.answerAll();
    check(world);
  }
});
