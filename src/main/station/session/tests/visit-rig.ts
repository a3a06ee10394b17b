import type { OrderState } from '@gradshot/domain';
import type { CommandPayload, Pace, SessionStep } from '../../../../shared/index.ts';
import { createRigClock, type RigClock } from '../../ground/tests/rig-clock.ts';
import { DEFAULT_TIMING } from '../../ground/timing.ts';
import { fakeJpeg } from '../../imaging/tests/stub-engine.ts';
import { type SessionCommandName, shownView } from '../state.ts';
import { createVisit, type Visit } from '../visit.ts';
import type { VisitAccount } from '../visit-account.ts';
import { createMemoryPorts, type MemoryPorts } from './memory-ports.ts';

export type World = {
  visit: Visit;
  ports: MemoryPorts;
  clock: RigClock;
  changes: () => number;
  /** Steps that were on screen, one after the other. */
  screens: readonly SessionStep[];
  /** Of what was handed in, and of visits that came to nothing. */
  accounts: readonly VisitAccount[];
  staffPresent: boolean;
  printing: boolean;
};

export function openVisit(state: OrderState = 'pendingCapture', pace: Pace = 'stepwise'): World {
  const clock = createRigClock();
  const ports = createMemoryPorts(() => state, clock.now);
  let ids = 0;
  let changes = 0;
  const screens: SessionStep[] = ['welcome'];
  const accounts: VisitAccount[] = [];
  const visit = createVisit({
    ports,
    clock,
    timing: DEFAULT_TIMING,
    newId: () => `id-${ids++}`,
    onChange: () => {
      changes += 1;
      const { step } = shownView(visit.state());
      if (screens.at(-1) !== step) screens.push(step);
    },
    staffPresent: () => world.staffPresent,
    printing: () => world.printing,
    onCounted: (account) => accounts.push(account),
  });
  visit.setPace(pace);
  const world: World = {
    ...{ visit, ports, clock, screens, accounts, changes: () => changes },
    staffPresent: false,
    printing: false,
  };
  return world;
}

/** Runs a command and lets the world answer it. */
export async function answered<N extends SessionCommandName>(
  { visit, ports }: World,
  name: N,
  payload: CommandPayload<N>,
) {
  const reply = visit.command(name, payload);
  await ports.answerAll();
  return reply;
}

export const SHOT = { picture: fakeJpeg('face'), width: 4000, height: 3000 };
export const CODE = { payload: 'A', source: 'camera' as const };
export const step = (world: World) => world.visit.state().view.step;

export async function toOrder(world: World): Promise<void> {
  await answered(world, 'session.enter', {});
  await answered(world, 'session.submitCode', CODE);
  await answered(world, 'session.confirmLastFour', { lastFour: '1234' });
  await answered(world, 'session.openOrder', { orderId: 'order<A>' });
}

export async function toResult(world: World): Promise<void> {
  await toOrder(world);
  await answered(world, 'session.beginOrder', {});
  await answered(world, 'session.toCamera', {});
  await answered(world, 'session.takeShot', SHOT);
  await answered(world, 'session.keep', {});
  await answered(world, 'session.judge', {});
}
