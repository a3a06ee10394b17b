import type { OfflineVisit, RouteOutput } from '@gradshot/contract';
import { fail, ORDER_STATE_TEXT, offlineStanding, ok, type Result } from '@gradshot/domain';
import type { StationCaller } from '../../ports/access/caller.ts';
import type { CollectionCodeGateway } from '../../ports/eligibility/collection-code-gateway.ts';
import type { EligibilityRows } from '../../ports/eligibility/eligibility-repository.ts';
import type { StudentRecord, StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { StorageOf } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OfflineRows } from '../../ports/offline/offline-repository.ts';
import type { OrderRecord, OrderView } from '../../ports/order-life/order-repository.ts';
import type { RosterRows } from '../../ports/rosters/roster-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import { findHolder } from '../eligibility/code-resolution.ts';
import { tryLastFour } from '../eligibility/identity-verification.ts';
import { type NoticeText, tellGraduate } from '../messages/notices.ts';
import { ensureOrder } from '../order-life/order-creation.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { studentOf, summaryOf } from '../order-life/order-view.ts';
import type { DeskPayments } from '../payments/desk-payments.ts';

type Rows = EligibilityRows & OfflineRows & OrderChangeRows & RosterRows & SchoolRows & StudentRows;
type Needs = {
  readonly storage: StorageOf<Rows>;
  readonly clock: Clock;
  readonly gateway: CollectionCodeGateway;
  readonly vault: Vault;
};
type Parts = { readonly environment: Needs; readonly deskPayments: Pick<DeskPayments, 'cover'> };

/** A visit as its station tells of it; `photoId` of the photo that waits for it. */
export type VisitToConfirm = Omit<OfflineVisit, 'maskedName'> & {
  readonly visitId: string;
  readonly photoId: string;
};

export type OfflineVisits = {
  /**
   * Whose the code is, that the roster's person is the same, and the order that takes the photo.
   * What is refused leaves nothing behind but a counted try; what was confirmed is answered as it stands.
   */
  confirm(
    caller: StationCaller,
    visit: VisitToConfirm,
  ): Promise<Result<RouteOutput<'confirmOfflineVisit'>>>;
};

export function createOfflineVisits(parts: Parts): OfflineVisits {
  return { confirm: (caller, visit) => confirm(parts, caller, visit) };
}

async function confirm(
  parts: Parts,
  caller: StationCaller,
  visit: VisitToConfirm,
): Promise<Result<RouteOutput<'confirmOfflineVisit'>>> {
  const { environment } = parts;
  const known = await environment.storage.offline.findVisit(visit.visitId);
  if (known && known.stationId !== caller.stationId) return fail('request.idempotencyMismatch');
  if (known) return answer(parts, caller, visit, known.orderId);
  const holder = await findHolder(environment, visit.code, caller);
  if (!holder.ok) return holder;
  const orderId = await environment.storage.transaction((repositories) =>
    admit(environment, repositories, { caller, visit, student: holder.value.student }),
  );
  return orderId.ok ? answer(parts, caller, visit, orderId.value) : orderId;
}

type Admission = {
  readonly caller: StationCaller;
  readonly visit: VisitToConfirm;
  readonly student: StudentRecord;
};

/** Tries, order, consents and the visit itself in one transaction. */
async function admit(
  environment: Needs,
  repositories: Rows,
  { caller, visit, student }: Admission,
): Promise<Result<string>> {
  const person = await repositories.rosters.personAt(visit.entryId, caller.schoolId);
  if (!person) return fail('offline.notInRoster');
  if (person.idNumberHash !== student.idNumberHash) return fail('offline.otherPerson');
  const { lastFour } = visit;
  const tried = await tryLastFour(environment, repositories, student, { lastFour, caller });
  if (!tried.ok) return tried;
  // Held by the counter's lock from here on.
  const known = await repositories.offline.findVisit(visit.visitId);
  if (known) return ok(known.orderId);
  const now = environment.clock();
  const order = await ensureOrder(repositories, student, now);
  if (!order.ok) return order;
  const standing = offlineStanding(order.value.state, order.value.photoId === visit.photoId);
  if (standing === 'photographed') return fail('offline.photographed');
  await record(environment, repositories, { caller, visit, order: order.value });
  return ok(order.value.id);
}

async function record(
  { clock }: Needs,
  repositories: Rows,
  { caller, visit, order }: Omit<Admission, 'student'> & { readonly order: OrderRecord },
): Promise<void> {
  const { stationId } = caller;
  const now = clock();
  const consented = new Date(visit.consentedAt);
  for (const { kind, version } of visit.consents)
    await repositories.orders.addConsent({
      ...{ orderId: order.id, kind, version, caller: caller.kind, callerId: stationId },
      // A clock that ran ahead makes nobody agree in the future.
      givenAt: consented < now ? consented : now,
    });
  const { visitId: id, entryId } = visit;
  const visitRow = { id, stationId, entryId, orderId: order.id, confirmedAt: now };
  if (!(await repositories.offline.insertVisit(visitRow)))
    throw new Error(`offline visit ${id} was confirmed while its student was locked`);
  const payer = await repositories.offline.payerOf(order.batchId);
  if (order.state === 'pendingPayment' && payer !== 'school')
    await tellGraduate(repositories, order, { kind: 'progress', text: TO_PAY, at: now });
}

const TO_PAY: NoticeText = {
  titleZh: ORDER_STATE_TEXT.pendingPayment.zh,
  titleEn: ORDER_STATE_TEXT.pendingPayment.en,
  zh: '学校采集点已为您拍好照片，请支付采集费用；支付后照片会自动提交审核，不用再来。',
  en: 'Your photo was taken at the campus station. Pay the fee and it is handed in by itself; you need not come again.',
};

/** The order as it stands now, paid by the school first where its batch says so. */
async function answer(
  { environment, deskPayments }: Parts,
  caller: StationCaller,
  { visitId, photoId }: VisitToConfirm,
  orderId: string,
): Promise<Result<RouteOutput<'confirmOfflineVisit'>>> {
  const { storage } = environment;
  let order = await found(storage, orderId);
  if (
    order.state === 'pendingPayment' &&
    (await storage.offline.payerOf(order.batchId)) === 'school'
  ) {
    const covered = await deskPayments.cover(caller, orderId, visitId);
    order = await found(storage, orderId);
    // Somebody else was faster: what counts is how the order stands.
    if (!covered.ok && order.state === 'pendingPayment') return refusedCover(covered);
  }
  const standing = offlineStanding(order.state, order.photoId === photoId);
  if (standing === 'photographed') return fail('offline.photographed');
  if (standing === 'ended') return fail('offline.orderEnded');
  const student = await storage.students.find(order.studentId);
  if (!student) throw new Error('an order without its student');
  return ok({ standing, order: summaryOf(order), student: studentOf(student, order.school) });
}

async function found(storage: Needs['storage'], orderId: string): Promise<OrderView> {
  const order = await storage.orders.find(orderId);
  if (!order) throw new Error('an offline visit without its order');
  return order;
}

/** A payment that is under way at WeChat stands in the way until its end is known. */
function refusedCover(refused: Result<unknown> & { readonly ok: false }): Result<never> {
  const { code } = refused.error;
  if (code === 'consent.required' || code === 'payment.amountMismatch') return refused;
  return fail('payment.providerUnavailable');
}
