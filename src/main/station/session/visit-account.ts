import { type ReleaseCause, refusedBy } from '@gradshot/domain';
import type { SessionState } from './state.ts';

/** What a visit amounted to, from when its graduate is known to its end. Numbers and codes only. */
export type VisitAccount = {
  /** Until 提交, else until the visit ended; by the monotonic clock. */
  readonly milliseconds: number;
  readonly takes: number;
  readonly handedIn: boolean;
  /** What refused a take: failed checks, or the reason why there was nothing to check. */
  readonly refusals: readonly string[];
  /** Why staff released the photo that was handed in. */
  readonly release?: ReleaseCause;
  /** Staff chose the frame that was handed in. */
  readonly frameByStaff?: true;
};

type Follow = (before: SessionState, after: SessionState, now: number) => void;

/**
 * To be told of every change of the machine. Gives out an account at each 提交, and at the end of a visit
 * for what came to none.
 */
export function keepAccounts(onCounted: (account: VisitAccount) => void): Follow {
  let open: Open | undefined;
  const count = ({ begun, account }: Open, now: number) =>
    onCounted({ ...account, milliseconds: now - begun });
  return (before, after, now) => {
    if (open && (after.token === undefined || before.visit !== after.visit)) {
      if (!open.handedInBefore || open.account.takes > 0) count(open, now);
      open = undefined;
    }
    if (after.token === undefined) return;
    open ??= { begun: now, account: NOTHING, handedInBefore: false };
    open = { ...open, account: counted(open.account, before, after) };
    if (!open.account.handedIn) return;
    count(open, now);
    // Who has several orders goes on with the next one.
    open = { begun: now, account: NOTHING, handedInBefore: true };
  };
}

type Open = {
  readonly begun: number;
  readonly account: VisitAccount;
  readonly handedInBefore: boolean;
};

const NOTHING: VisitAccount = { milliseconds: 0, takes: 0, handedIn: false, refusals: [] };

function counted(account: VisitAccount, before: SessionState, after: SessionState): VisitAccount {
  const from = before.view.step;
  const { view } = after;
  // Opening an order again leads to these pages too, but not from here.
  if (from === 'camera' && view.step === 'reviewShot')
    return { ...account, takes: account.takes + 1 };
  if (before.view.step === 'judged' && view.step === 'handedIn') {
    const release = before.view.onSite?.release?.cause;
    return {
      ...account,
      handedIn: true,
      ...(release ? { release } : {}),
      ...(before.burst?.byStaff ? { frameByStaff: true } : {}),
    };
  }
  if (from !== 'judging' || view.step !== 'judged' || view.report.accepted) return account;
  return { ...account, refusals: [...account.refusals, ...refusedBy(view.report)] };
}
