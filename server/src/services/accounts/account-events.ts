import type { AccountEvent } from '@gradshot/contract';
import type { AccountCaller } from '../../ports/access/caller.ts';
import type { Happening, HappeningSource } from '../../ports/ground/happenings.ts';

type Needs = {
  readonly happenings: HappeningSource;
};

/**
 * What happens to an account and to the students linked to it when the stream was opened. The
 * returned function ends it.
 */
export function listenForAccount(
  { happenings }: Needs,
  caller: AccountCaller,
  listener: (event: AccountEvent) => void,
): () => void {
  return happenings.subscribe((happening) => {
    if (happening.topic === 'review' || !concerns(happening, caller)) return;
    const { topic, orderId } = happening;
    listener(orderId ? { topic, orderId } : { topic });
  });
}

function concerns({ accountId, studentId }: Happening, caller: AccountCaller): boolean {
  if (accountId) return accountId === caller.accountId;
  return studentId !== undefined && caller.studentIds.includes(studentId);
}
