import { randomUUID } from 'node:crypto';
import type { RefundRequest, RouteOutput } from '@gradshot/contract';
import { fail, ok, type Result, transition } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { StorageOf } from '../../ports/ground/storage.ts';
import type { OrderView } from '../../ports/order-life/order-repository.ts';
import type {
  RefundRequestRecord,
  RefundRequestRows,
  ShownRefundRequest,
} from '../../ports/payments/refund-request-repository.ts';
import { carryOut } from './refund-carrying.ts';
import { keepRefund, refundable } from './refund-keeping.ts';
import type { RefundNeeds, RefundRepositories } from './refund-needs.ts';

type Rows = RefundRepositories & RefundRequestRows;
type Needs = Omit<RefundNeeds, 'storage'> & { readonly storage: StorageOf<Rows> };

type Wish = { readonly reason: string; readonly idempotencyKey: string };
type Decision =
  | { readonly decision: 'approve' }
  | { readonly decision: 'decline'; readonly note: string };
type Page = { readonly decided: boolean; readonly page: number; readonly pageSize: number };

/** The fee of an order goes back only when two people want it. */
export type RefundRequests = {
  /**
   * Pressing twice is one. Failures: `order.transitionForbidden`, those of a closed order,
   * `request.idempotencyMismatch`, `payment.refundAsked`.
   */
  ask(caller: StaffCaller, order: OrderView, wish: Wish): Promise<Result<RefundRequest>>;
  list(caller: StaffCaller, page: Page): Promise<RouteOutput<'listRefundRequests'>>;
  /**
   * Repeating one's own decision is success. Failures: `request.notFound`, `payment.ownRefund`,
   * `payment.refundDecided`; of approving also those of the refund itself.
   */
  decide(
    caller: StaffCaller,
    requestId: string,
    decision: Decision,
  ): Promise<Result<RefundRequest>>;
};

export function createRefundRequests(environment: Needs): RefundRequests {
  return {
    ask: (caller, order, wish) => ask(environment, caller, order, wish),
    list: (caller, page) => list(environment, caller, page),
    decide: (caller, requestId, decision) => decide(environment, caller, requestId, decision),
  };
}

async function ask(
  environment: Needs,
  caller: StaffCaller,
  { id: orderId }: OrderView,
  { reason, idempotencyKey: key }: Wish,
): Promise<Result<RefundRequest>> {
  const { storage, clock } = environment;
  const kept = await storage.transaction(async (repositories): Promise<Result<string>> => {
    const order = await repositories.orders.lock(orderId);
    if (!order) return fail('order.notFound');
    const known = await repositories.refundRequests.findByKey(key);
    if (known)
      return known.orderId === orderId ? ok(known.id) : fail('request.idempotencyMismatch');
    if (await repositories.refundRequests.findOpen(orderId)) return fail('payment.refundAsked');
    const possible = transition(order.state, 'requestRefund', 'staff');
    if (!possible.ok) return possible;
    const request: RefundRequestRecord = {
      ...{ id: randomUUID(), key, orderId, reason, state: 'asked', note: '' },
      ...{ askedBy: caller.staffId, askedAt: clock(), decidedBy: null, decidedAt: null },
    };
    await repositories.refundRequests.insert(request);
    return ok(request.id);
  });
  return kept.ok ? view(environment, caller, kept.value) : kept;
}

async function list(
  environment: Needs,
  caller: StaffCaller,
  { decided, page, pageSize }: Page,
): Promise<RouteOutput<'listRefundRequests'>> {
  const { refundRequests } = environment.storage;
  const found = await refundRequests.list(decided, (page - 1) * pageSize, pageSize);
  const open = await refundRequests.count(false);
  return {
    requests: await Promise.all(found.map((request) => viewOf(environment, caller, request))),
    total: decided ? await refundRequests.count(true) : open,
    open,
  };
}

async function decide(
  environment: Needs,
  caller: StaffCaller,
  requestId: string,
  wanted: Decision,
): Promise<Result<RefundRequest>> {
  const { storage } = environment;
  const found = await storage.refundRequests.find(requestId);
  if (!found) return fail('request.notFound');
  const decided = await storage.transaction(async (repositories): Promise<Result<undefined>> => {
    await repositories.orders.lock(found.orderId);
    const request = (await repositories.refundRequests.find(requestId)) ?? found;
    const state = wanted.decision === 'approve' ? 'approved' : 'declined';
    if (request.state !== 'asked')
      return request.state === state && request.decidedBy === caller.staffId
        ? ok(undefined)
        : fail('payment.refundDecided');
    if (request.askedBy === caller.staffId) return fail('payment.ownRefund');
    if (wanted.decision === 'approve') {
      const kept = await keepRefund(environment, repositories, request);
      if (!kept.ok) return kept;
    }
    await repositories.refundRequests.update(request.id, {
      ...{ state, note: 'note' in wanted ? wanted.note : '' },
      ...{ decidedBy: caller.staffId, decidedAt: environment.clock() },
    });
    return ok(undefined);
  });
  if (!decided.ok) return decided;
  const refund =
    wanted.decision === 'approve' ? await storage.refunds.findByKey(found.key) : undefined;
  const carried = refund ? await carryOut(environment, refund) : ok(undefined);
  return carried.ok ? view(environment, caller, requestId) : carried;
}

async function view(
  environment: Needs,
  caller: StaffCaller,
  requestId: string,
): Promise<Result<RefundRequest>> {
  const found = await environment.storage.refundRequests.findShown(requestId);
  return found ? ok(await viewOf(environment, caller, found)) : fail('request.notFound');
}

async function viewOf(
  { storage }: Needs,
  { staffId }: StaffCaller,
  request: ShownRefundRequest,
): Promise<RefundRequest> {
  const paid = refundable(await storage.payments.listOfOrder(request.orderId));
  return {
    requestId: request.id,
    orderId: request.orderId,
    orderNo: request.orderNo,
    orderState: request.orderState,
    maskedName: request.maskedName,
    school: request.school,
    amountFen: paid ? paid.amountFen - paid.refundedFen : 0,
    reason: request.reason,
    state: request.state,
    askedBy: request.askedName,
    own: request.askedBy === staffId,
    askedAt: request.askedAt.toISOString(),
    ...(request.decidedName ? { decidedBy: request.decidedName } : {}),
    ...(request.decidedAt ? { decidedAt: request.decidedAt.toISOString() } : {}),
    note: request.note,
  };
}
