import type { OrderDetail, OrderSummary } from '@gradshot/contract';
import {
  fail,
  type OnSiteRecord,
  type OrderEvent,
  ok,
  type Result,
  spokenRecord,
} from '@gradshot/domain';
import { type CallerIdentity, callerId } from '../../ports/access/caller.ts';
import type { StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { ComparisonQueue } from '../../ports/ground/job-queue.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderRecord, OrderView } from '../../ports/order-life/order-repository.ts';
import type { PaymentProvider } from '../../ports/payments/payment-provider.ts';
import type { PaymentRows } from '../../ports/payments/payment-repository.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { RosterLookupRows } from '../../ports/rosters/roster-repository.ts';
import type { CalendarRows } from '../../ports/schools/calendar-repository.ts';
import { requireConsents } from '../consents/consent-check.ts';
import { orderDetail } from '../order-life/order-detail.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { applyOrderEvent, type OrderAction } from '../order-life/order-events.ts';
import { summaryOf } from '../order-life/order-view.ts';
import { dropPhoto, droppingEvent } from '../order-life/photo-dropping.ts';
import { closePayment } from '../payments/payment-settlement.ts';
import { sealOnSite } from '../photos/on-site-records.ts';
import { refusalOf } from '../photos/standard-photo-rules.ts';

import { workCalendar } from '../school-time/work-calendar.ts';

import { addWorkingDays, REVIEW_WORKING_DAYS } from './working-days.ts';

type Rows = CalendarRows &
  OrderChangeRows &
  PaymentRows &
  PhotoRows &
  RosterLookupRows &
  StudentRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly jobs: ComparisonQueue;
  readonly log: EventLog;
  readonly payments: PaymentProvider;
  readonly vault: Vault;
};

/** 等待审核: about two working days, as the operation manual promises. */

/** Every order given here was found through `OrderAccess`. */
export type Orders = {
  list(studentIds: readonly string[]): Promise<OrderSummary[]>;
  detail(order: OrderView): Promise<OrderDetail>;
  cancel(order: OrderView, caller: CallerIdentity): Promise<Result<OrderSummary>>;
  /** What staff said about the photo comes from stations alone: else `auth.forbidden`. */
  handIn(
    order: OrderView,
    photo: { readonly photoId: string; readonly onSite?: OnSiteRecord },
    caller: CallerIdentity,
  ): Promise<Result<OrderDetail>>;
  retake(order: OrderView, caller: CallerIdentity): Promise<Result<OrderDetail>>;
};

export function createOrders(environment: Needs): Orders {
  const { storage } = environment;
  const detail = (order: OrderView) => detailFor(environment, order.id);
  const change = async (order: OrderView, work: Work): Promise<Result<OrderDetail>> => {
    const changed = await storage.transaction((repositories) => locked(repositories, order, work));
    return changed.ok ? ok(await detail(order)) : changed;
  };
  return {
    async list(studentIds) {
      const lists = await Promise.all(studentIds.map((id) => storage.orders.listOfStudent(id)));
      return lists.flat().map(summaryOf);
    },
    detail,
    cancel: (order, caller) => cancel(environment, order, caller),
    async handIn(order, { photoId, onSite }, caller) {
      if (onSite && caller.kind !== 'station') return fail('auth.forbidden');
      const handedIn = await change(order, (repositories, current) =>
        handIn(environment, repositories, current, {
          ...{ photoId, actorId: callerId(caller) },
          onSite: onSite && spokenRecord(onSite),
        }),
      );
      if (handedIn.ok) await compareSoon(environment, order.id, photoId);
      return handedIn;
    },
    retake: (order, caller) =>
      change(order, (repositories, current) =>
        retake(environment, repositories, current, callerId(caller)),
      ),
  };
}

type Work = (repositories: Rows, order: OrderRecord) => Promise<Result<OrderRecord>>;

async function locked(
  repositories: Rows,
  order: OrderView,
  work: Work,
): Promise<Result<OrderRecord>> {
  const current = await repositories.orders.lock(order.id);
  return current ? work(repositories, current) : fail('order.notFound');
}

