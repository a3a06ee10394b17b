import type { CodePayload, Failure } from '@gradshot/domain';
import type { CommandPayload } from '../../../shared/index.ts';
import type { OpenedSession, ResolvedCode, UnresolvedCode } from './ports.ts';
import { type At, begin, cleared, rule, type SessionState, show } from './state.ts';

/** 立即进入 → 识别采集码 → 核验学籍信息. */
export const codeRules = {
  'session.enter': rule<'session.enter', 'welcome'>(['welcome'], (state) => ({
    state: { ...entered(state), view: { step: 'scanCode' } },
  })),

  /** A code that is held up to the welcome page starts the visit. */
  'session.submitCode': rule<'session.submitCode', 'welcome' | 'scanCode'>(
    ['welcome', 'scanCode'],
    (state, view, submitted) =>
      begin(view.step === 'welcome' ? entered(state) : state, {
        kind: 'resolveCode',
        input: { codes: codesOf(submitted) },
      }),
  ),

  'session.codeUnreadable': rule<'session.codeUnreadable', 'scanCode'>(['scanCode'], (state) => ({
    state: { ...state, failure: { code: 'code.unreadable' } },
  })),

  'staff.identify': rule<'staff.identify', 'identify'>(
    ['identify'],
    (state, _view, { entryId }) => {
      if (state.ticket === undefined) return { refused: { code: 'eligibility.ticketExpired' } };
      return begin(state, { kind: 'identify', input: { ticket: state.ticket, entryId } });
    },
  ),

  'session.confirmLastFour': rule<'session.confirmLastFour', 'verify'>(
    ['verify'],
    (state, _view, { lastFour }) => {
      if (state.ticket === undefined) return { refused: { code: 'eligibility.ticketExpired' } };
      return begin(state, { kind: 'verify', input: { ticket: state.ticket, lastFour } });
    },
  ),

  'staff.liftLock': rule<'staff.liftLock', 'verify'>(['verify'], (state) => {
    if (state.ticket === undefined) return { refused: { code: 'eligibility.ticketExpired' } };
    return begin(state, { kind: 'liftLock', input: { ticket: state.ticket } });
  }),
};

function codesOf(submitted: CommandPayload<'session.submitCode'>): readonly CodePayload[] {
  return 'codes' in submitted ? submitted.codes : [{ payload: submitted.payload }];
}

/** A new visit, in the language that was chosen on the welcome page. */
function entered(state: SessionState): SessionState {
  return { ...cleared(state), visit: state.visit + 1, language: state.language };
}

/** Where codes are scanned: in 快速 the welcome page does it. */
export function atTheCode(state: SessionState): SessionState {
  if (state.pace === 'express') return { ...cleared(state), language: state.language };
  return show({ ...state, ticket: undefined }, { step: 'scanCode' });
}

export function codeResolved(
  state: SessionState,
  code: ResolvedCode | UnresolvedCode,
): SessionState {
  const { ticket, student } = code;
  if (!student) return show({ ...state, ticket }, { step: 'identify' });
  const { expiresAt } = code;
  return show({ ...state, ticket }, { step: 'verify', student, expiresAt });
}

export function verified(state: SessionState, opened: OpenedSession): SessionState {
  const { token, student, orders } = opened;
  return show({ ...state, token, orders, ticket: undefined }, { step: 'orders', student, orders });
}

/** A ticket is good for one session only: when it is over, the code is scanned again. */
export function verifyFailed(state: SessionState, failure: Failure): SessionState {
  if (failure.code === 'eligibility.ticketExpired') return { ...atTheCode(state), failure };
  // The page itself says that it is locked, for as long as it is.
  if (failure.code === 'eligibility.locked') return lockSeen(state, failure);
  // Whoever is told how many tries are left is not locked.
  const known = failure.code === 'eligibility.lastFourWrong' ? lockLifted(state) : state;
  return { ...known, failure };
}

function lockSeen(state: SessionState, { details }: Failure): SessionState {
  const locked = { minutes: Number(details?.minutes) };
  return show(state, { ...(state.view as At<'verify'>), locked });
}

export function lockLifted(state: SessionState): SessionState {
  const { locked: _lifted, ...view } = state.view as At<'verify'>;
  return show(state, view);
}

/** Staff are told; the graduate's page keeps to what it says, unless there is nothing to be lifted. */
export function liftFailed(state: SessionState, failure: Failure): SessionState {
  if (failure.code === 'eligibility.ticketExpired') return verifyFailed(state, failure);
  return failure.code === 'eligibility.notLocked' ? lockLifted(state) : state;
}
