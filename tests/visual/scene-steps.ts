import type { DeliveryState } from '@gradshot/domain';
import { settle } from '../../src/main/station/ground/tests/rig-clock.ts';
import { fakeJpeg } from '../../src/main/station/imaging/tests/stub-engine.ts';
import { must, openOrder, PIN, type StationRig } from '../../src/main/station/tests/station-rig.ts';
import { ACCEPTED, REFUSED } from './scene-samples.ts';

/** What several scenes have behind them. */

export async function shootAgain(
  rig: StationRig,
  verdict: StationRig['engine']['verdict'],
): Promise<void> {
  rig.engine.verdict = verdict;
  await must(rig, 'session.retake');
  await takeShot(rig);
  await must(rig, 'session.keep');
  await must(rig, 'session.judge');
}

export async function toLastFour(rig: StationRig, code: string): Promise<void> {
  await must(rig, 'session.submitCode', { payload: code, source: 'camera' });
  await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
  await settle();
}

export async function toJudged(rig: StationRig, code: string): Promise<void> {
  rig.engine.verdict = ACCEPTED;
  await openOrder(rig, code);
  await must(rig, 'session.beginOrder');
  await must(rig, 'session.toCamera');
  await takeShot(rig);
  await must(rig, 'session.keep');
  await must(rig, 'session.judge');
}

/** Handed in, and refused by the server for good. */
export async function park(rig: StationRig, code: string): Promise<void> {
  const details = { reason: 'profile chsi-480x640 v1' };
  rig.server.failNext('deliverPhoto', { code: 'photo.notStandard', details });
  await toJudged(rig, code);
  await must(rig, 'session.handIn');
  await rig.until(() => rig.station().snapshot().connection.parked === 1, 'it is parked');
}

/** Refused by the machine and released by staff: the report of the day tells of it. */
export async function handInReleased(rig: StationRig, code: string): Promise<void> {
  await toJudged(rig, code);
  await shootAgain(rig, REFUSED);
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.releasePhoto', { cause: 'misjudged', text: '' });
  await must(rig, 'staff.lock');
  await must(rig, 'session.handIn');
  await must(rig, 'session.leave');
}

export async function takeShot(rig: StationRig): Promise<void> {
  const picture = fakeJpeg(`${rig.clock.now()}`);
  await must(rig, 'session.takeShot', { picture, width: 4000, height: 3000 });
}

export function isOnItsWay(rig: StationRig, delivery: DeliveryState): boolean {
  const { session } = rig.station().snapshot();
  const local = session.step === 'handedIn' ? session.order.local : undefined;
  return local?.step === 'handedIn' && local.delivery === delivery;
}

/** Somebody stays to watch: the last page would go by itself. */
export async function untilState(rig: StationRig, state: string): Promise<void> {
  await rig.until(() => {
    void rig.run('station.touch');
    const { session } = rig.station().snapshot();
    return session.step === 'handedIn' && session.order.state === state;
  }, state);
}
