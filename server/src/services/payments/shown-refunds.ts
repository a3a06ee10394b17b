import type { RouteOutput, ShownRefund as Shown } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { RefundCard } from '../../ports/payments/payment-provider.ts';
import type {
  RefundAct,
  RefundRecord,
  ShownRefund,
} from '../../ports/payments/refund-repository.ts';
import { settleLocked, take, writeAct } from './refund-carrying.ts';
import type { RefundNeeds } from './refund-needs.ts';

const STATES = {
  abnormal: ['abnormal'],
  running: ['requested', 'processing'],
  ended: ['succeeded', 'failed'],
} as const satisfies Record<string, readonly RefundRecord['state'][]>;

type Page = {
  readonly show: keyof typeof STATES;
  readonly page: number;
  readonly pageSize: number;
};
type Done = { readonly reference: string; readonly note: string };

/** All refunds, and the ways on for those whose money waits at the payment service. */
export type ShownRefunds = {
  list(page: Page): Promise<RouteOutput<'listRefunds'>>;
  /**
   * Sends it to a debit card of the payer. Failures: `request.notFound`, `payment.notAbnormal`,
   * `payment.refundRefused`, `payment.providerUnavailable`.
   */
  toCard(caller: StaffCaller, refundId: string, card: RefundCard): Promise<Result<Shown>>;
  /** Was paid by other means: the refund is at its end. Repeating it is success. */
  markDone(caller: StaffCaller, refundId: string, done: Done): Promise<Result<Shown>>;
};

export function createShownRefunds(environment: RefundNeeds): ShownRefunds {
  return {
    list: (page) => list(environment, page),
    toCard: (caller, refundId, card) => toCard(environment, caller, refundId, card),
    markDone: (caller, refundId, done) => markDone(environment, caller, refundId, done),
  };
}

async function list(
  { storage }: RefundNeeds,
  { show, page, pageSize }: Page,
): Promise<RouteOutput<'listRefunds'>> {
  const { refunds } = storage;
  const found = await refunds.listShown(STATES[show], (page - 1) * pageSize, pageSize);
  const acts = await refunds.actsOfRefunds(found.map(({ id }) => id));
  return {
    refunds: found.map((refund) => viewOf(refund, acts)),
    total: await refunds.countIn(STATES[show]),
    abnormal: await refunds.countIn(STATES.abnormal),
  };
}

function viewOf(refund: ShownRefund, acts: readonly RefundAct[]): Shown {
  return {
    refundId: refund.id,
    orderId: refund.orderId,
    orderNo: refund.orderNo,
    orderState: refund.orderState,
    maskedName: refund.maskedName,
    school: refund.school,
    outRefundNo: refund.outRefundNo,
    ...(refund.providerRefundId ? { providerRefundId: refund.providerRefundId } : {}),
    amountFen: refund.amountFen,
    paidFen: refund.paidFen ?? 0,
    purpose: refund.purpose,
    state: refund.state,
    reason: refund.reason,
    by: refund.name ?? '',
    ...(refund.byHandReference ? { byHandReference: refund.byHandReference } : {}),
    createdAt: refund.createdAt.toISOString(),
    updatedAt: refund.updatedAt.toISOString(),
    history: acts
      .filter(({ refundId }) => refundId === refund.id)
      .map(({ at, act, name, note }) => ({ at: at.toISOString(), act, by: name ?? '', note })),
  };
}

async function shown({ storage }: RefundNeeds, refund: RefundRecord): Promise<Result<Shown>> {
  const found = await storage.refunds.findShown(refund.id);
  if (!found) return fail('request.notFound');
  return ok(viewOf(found, await storage.refunds.actsOfRefunds([refund.id])));
}

async function toCard(
  environment: RefundNeeds,
  caller: StaffCaller,
  refundId: string,
  card: RefundCard,
): Promise<Result<Shown>> {
  const { storage, payments, clock } = environment;
  const refund = await storage.refunds.find(refundId);
  if (!refund) return fail('request.notFound');
  if (refund.state !== 'abnormal') return fail('payment.notAbnormal');
  // The service's number may have come with no answer so far.
  const known = await payments.queryRefund(refund.outRefundNo);
  if (!known.ok)
    return fail(known.error.code === 'request.notFound' ? 'payment.notAbnormal' : known.error.code);
  const answer = await payments.refundToCard(known.value, card);
  if (!answer.ok) return answer;
  const { staffId } = caller;
  // Neither the number of the card nor a name is kept here.
  const act = { at: clock(), act: 'toCard', staffId, note: card.bankType } as const;
  await writeAct(storage, refund, act);
  await take(environment, refund, answer.value, { sentOn: true });
  return shown(environment, refund);
}

async function markDone(
  environment: RefundNeeds,
  { staffId }: StaffCaller,
  refundId: string,
  { reference, note }: Done,
): Promise<Result<Shown>> {
  const { storage } = environment;
  const found = await storage.refunds.find(refundId);
  if (!found) return fail('request.notFound');
  const done = await storage.transaction(async (repositories): Promise<Result<void>> => {
    const order = await repositories.orders.lock(found.orderId);
    const refund = await repositories.refunds.find(refundId);
    if (refund?.state === 'succeeded' && refund.byHandReference === reference) return ok(undefined);
    if (!order || refund?.state !== 'abnormal') return fail('payment.notAbnormal');
    await settleLocked(environment, repositories, order, refund, {
      outcome: 'succeeded',
      why: [reference, note].filter(Boolean).join(' · '),
      byHand: { staffId, reference },
    });
    return ok(undefined);
  });
  return done.ok ? shown(environment, found) : done;
}
