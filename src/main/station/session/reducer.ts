import {
  type DeliveryState,
  type Failure,
  fail,
  isIn,
  type OrderState,
  ok,
  type Result,
} from '@gradshot/domain';
import type { CommandPayload, LocalPhotoView, ReasonView } from '../../../shared/index.ts';
import {
  codeResolved,
  codeRules,
  liftFailed,
  lockLifted,
  verified,
  verifyFailed,
} from './code-steps.ts';
import { leavingRules } from './going-back.ts';
import { handoverOpened, handoverRules } from './handover-steps.ts';
import { onSiteRecorded, onSiteRules } from './on-site-steps.ts';
import { type OrderStep, orderOpened, orderRules, placeFound } from './order-steps.ts';
import { ownPress } from './pace.ts';
import { paid, paymentOpened, paymentRules } from './payment-steps.ts';
import {
  judgingStopped,
  photoHandedIn,
  photoJudged,
  photoKept,
  photoReplaced,
  photoRules,
} from './photo-steps.ts';
import {
  type At,
  type EffectKind,
  type EffectRequest,
  type Fresh,
  type Outcome,
  type Rule,
  type SessionCommandName,
  type SessionState,
  show,
  shownView,
  withOrder,
} from './state.ts';

/**
 * The visit as a state machine without any I/O: what a command, the outcome of work, or news from
 * the server make of the present state.
 */

const RULES: { readonly [N in SessionCommandName]: Rule<N> } = {
  ...leavingRules,
  ...codeRules,
  ...orderRules,
  ...handoverRules,
  ...paymentRules,
  ...photoRules,
  ...onSiteRules,
};

/** What may interrupt work beside leaving, which always may. */
const INTERRUPTS: { readonly [K in EffectKind]?: readonly SessionCommandName[] } = {
  judge: ['session.back', 'session.stopJudging'],
  handOver: ['session.back', 'session.closeHandover'],
};

export type WalkedOn = {
  readonly state: SessionState;
  readonly effect?: EffectRequest & { readonly op: number };
};
export type Step = WalkedOn | { readonly refused: Failure };

/** What pressing a button does at this state. */
export function command<N extends SessionCommandName>(
  state: SessionState,
  name: N,
  payload: CommandPayload<N>,
  fresh: Fresh,
): Step {
  if (state.running && !mayInterrupt(state, name)) return { refused: { code: 'station.busy' } };
  const rule = RULES[name] as Rule<N>;
  // An empty list: allowed everywhere.
  if (rule.steps.length > 0 && !rule.steps.includes(state.view.step))
    return { refused: { code: 'station.wrongStep' } };
  const change = rule.start({ ...state, running: undefined }, payload, fresh);
  if ('refused' in change) return change;
  return change.effect ? started(change.state, change.effect) : { state: change.state };
}

function mayInterrupt(state: SessionState, name: SessionCommandName): boolean {
  if (name === 'session.leave') return true;
  return state.running !== undefined && INTERRUPTS[state.running.kind]?.includes(name) === true;
}

function started(state: SessionState, effect: EffectRequest): Step {
  const op = state.lastOp + 1;
  return {
    state: { ...state, lastOp: op, running: { op, kind: effect.kind } },
    effect: { ...effect, op },
  };
}

/**
 * The state that was reached, and how far the station walks on by itself from there. Pages that it
 * passes by are never on screen: what was shown before is, until the walk ends.
 */
export function walkedOn(
  before: SessionState,
  reached: SessionState,
  fresh: () => Fresh,
): WalkedOn {
  const shown = shownView(before);
  let [from, state] = [before, reached];
  for (;;) {
    const press = state.view.step === from.view.step ? undefined : ownPress(state);
    if (!press) return { state: { ...state, held: undefined } };
    const step = command(state, press.name, press.payload, fresh());
    if ('refused' in step) return { state: { ...state, held: undefined, failure: step.refused } };
    const { effect } = step;
    // Standardisation shows its progress on a page of its own.
    if (effect)
      return {
        state: { ...step.state, held: effect.kind === 'judge' ? undefined : shown },
        effect,
      };
    [from, state] = [state, step.state];
  }
}

/** What finished work makes of the state; work that nobody waits for any more changes nothing. */
export function settle(state: SessionState, op: number, outcome: Outcome): SessionState {
  if (state.running?.op !== op) return state;
  const idle = { ...state, running: undefined };
  return outcome.result.ok ? succeeded(idle, outcome) : failed(idle, outcome, outcome.result.error);
}