async function detailFor(environment: Needs, orderId: string): Promise<OrderDetail> {
  const detail = await orderDetail(environment, orderId);
  const { photoId } = detail;
  const photo = photoId ? await environment.storage.photos.find(photoId) : undefined;
  return {
    ...detail,
    ...(photo?.erasedAt ? { photoErasedAt: photo.erasedAt.toISOString() } : {}),
  };
}

/** Cancelling a cancelled order is success. Money on its way wins: the order is then paid. */
async function cancel(
  environment: Needs,
  order: OrderView,
  caller: CallerIdentity,
): Promise<Result<OrderSummary>> {
  const pending = await environment.storage.payments.findPending(order.id);
  const closed = pending ? await closePayment(environment, pending, 'closed') : ok(undefined);
  if (!closed.ok) return closed;
  const cancelled = await environment.storage.transaction((repositories) =>
    locked(repositories, order, async (_, current) =>
      current.state === 'cancelled'
        ? ok(current)
        : applyOrderEvent(
            repositories,
            current,
            action(environment, 'cancel', 'graduate', callerId(caller)),
          ),
    ),
  );
  return cancelled.ok ? ok(summaryOf({ ...order, ...cancelled.value })) : cancelled;
}

function action(
  { clock }: Needs,
  event: OrderEvent,
  actor: OrderAction['actor'],
  actorId: string | null,
): OrderAction {
  return { event, actor, actorId, at: clock() };
}

type HandIn = {
  readonly photoId: string;
  readonly actorId: string | null;
  readonly onSite: OnSiteRecord | undefined;
};

/** Handing the same photo in again is success, whatever became of it since. */
async function handIn(
  environment: Needs,
  repositories: Rows,
  order: OrderRecord,
  { photoId, actorId, onSite }: HandIn,
): Promise<Result<OrderRecord>> {
  const photo = await repositories.photos.find(photoId);
  if (!photo || photo.orderId !== order.id) return fail('photo.notFound');
  if (photo.handedInAt) return ok(order);
  if (photo.discardedAt || order.photoId !== photoId) return fail('photo.notFound');
  if (photo.erasedAt) return fail('photo.erased');
  // The later word takes the place of the earlier: it must not be without what the photo stands on.
  const refusal = onSite && photo.report ? refusalOf(photo.report, onSite.release) : undefined;
  if (refusal) return fail('photo.notStandard', { reason: refusal });
  // A station's photo is kept in any case, so that nothing taken is lost; it goes no further.
  const agreed = await requireConsents(repositories, order.id, 'any');
  if (!agreed.ok) return agreed;
  const handedIn = await applyOrderEvent(repositories, order, {
    ...action(environment, 'handIn', 'graduate', actorId),
    details: { photoId },
  });
  if (!handedIn.ok) return handedIn;
  await repositories.photos.update(photoId, {
    handedInAt: environment.clock(),
    ...(onSite ? { onSiteSealed: sealOnSite(environment.vault, photoId, onSite) } : {}),
  });
  return passToReview(environment, repositories, handedIn.value);
}

/**
 * The order goes on at once: whether this is the person is for the reviewer to see. A comparison
 * with a reference photo is advice to the reviewer and holds nobody up.
 */
async function passToReview(
  environment: Needs,
  repositories: Rows,
  order: OrderRecord,
): Promise<Result<OrderRecord>> {
  const calendar = workCalendar(await repositories.calendar.specialDays());
  return applyOrderEvent(repositories, order, {
    ...action(environment, 'passIdentity', 'server', null),
    details: { reason: 'reviewerDecides' },
    patch: { promisedAt: addWorkingDays(environment.clock(), REVIEW_WORKING_DAYS, calendar) },
  });
}

/** Where the roster has a photo of the person; housekeeping finds what is missed here. */
async function compareSoon(
  { storage, jobs }: Needs,
  orderId: string,
  photoId: string,
): Promise<void> {
  if ((await storage.rosters.match(orderId))?.photoSha256) await jobs.compare(photoId);
}

/** Where the order waits for a photo already, a retake is success. */
async function retake(
  environment: Needs,
  repositories: Rows,
  order: OrderRecord,
  actorId: string | null,
): Promise<Result<OrderRecord>> {
  if (order.state === 'pendingCapture') return ok(order);
  const event = droppingEvent(order.state) ?? 'discardPhoto';
  return dropPhoto(repositories, order, action(environment, event, 'graduate', actorId));
}
