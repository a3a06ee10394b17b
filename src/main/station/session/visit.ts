import {
  type DeliveryState,
  type Failure,
  isIn,
  type Language,
  ok,
  type Result,
} from '@gradshot/domain';
import {
  type BurstPlace,
  type CommandPayload,
  journeyOfOrder,
  type Pace,
  type SessionView,
} from '../../../shared/index.ts';
import { type Clock, every, timestamp } from '../ground/clock.ts';
import type { StationTiming } from '../ground/timing.ts';
import { type TakenFrame, withFrame } from './burst.ts';
import { keepCode, perform } from './effects.ts';
import { handoverOf, handoverRanOut } from './handover-steps.ts';
import { paymentRanOut, paymentSeen } from './payment-steps.ts';
import type { SessionPorts } from './ports.ts';
import {
  answer,
  command,
  deliveryChanged,
  type OrderNews,
  orderChanged,
  progressed,
  settle,
  type WalkedOn,
  walkedOn,
} from './reducer.ts';
import { clockSet } from './set-clock.ts';
import {
  cleared,
  deserted,
  type EffectRequest,
  NOBODY,
  type SessionCommandName,
  type SessionState,
} from './state.ts';
import { keepAccounts, type VisitAccount } from './visit-account.ts';

export type Visit = {
  state(): SessionState;
  command<N extends SessionCommandName>(name: N, payload: CommandPayload<N>): Promise<Result<null>>;
  touch(): void;
  /** A choice is a touch, also where the page's own report of it was left out. */
  setLanguage(language: Language): void;
  dismissFailure(): void;
  /** The camera gave no picture that can be used; nobody hears of it at another step. */
  cameraFailed(failure: Failure): void;
  /** Another frame of the burst on screen; false where nobody can choose it any more. */
  addFrame(place: BurstPlace, taken: TakenFrame): boolean;
  setPace(pace: Pace): void;
  /** Given while the warning is due. */
  idleSecondsLeft(): number | undefined;
  /** Given on the last page, which goes by itself. */
  leavesInSeconds(): number | undefined;
  orderChanged(news: OrderNews): void;
  deliveryChanged(photoId: string, delivery: DeliveryState): void;
  /** Ends the visit and waits for writes under way. */
  close(): Promise<void>;
};

export type VisitOptions = {
  readonly ports: SessionPorts;
  readonly clock: Clock;
  readonly timing: StationTiming;
  /** A random UUID. */
  readonly newId: () => string;
  readonly onChange: () => void;
  /** Staff read longer without a touch; their page has an idle clock of its own. */
  readonly staffPresent: () => boolean;
  /** Something that the visit asked for is being printed: the last page stays until that is over. */
  readonly printing: () => boolean;
  readonly onCounted: (account: VisitAccount) => void;
};

const SECOND = 1000;

