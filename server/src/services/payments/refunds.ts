import { settleTold, type ToldRefund } from './foreign-refunds.ts';
import { carryOut } from './refund-carrying.ts';
import type { RefundNeeds } from './refund-needs.ts';

/** A refund that nobody has heard of for so long is asked about. */
const ASK_AFTER_MS = 60_000;

export type Refunds = {
  /**
   * What a verified notification or the bill says about a refund: one of ours by its number, another one by
   * the payment that it is of.
   */
  settleTold(told: ToldRefund): Promise<void>;
  /** Repeats and asks about what is open; returns how many were looked at. */
  pursue(limit: number): Promise<number>;
};

export function createRefunds(environment: RefundNeeds): Refunds {
  return {
    settleTold: (told) => settleTold(environment, told),
    async pursue(limit) {
      const before = new Date(environment.clock().getTime() - ASK_AFTER_MS);
      const open = await environment.storage.refunds.listOpen(before, limit);
      for (const refund of open) await carryOut(environment, refund);
      return open.length;
    },
  };
}
