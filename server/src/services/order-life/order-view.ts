import type { OrderDetail, OrderSummary, Student } from '@gradshot/contract';
import { findPhotoProfile } from '@gradshot/domain';
import type { StudentRecord } from '../../ports/eligibility/student-repository.ts';
import type { OrderEventRecord, OrderView } from '../../ports/order-life/order-repository.ts';

export function summaryOf(order: OrderView): OrderSummary {
  return {
    orderId: order.id,
    orderNo: order.orderNo,
    state: order.state,
    batchId: order.batchId,
    batchName: order.batchName,
    school: order.school,
    priceFen: order.priceFen,
    ...profileOf(order.profileId),
    updatedAt: order.updatedAt.toISOString(),
    reasons: [...order.reasons],
  };
}

/** A profile's id with the version that photos must be made by. */
export function profileOf(profileId: string): { profileId: string; profileVersion?: number } {
  const profile = findPhotoProfile(profileId);
  return profile ? { profileId, profileVersion: profile.version } : { profileId };
}

export function detailOf(
  order: OrderView,
  student: StudentRecord,
  history: readonly OrderEventRecord[],
): OrderDetail {
  return {
    ...summaryOf(order),
    student: studentOf(student, order.school),
    ...(order.promisedAt ? { promisedAt: order.promisedAt.toISOString() } : {}),
    ...(order.photoId ? { photoId: order.photoId } : {}),
    ...refusedPhotoOf(history.at(-1)),
    history: history.map((event) => ({
      at: event.at.toISOString(),
      from: event.fromState,
      to: event.toState,
      event: event.event,
      by: event.actor,
    })),
  };
}

/** What the order waits after is a refused photo, until another one comes. */
function refusedPhotoOf(last: OrderEventRecord | undefined): { refusedPhotoId?: string } {
  const photoId = last?.details.photoId;
  return last?.event === 'refuseStandardization' && typeof photoId === 'string'
    ? { refusedPhotoId: photoId }
    : {};
}

/** Masked: the full name and number never leave the server in a view. */
export function studentOf(student: StudentRecord, school: string): Student {
  return {
    studentId: student.id,
    maskedName: student.maskedName,
    maskedIdNumber: student.maskedIdNumber,
    school,
    ...(student.college ? { college: student.college } : {}),
    ...(student.major ? { major: student.major } : {}),
    ...(student.level ? { level: student.level } : {}),
    ...(student.graduationYear ? { graduationYear: student.graduationYear } : {}),
  };
}
