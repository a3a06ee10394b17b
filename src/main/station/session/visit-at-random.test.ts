import { ORDER_STATES } from '@gradshot/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommandPayload, PACES, type SessionStep } from '../../../shared/index.ts';
import type { SessionCommandName, SessionState } from './state.ts';
import { openVisit, SHOT, step, type World } from './tests/visit-rig.ts';

type Act =
  | { readonly do: 'command'; readonly name: SessionCommandName }
  | {
      readonly do:
        | 'answerOne'
        | 'answerAll'
        | 'breakOrMend'
        | 'payOrNot'
        | 'acceptOrNot'
        | 'lockOrNot'
        | 'offlineOrNot'
        | 'spareFrame';
    }
  | { readonly do: 'wait'; readonly ms: number };

type Payloads = { readonly [N in SessionCommandName]: CommandPayload<N> };

const BURST = '0f4b3a52-6f0e-4d53-9a53-1d4b0c8c5a11';

/** What a command is pressed with when `code` is on the screen. */
function payloadsFor(code: string, orderId: string): Payloads {
  return {
    'session.enter': {},
    'session.back': {},
    'session.leave': {},
    'session.submitCode': { payload: code, source: 'typed' },
    'session.codeUnreadable': {},
    'staff.identify': { entryId: '6f0c3a52-7a39-4f0e-9f5e-2d3a3d1f8f01' },
    'session.confirmLastFour': { lastFour: '1234' },
    'staff.liftLock': {},
    'staff.recordPayment': { method: 'cash', receiptNo: 'R-1' },
    'session.openOrder': { orderId },
    'session.beginOrder': {},
    'session.pay': { consents: ['service'] },
    'session.refreshPayment': {},
    'session.cancelOrder': {},
    'session.handOver': {},
    'session.closeHandover': {},
    'session.toCamera': {},
    'session.takeShot': { ...SHOT, burst: { id: BURST, frame: 2 } },
    'session.retake': {},
    'session.keep': {},
    'session.judge': {},
    'session.stopJudging': {},
    'session.handIn': {},
    'staff.recordOnSite': { answers: { 'face.person': 'kept' } },
    'staff.releasePhoto': { cause: 'misjudged', text: '' },
    'staff.chooseFrame': { id: BURST, frame: 0 },
  };
}

const NAMES = Object.keys(payloadsFor('', '')) as SessionCommandName[];

/** Mostly what leads on, so that random walks get deep; now and then anything. */
const FORWARD: Readonly<Record<SessionStep, SessionCommandName>> = {
  welcome: 'session.enter',
  scanCode: 'session.submitCode',
  identify: 'staff.identify',
  verify: 'session.confirmLastFour',
  orders: 'session.openOrder',
  orderDetail: 'session.beginOrder',
  service: 'session.pay',
  payment: 'session.refreshPayment',
  requirements: 'session.toCamera',
  camera: 'session.takeShot',
  reviewShot: 'session.keep',
  kept: 'session.judge',
  judging: 'session.stopJudging',
  judged: 'session.handIn',
  handedIn: 'session.back',
};

const anyAct: fc.Arbitrary<Act | 'forward'> = fc.oneof(
  { weight: 8, arbitrary: fc.constant('forward' as const) },
  { weight: 8, arbitrary: fc.constant<Act>({ do: 'answerAll' }) },
  { weight: 3, arbitrary: fc.constant<Act>({ do: 'answerOne' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'breakOrMend' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'payOrNot' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'acceptOrNot' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'lockOrNot' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'offlineOrNot' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'spareFrame' }) },
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
  let codesShown = 0;

  it('no two visits mix, leaving leaves nothing, and every step has a way out', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('pendingPayment', 'pendingCapture', ...ORDER_STATES),
        fc.constantFrom(...PACES),
        fc.array(anyAct, { minLength: 20, maxLength: 80 }),
        async (state, pace, acts) => {
          const world = openVisit(state, pace);
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
    expect(codesShown).toBeGreaterThan(0);
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
    else if (act.do === 'spareFrame') visit.addFrame({ id: BURST, frame: 0 }, SHOT);
    else if (act.do === 'lockOrNot') ports.locked = !ports.locked;
    else if (act.do === 'offlineOrNot') ports.takesOffline = !ports.takesOffline;
    else ports.accepts = !ports.accepts;
  }

  function payloadFor(name: SessionCommandName, code: string, world: World): never {
    return payloadsFor(code, world.visit.state().orders[0]?.orderId ?? '')[name] as never;
  }

  function check({ visit }: World): void {
    const state = visit.state();
    checkHandover(state);
    expect(peopleIn(state).size).toBeLessThanOrEqual(1);
    if (state.view.step !== 'welcome') return;
    expect(peopleIn(state).size).toBe(0);
    const gone = { token: undefined, ticket: undefined, picture: undefined, burst: undefined };
    expect(state).toMatchObject(gone);
  }

  /** The code is a secret: it is nowhere but on the two pages that offer it. */
  function checkHandover({ view }: SessionState): void {
    const offered = view.step === 'orderDetail' || view.step === 'handedIn';
    const { handover, ...rest } = { handover: undefined, ...view };
    if (!offered) expect(handover).toBeUndefined();
    else if (handover) codesShown += 1;
    expect(JSON.stringify(rest)).not.toContain('gradshot:handover:');
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
