import type {
  CodePayload,
  Failure,
  Language,
  OnSiteRecord,
  Result,
  StandardizationReport,
} from '@gradshot/domain';
import type {
  CommandName,
  CommandPayload,
  DeskPayment,
  HandoverView,
  OrderView,
  Pace,
  PaymentView,
  ServiceView,
  SessionStep,
  SessionView,
  ShotView,
} from '../../../shared/index.ts';
import { type Burst, burstAt } from './burst.ts';
import type {
  Consents,
  LocalPhoto,
  NewShot,
  OpenedSession,
  ResolvedCode,
  UnresolvedCode,
} from './ports.ts';

/** Everything that is known about the present visit. Leaving replaces the whole of it. */
export type SessionState = {
  /** Number of the visit; grows with every one, so that late answers find nobody. */
  readonly visit: number;
  /** Of the present visitor; Chinese again for the next one. */
  readonly language: Language;
  /** How the station walks through a visit. */
  readonly pace: Pace;
  /** Where the visit is. */
  readonly view: SessionView;
  /** What stays on screen while the station itself passes pages by. */
  readonly held: SessionView | undefined;
  readonly ticket: string | undefined;
  readonly token: string | undefined;
  readonly orders: readonly OrderView[];
  /** What staff tried to record last: tried again it is the same act, with the same key. */
  readonly taken: { readonly act: string; readonly key: string } | undefined;
  /** The shot on screen that is not yet stored. */
  readonly picture: Uint8Array | undefined;
  /** What else the camera saw at the moment of the shot on screen. */
  readonly burst: Burst | undefined;
  readonly running: Running | undefined;
  readonly lastOp: number;
  readonly failure: Failure | undefined;
};

export type Running = { readonly op: number; readonly kind: EffectKind };

export const NOBODY: SessionState = {
  visit: 0,
  language: 'zh',
  pace: 'stepwise',
  view: { step: 'welcome' },
  held: undefined,
  ticket: undefined,
  token: undefined,
  orders: [],
  taken: undefined,
  picture: undefined,
  burst: undefined,
  running: undefined,
  lastOp: 0,
  failure: undefined,
};

export type At<S extends SessionStep> = Extract<SessionView, { step: S }>;

/** What staff do about the present visit and its photo, behind their PIN. */
export type DeskCommandName = Extract<
  CommandName,
  | 'staff.identify'
  | 'staff.liftLock'
  | 'staff.recordPayment'
  | 'staff.recordOnSite'
  | 'staff.releasePhoto'
  | 'staff.chooseFrame'
>;

export type SessionCommandName = Extract<CommandName, `session.${string}`> | DeskCommandName;

/** What the reducer may not make itself: chance and time. */
export type Fresh = { readonly id: string; readonly at: string };

type PaymentOutcome =
  | { readonly payment: PaymentView }
  /** It was paid already, by another press or another device. */
  | { readonly paidOrder: OrderView };

/** Where 开始采集 leads. */
export type Place =
  | { readonly to: 'service'; readonly order: OrderView; readonly service: ServiceView }
  | { readonly to: 'requirements'; readonly order: OrderView }
  | { readonly to: 'kept'; readonly order: OrderView; readonly shot: ShotView }
  | {
      readonly to: 'judged';
      readonly order: OrderView;
      readonly shot: ShotView;
      readonly report: StandardizationReport;
      readonly hasStandard: boolean;
      readonly accepted: boolean;
      readonly onSite?: OnSiteRecord;
    }
  | {
      readonly to: 'handedIn';
      readonly order: OrderView;
      readonly photoId?: string;
    };