/** Runs the state machine: starts its work, feeds outcomes back, and keeps the visit's clocks. */
export function createVisit(options: VisitOptions): Visit {
  const { ports, clock, timing } = options;
  let state = NOBODY;
  let lastTouch = clock.monotonic();
  let asking = false;
  const aborts = new Map<number, AbortController>();
  const works = new Set<Promise<unknown>>();

  const account = keepAccounts(options.onCounted);

  const become = (next: SessionState) => {
    if (next === state) return;
    const before = state;
    state = next;
    abortOvertaken(aborts, state);
    options.onChange();
    account(before, next, clock.monotonic());
  };

  let offset = clock.now() - clock.monotonic();
  const heedClock = () => {
    const setBy = clock.now() - clock.monotonic() - offset;
    if (Math.abs(setBy) < SECOND) return;
    offset += setBy;
    become(clockSet(state, setBy));
  };

  const work = async (effect: EffectRequest & { op: number }): Promise<Result<null>> => {
    const abort = new AbortController();
    aborts.set(effect.op, abort);
    const onProgress = (fraction: number, stage: string) =>
      become(progressed(state, effect.op, fraction, stage));
    try {
      const outcome = await perform(effect, { ports, signal: abort.signal, onProgress });
      const reply = answer(state, effect.op, outcome);
      heedClock();
      if (state.running?.op === effect.op) lastTouch = clock.monotonic();
      walkOn(settle(state, effect.op, outcome));
      return reply;
    } catch (error) {
      walkOn(stopWaiting(state, effect.op));
      throw error;
    } finally {
      aborts.delete(effect.op);
    }
  };

  const fresh = () => ({ id: options.newId(), at: timestamp(clock) });

  const start = ({ state: next, effect }: WalkedOn): Promise<Result<null>> => {
    become(next);
    if (!effect) return Promise.resolve(ok(null));
    const reply = work(effect);
    works.add(reply);
    return reply.finally(() => works.delete(reply));
  };

  const walkOn = (reached: SessionState) => {
    if (reached === state) return;
    // Whoever gave the command has the answer to that; what follows is on the screen.
    start(walkedOn(state, reached, fresh)).catch(() => undefined);
  };

  const askForPayment = async () => {
    const { view, token, visit } = state;
    if (asking || view.step !== 'payment' || view.payment.state !== 'pending' || !token) return;
    asking = true;
    const now = await ports.desk.getPayment(token, view.payment.paymentId).finally(() => {
      asking = false;
    });
    heedClock();
    const shown = state.view;
    if (state.visit !== visit || shown.step !== 'payment' || state.running) return;
    if (shown.payment.paymentId !== view.payment.paymentId) return;
    if (!now.ok) return become(paymentRanOut(state, clock.now()));
    if (now.value.state !== 'pending')
      walkOn(paymentSeen(state, keepCode(shown.payment, now.value)));
  };

  const lookAtHandover = () => become(handoverRanOut(state, clock.now()));

  const idle = () => {
    const now = clock.monotonic();
    if (isParting(state.view) && options.printing()) lastTouch = now;
    const untouched = now - lastTouch >= timing.idleMs;
    if (untouched && !options.staffPresent()) become(deserted(state));
    const left = millisecondsLeft(state, lastTouch, now, timing);
    if (left === undefined || (left > timing.idleWarningMs && !isParting(state.view))) return;
    if (left <= 0) become(cleared(state));
    else options.onChange();
  };

  const stops = [
    every(
      clock,
      () => SECOND,
      () => {
        heedClock();
        lookAtHandover();
        idle();
      },
    ),
    every(
      clock,
      () => timing.paymentPollMs,
      () => void askForPayment(),
    ),
  ];

  return {
    state: () => state,
    async command(name, payload) {
      lastTouch = clock.monotonic();
      const step = command(state, name, payload, fresh());
      if ('refused' in step) return refuse(name, step.refused);
      if (step.effect || isBackwards(name)) return start(step);
      walkOn(step.state);
      return ok(null);
    },
    touch() {
      const warned = this.idleSecondsLeft() !== undefined || isParting(state.view);
      lastTouch = clock.monotonic();
      if (warned) options.onChange();
    },
    setLanguage(language) {
      this.touch();
      become({ ...state, language });
    },
    cameraFailed(failure) {
      if (state.view.step === 'camera') become({ ...state, failure });
    },
    dismissFailure: () => become({ ...state, failure: undefined }),
    addFrame(place, taken) {
      if (state.burst?.id !== place.id) return false;
      become({ ...state, burst: withFrame(state.burst, place.frame, taken) });
      return true;
    },
    setPace: (pace) => become({ ...state, pace }),
    idleSecondsLeft() {
      const left = millisecondsLeft(state, lastTouch, clock.monotonic(), timing);
      if (left === undefined || left > timing.idleWarningMs || isParting(state.view))
        return undefined;
      return secondsOf(left);
    },
    leavesInSeconds() {
      const left = millisecondsLeft(state, lastTouch, clock.monotonic(), timing);
      if (left === undefined || !isParting(state.view) || options.printing()) return undefined;
      return secondsOf(left);
    },
    orderChanged: (news) => walkOn(orderChanged(state, news)),
    deliveryChanged: (photoId, delivery) => become(deliveryChanged(state, photoId, delivery)),
    async close() {
      for (const stop of stops) stop();
      become(cleared(state));
      await Promise.allSettled(works);
    },
  };

  function refuse(name: SessionCommandName, failure: Failure): Result<null> {
    // A press at the wrong moment says nothing worth showing; the others name what is missing. What staff
    // may not do is told to them alone, in the answer.
    const shown = failure.code !== 'station.busy' && failure.code !== 'station.wrongStep';
    if (shown && !name.startsWith('staff.')) become({ ...state, failure });
    return { ok: false, error: failure };
  }
}

/** Only standardisation is called off: everything else is short, or durable and wanted. */
function abortOvertaken(aborts: ReadonlyMap<number, AbortController>, state: SessionState): void {
  for (const [op, abort] of aborts) if (state.running?.op !== op) abort.abort();
}

function stopWaiting(state: SessionState, op: number): SessionState {
  if (state.running?.op !== op) return state;
  return settle(state, op, {
    kind: state.running.kind,
    result: { ok: false, error: { code: 'server.internal' } },
  } as Parameters<typeof settle>[2]);
}

/** Undefined while nobody is there, or while the station itself is at work. */
function millisecondsLeft(
  state: SessionState,
  lastTouch: number,
  now: number,
  timing: StationTiming,
): number | undefined {
  if (state.view.step === 'welcome' || state.running) return undefined;
  return lastTouch + idleLimit(state, timing) - now;
}

function idleLimit({ view, pace }: SessionState, timing: StationTiming): number {
  if (isParting(view)) return timing.partingMs[pace];
  return handsElsewhere(view) ? timing.handsFreeIdleMs : timing.idleMs;
}

const secondsOf = (milliseconds: number) => Math.max(0, Math.ceil(milliseconds / SECOND));

/** Everything is done and nothing has to be read in peace: name and photo need not stay. */
function isParting(view: SessionView): boolean {
  if (view.step !== 'handedIn' || view.handover) return false;
  const { step, state } = journeyOfOrder(view.order);
  return step === 'handedIn' || isIn(state, 'review');
}

/** Who goes back wants to see the page that would be passed by. */
function isBackwards(name: SessionCommandName): boolean {
  return name === 'session.back' || name === 'session.stopJudging' || name === 'session.leave';
}

/** Paying or going on with a phone, posing before the camera. */
function handsElsewhere(view: SessionView): boolean {
  return view.step === 'payment' || view.step === 'camera' || handoverOf(view) !== undefined;
}
