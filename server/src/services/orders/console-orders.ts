import type { OrderDetail, RouteOutput } from '@gradshot/contract';
import { type Actor, fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { DeskRows, PhotoLook } from '../../ports/console/console-repository.ts';
import type { StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderView } from '../../ports/order-life/order-repository.ts';
import type { PaymentRecord, PaymentRows } from '../../ports/payments/payment-repository.ts';
import type { PhotoRecord, PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { ImageCheckRows } from '../../ports/publishing/publishing-repository.ts';
import type { ReviewRows } from '../../ports/review/review-repository.ts';
import type { WithdrawalRows } from '../../ports/review/withdrawal-repository.ts';
import { orderDetail } from '../order-life/order-detail.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { dropPhoto } from '../order-life/photo-dropping.ts';
import { imageCheckNote, imageCheckView } from '../publishing/image-checks.ts';
import { withdrawalView } from './approval-withdrawals.ts';
import { type Search, searchOrders } from './order-search.ts';
import { type TimelineRows, timelineOf } from './order-timeline.ts';

type Needs = Stored<
  OrderChangeRows &
    DeskRows &
    ImageCheckRows &
    PaymentRows &
    PhotoRows &
    ReviewRows &
    StudentRows &
    TimelineRows &
    WithdrawalRows
> & {
  readonly clock: Clock;
  readonly vault: Vault;
};

const MAX_LOOKS = 200;

export type ConsoleOrders = {
  search(caller: StaffCaller, search: Search): Promise<RouteOutput<'searchOrders'>>;
  detail(order: OrderView): Promise<RouteOutput<'getConsoleOrder'>>;
  /** 撤回. Failures: `order.transitionForbidden`, those of a closed order. */
  withdraw(caller: StaffCaller, order: OrderView, reason: string): Promise<Result<OrderDetail>>;
};

export function createConsoleOrders(environment: Needs): ConsoleOrders {
  return {
    search: (caller, search) => searchOrders(environment, caller, search),
    detail: (order) => detail(environment, order),
    withdraw: (caller, order, reason) => withdraw(environment, caller, order, reason),
  };
}

async function detail(
  environment: Needs,
  order: OrderView,
): Promise<RouteOutput<'getConsoleOrder'>> {
  const { storage, vault } = environment;
  const photos = await storage.photos.listOfOrder(order.id);
  const looks = await storage.desk.looksAt(order.id, MAX_LOOKS);
  const check = await storage.imageChecks.find(order.id);
  const withdrawals = await storage.withdrawals.listOfOrder(order.id);
  const note = check ? imageCheckNote(vault, check) : '';
  return {
    order: {
      ...(await orderDetail(environment, order.id)),
      ...(check ? { imageCheck: imageCheckView(check) } : {}),
    },
    payments: await paymentsOf(storage, order.id),
    photos: photos.map((photo) => photoOf(photo, order)),
    accesses: looks.map(lookOf),
    timeline: await timelineOf(environment, order.id),
    withdrawals: withdrawals.map((withdrawal) => withdrawalView(vault, withdrawal)),
    ...(note ? { imageCheckNote: note } : {}),
  };
}

type ShownPayment = RouteOutput<'getConsoleOrder'>['payments'][number];

async function paymentsOf({ payments }: PaymentRows, orderId: string): Promise<ShownPayment[]> {
  const found = await payments.listOfOrder(orderId);
  return Promise.all(
    found.map(async (payment) => {
      const desk = payment.method === 'cash' ? await payments.findDesk(payment.id) : undefined;
      return {
        ...paymentOf(payment),
        ...(desk?.receiptNo ? { receiptNo: desk.receiptNo } : {}),
      };
    }),
  );
}

function paymentOf(payment: PaymentRecord): ShownPayment {
  return {
    paymentId: payment.id,
    method: payment.method,
    state: payment.state,
    amountFen: payment.amountFen,
    createdAt: payment.createdAt.toISOString(),
    refundDue: payment.refundDue,
    refundedFen: payment.refundedFen,
    outTradeNo: payment.outTradeNo,
    ...(payment.transactionId ? { transactionId: payment.transactionId } : {}),
    ...(payment.askedFen === null ? {} : { askedFen: payment.askedFen }),
    ...(payment.paidAt ? { paidAt: payment.paidAt.toISOString() } : {}),
  };
}

function photoOf(
  photo: PhotoRecord,
  order: OrderView,
): RouteOutput<'getConsoleOrder'>['photos'][number] {
  return {
    photoId: photo.id,
    uploadedAt: photo.uploadedAt.toISOString(),
    current: photo.id === order.photoId,
    ...(photo.report ? { report: photo.report } : {}),
    ...(photo.erasedAt ? { erasedAt: photo.erasedAt.toISOString() } : {}),
  };
}

const ACTOR_OF_CALLER: Readonly<Record<string, Actor>> = {
  graduate: 'graduate',
  account: 'graduate',
  station: 'staff',
  staff: 'staff',
};

function lookOf(look: PhotoLook): RouteOutput<'getConsoleOrder'>['accesses'][number] {
  return {
    at: look.at.toISOString(),
    by: look.name ?? '',
    role: ACTOR_OF_CALLER[look.caller] ?? 'server',
    what: look.action,
  };
}

async function withdraw(
  environment: Needs,
  { staffId }: StaffCaller,
  order: OrderView,
  reason: string,
): Promise<Result<OrderDetail>> {
  const withdrawn = await environment.storage.transaction(async (repositories) => {
    const current = await repositories.orders.lock(order.id);
    if (!current) return fail('order.notFound');
    await repositories.reviews.dropLease(order.id);
    return dropPhoto(repositories, current, {
      event: 'withdraw',
      actor: 'staff',
      actorId: staffId,
      at: environment.clock(),
      details: { reason },
    });
  });
  return withdrawn.ok ? ok(await orderDetail(environment, order.id)) : withdrawn;
}