/** Work outside the reducer: its input and what it brings back. */
export type Effects = {
  resolveCode: {
    input: { codes: readonly CodePayload[] };
    value: ResolvedCode | UnresolvedCode;
  };
  identify: { input: { ticket: string; entryId: string }; value: ResolvedCode };
  verify: { input: { ticket: string; lastFour: string }; value: OpenedSession };
  liftLock: { input: { ticket: string }; value: null };
  openOrder: { input: { token: string; order: OrderView }; value: OrderView };
  begin: { input: { token: string; order: OrderView }; value: Place };
  pay: {
    input: { token: string; order: OrderView; consents: Consents; key: string };
    value: PaymentOutcome;
  };
  recordPayment: {
    input: { order: OrderView; taken: DeskPayment; key: string };
    value: OrderView;
  };
  refreshPayment: {
    input: { token: string; order: OrderView; payment: PaymentView; key: string };
    value: PaymentOutcome;
  };
  cancelOrder: { input: { token: string; orderId: string }; value: OrderView };
  handOver: { input: { token: string; orderId: string }; value: HandoverView };
  keep: { input: NewShot; value: OrderView };
  judge: {
    input: { order: OrderView; photoId: string };
    value: {
      order: OrderView;
      report: StandardizationReport;
      hasStandard: boolean;
      accepted: boolean;
    };
  };
  recordOnSite: {
    input: { order: OrderView; photoId: string; record: OnSiteRecord | undefined };
    value: { order: OrderView; photo: LocalPhoto };
  };
  replace: { input: { order: OrderView; photoId: string }; value: OrderView };
  handIn: { input: { order: OrderView; photoId: string }; value: OrderView };
};
export type EffectKind = keyof Effects;
export type EffectRequest = {
  [K in EffectKind]: { readonly kind: K; readonly input: Effects[K]['input'] };
}[EffectKind];

export type Outcome = {
  [K in EffectKind]: { readonly kind: K; readonly result: Result<Effects[K]['value']> };
}[EffectKind];

/** What a command does: a new state, perhaps work to start or to call off; or a refusal. */
export type Change =
  | { readonly state: SessionState; readonly effect?: EffectRequest }
  | { readonly refused: Failure };

export type Rule<N extends SessionCommandName> = {
  readonly steps: readonly SessionStep[];
  start(state: SessionState, payload: CommandPayload<N>, fresh: Fresh): Change;
};

/** A rule whose `start` sees the view narrowed to the steps it is allowed at. */
export function rule<N extends SessionCommandName, S extends SessionStep>(
  steps: readonly S[],
  start: (state: SessionState, view: At<S>, payload: CommandPayload<N>, fresh: Fresh) => Change,
): Rule<N> {
  return {
    steps,
    start: (state, payload, fresh) => start(state, state.view as At<S>, payload, fresh),
  };
}

/** The next screen; whatever went wrong before is no longer of interest. */
export function show(state: SessionState, view: SessionView): SessionState {
  return { ...state, view, burst: burstAt(view.step, state.burst), failure: undefined };
}

export function begin(state: SessionState, effect: EffectRequest): Change {
  return { state: { ...state, failure: undefined }, effect };
}

/** The visit is over: nothing of it is left but its number, and how the station walks. */
export function cleared({ visit, lastOp, pace }: SessionState): SessionState {
  return { ...NOBODY, visit, lastOp, pace };
}

/** Nobody has touched the welcome page for long: the next one finds it in Chinese, and without a word. */
export function deserted(state: SessionState): SessionState {
  if (state.view.step !== 'welcome') return state;
  if (state.language === NOBODY.language && !state.failure) return state;
  return { ...state, language: NOBODY.language, failure: undefined };
}

/** What the screen shows. */
export function shownView({ view, held, running }: SessionState): SessionView {
  return running && held ? held : view;
}

/** The order replaced where the visit's list holds it. */
export function withOrder(state: SessionState, order: OrderView): SessionState {
  const orders = state.orders.map((x) => (x.orderId === order.orderId ? order : x));
  return { ...state, orders };
}

export function tokenOf(state: SessionState): string {
  if (state.token === undefined) throw new Error(`no graduate's session at ${state.view.step}`);
  return state.token;
}
