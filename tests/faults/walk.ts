import { fakeJpeg } from '../../src/main/station/imaging/tests/stub-engine.ts';
import {
  must,
  openOrder,
  type StationRig,
  shoot,
} from '../../src/main/station/tests/station-rig.ts';
import type { SessionStep } from '../../src/shared/index.ts';

/** Steps that a visit only passes through, stands at before it begins, or meets without the network alone. */
type Passing = 'welcome' | 'judging' | 'identify';

/** What leads on to each step, in the order in which a graduate meets them. */
const FORWARD: {
  readonly [S in Exclude<SessionStep, Passing>]: (
    rig: StationRig,
    code: string,
  ) => Promise<unknown>;
} = {
  scanCode: (rig) => must(rig, 'session.enter'),
  verify: (rig, code) => must(rig, 'session.submitCode', { payload: code, source: 'camera' }),
  orders: (rig) => must(rig, 'session.confirmLastFour', { lastFour: '1234' }),
  orderDetail: (rig, code) => {
    const orderId = rig.server.codes.get(code)?.orderIds[0] ?? '';
    return must(rig, 'session.openOrder', { orderId });
  },
  service: (rig) => must(rig, 'session.beginOrder'),
  payment: (rig) => must(rig, 'session.pay', { consents: ['service', 'faceProcessing'] }),
  requirements: async (rig, code) => {
    rig.server.pay(rig.server.codes.get(code)?.orderIds[0] ?? '');
    await must(rig, 'session.refreshPayment');
  },
  camera: (rig) => must(rig, 'session.toCamera'),
  reviewShot: (rig, code) =>
    must(rig, 'session.takeShot', { picture: fakeJpeg(code), width: 4000, height: 3000 }),
  kept: (rig) => must(rig, 'session.keep'),
  judged: (rig) => must(rig, 'session.judge'),
  handedIn: (rig) => must(rig, 'session.handIn'),
};

export type Step = keyof typeof FORWARD;
/** Every step that a visit can stand still at, in the same order. */
export const STEPS = Object.keys(FORWARD) as Step[];

/** Leads a new visit with `code` to `step`, everything going well. */
export async function walkTo(rig: StationRig, step: Step, code: string): Promise<void> {
  for (const next of STEPS.slice(0, STEPS.indexOf(step) + 1)) {
    await FORWARD[next](rig, code);
    if (rig.step() !== next) throw new Error(`at ${rig.step()} instead of ${next}`);
  }
}

/** From `from` to the last page. */
export async function walkOn(rig: StationRig, from: Step, code: string): Promise<void> {
  for (const next of STEPS.slice(STEPS.indexOf(from) + 1)) await FORWARD[next](rig, code);
}

/** A paid order, handed in; returns the photo's id. */
export async function handIn(rig: StationRig, code: string): Promise<string> {
  await openOrder(rig, code);
  await must(rig, 'session.beginOrder');
  await shoot(rig, code);
  await must(rig, 'session.handIn');
  const { session } = rig.station().snapshot();
  return session.step === 'handedIn' ? (session.photoId ?? '') : '';
}

/** What the server has of the order, and that nothing came twice. */
export function delivered(rig: StationRig, photoId: string): boolean {
  return rig.server.submissions.filter((x) => x.photoId === photoId).length === 1;
}
