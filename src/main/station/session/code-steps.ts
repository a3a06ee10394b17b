import type { Failure } from '@gradshot/domain';
import type { OpenedSession, ResolvedCode } from './ports.ts';
import { begin, cleared, rule, type SessionState, show } from './state.ts';

/** 立即进入 → 识别采集码 → 核验学籍信息. */
export const codeRules = {
  'session.enter': rule<'session.enter', 'welcome'>(['welcome'], (state) => ({
    state: {
      ...cleared(state),
      visit: state.visit + 1,
      // Chosen on the welcome page.
      language: state.language,
      view: { step: 'scanCode' },
    },
  })),

  'session.submitCode': rule<'session.submitCode', 'scanCode'>(
    ['scanCode'],
    (state, _view, { payload }) => begin(state, { kind: 'resolveCode', input: { payload } }),
  ),

  'session.codeUnreadable': rule<'session.codeUnreadable', 'scanCode'>(['scanCode'], (state) => ({
    state: { ...state, failure: { code: 'code.unreadable' } },
  })),

  'session.confirmLastFour': rule<'session.confirmLastFour', 'verify'>(
    ['verify'],
    (state, _view, { lastFour }) => {
      if (state.ticket === undefined) return { refused: { code: 'eligibility.ticketExpired' } };
      return begin(state, { kind: 'verify', input: { ticket: state.ticket, lastFour } });
    },
  ),
};

export function codeResolved(state: SessionState, code: ResolvedCode): SessionState {
  const { ticket, student, expiresAt } = code;
  return show({ ...state, ticket }, { step: 'verify', student, expiresAt });
}

export function verified(state: SessionState, opened: OpenedSession): SessionState {
  const { token, student, orders } = opened;
  return show({ ...state, token, orders, ticket: undefined }, { step: 'orders', student, orders });
}

/** A ticket is good for one session only: when it is over, the code is scanned again. */
export function verifyFailed(state: SessionState, failure: Failure): SessionState {
  if (failure.code !== 'eligibility.ticketExpired') return { ...state, failure };
  return { ...state, ticket: undefined, view: { step: 'scanCode' }, failure };
}