function succeeded(state: SessionState, outcome: Outcome): SessionState {
  const value = <T>(result: Result<T>): T => {
    if (!result.ok) throw new Error('a failed outcome has no value');
    return result.value;
  };
  switch (outcome.kind) {
    case 'resolveCode':
    case 'identify':
      return codeResolved(state, value(outcome.result));
    case 'verify':
      return verified(state, value(outcome.result));
    case 'liftLock':
      return lockLifted(state);
    case 'openOrder':
    case 'cancelOrder':
      return orderOpened(state, value(outcome.result));
    case 'begin':
      return placeFound(state, value(outcome.result));
    case 'pay':
    case 'refreshPayment':
      return paymentOpened(state, value(outcome.result));
    case 'recordPayment':
      return paid(state, value(outcome.result));
    case 'handOver':
      return handoverOpened(state, value(outcome.result));
    case 'keep':
      return photoKept(state, value(outcome.result));
    case 'judge':
      return photoJudged(state, value(outcome.result));
    case 'recordOnSite':
      return onSiteRecorded(state, value(outcome.result));
    case 'replace':
      return photoReplaced(state, value(outcome.result));
    case 'handIn':
      return photoHandedIn(state, value(outcome.result));
  }
}

function failed(state: SessionState, outcome: Outcome, failure: Failure): SessionState {
  if (outcome.kind === 'verify') return verifyFailed(state, failure);
  if (outcome.kind === 'liftLock') return liftFailed(state, failure);
  // Staff are told, at their page; the graduate's says what it said.
  if (outcome.kind === 'recordPayment' || outcome.kind === 'recordOnSite') return state;
  if (outcome.kind === 'judge') return { ...judgingStopped(state), failure };
  return { ...state, failure };
}

/** Progress of standardisation, for as long as it is on screen. */
export function progressed(
  state: SessionState,
  op: number,
  progress: number,
  stage: string,
): SessionState {
  if (state.running?.op !== op || state.view.step !== 'judging') return state;
  return { ...state, view: { ...state.view, progress, stage } };
}

export type OrderNews = {
  readonly orderId: string;
  readonly state: OrderState;
  readonly local?: LocalPhotoView;
  readonly reasons: readonly ReasonView[];
  readonly at: string;
  readonly promisedAt?: string;
  readonly photoId?: string;
};

/** Steps at which an order that has ended must not be worked on any further. */
const AT_WORK: readonly SessionState['view']['step'][] = [
  'service',
  'payment',
  'requirements',
  'camera',
  'reviewShot',
  'kept',
  'judged',
];

/** News from the server about an order, wherever the visit shows it. */
export function orderChanged(state: SessionState, news: OrderNews): SessionState {
  const old = state.orders.find((x) => x.orderId === news.orderId);
  // The answer to a call may have told more already than the news of the same moment.
  if (!old || Date.parse(news.at) < Date.parse(old.updatedAt)) return state;
  const { photoId: _photo, local: _local, ...rest } = old;
  const order = {
    ...rest,
    state: news.state,
    reasons: news.reasons,
    updatedAt: news.at,
    ...(news.local ? { local: news.local } : {}),
    ...(news.promisedAt ? { promisedAt: news.promisedAt } : {}),
    ...(news.photoId ? { photoId: news.photoId } : {}),
  };
  return inView(withOrder(state, order), order);
}

function inView(state: SessionState, order: At<'orderDetail'>['order']): SessionState {
  const { view } = state;
  if (view.step === 'orders') return { ...state, view: { ...view, orders: state.orders } };
  if (!('order' in view) || view.order.orderId !== order.orderId) return state;
  if (view.step === 'payment' && order.state === 'pendingCapture')
    return paid({ ...state, running: undefined }, order);
  if (isIn(order.state, 'refunding', 'ended') && AT_WORK.includes(view.step))
    return ended(state, order);
  return { ...state, view: { ...view, order } };
}

/** Staff cancelled or refunded the order meanwhile. */
function ended(state: SessionState, order: At<'orderDetail'>['order']): SessionState {
  const { student } = state.view as OrderStep;
  const idle = { ...state, running: undefined, picture: undefined };
  return show(idle, { step: 'orderDetail', student, order });
}

/** How far a photo is on its way to the server. */
export function deliveryChanged(
  state: SessionState,
  photoId: string,
  delivery: DeliveryState,
): SessionState {
  const old = state.orders.find(({ local }) => local?.photoId === photoId);
  if (old?.local?.step !== 'handedIn' || old.local.delivery === delivery) return state;
  const order = { ...old, local: { ...old.local, delivery } };
  return inView(withOrder(state, order), order);
}

/** What the caller of a command is told when its work was overtaken by another command. */
export function answer(state: SessionState, op: number, outcome: Outcome): Result<null> {
  if (!outcome.result.ok) return outcome.result;
  return state.running?.op === op || outcome.kind !== 'judge'
    ? ok(null)
    : fail('imaging.cancelled');
}
