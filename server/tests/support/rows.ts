import { randomUUID } from 'node:crypto';
import { DEFAULT_PROFILE_ID } from '@gradshot/domain';
import type { AccountRecord } from '../../src/ports/accounts/account-repository.ts';
import type { StudentRecord } from '../../src/ports/eligibility/student-repository.ts';
import type { OrderRecord } from '../../src/ports/order-life/order-repository.ts';
import type { PaymentRecord } from '../../src/ports/payments/payment-repository.ts';
import type { RefundRecord } from '../../src/ports/payments/refund-repository.ts';
import type { PhotoRecord } from '../../src/ports/photos/photo-repository.ts';
import type { Batch, School } from '../../src/ports/schools/school-repository.ts';
import type { StaffRecord } from '../../src/ports/staff/staff-repository.ts';

/** Rows that are valid and need not be looked at; a test names what it is about. */

const BEGIN = new Date('2026-11-23T00:00:00.000Z');
const HOUR_MS = 3_600_000;

/** So many hours after the rows were made. */
export const hour = (hours: number): Date => new Date(BEGIN.getTime() + hours * HOUR_MS);

export function schoolRow(given: Partial<School> = {}): School {
  const id = randomUUID();
  return { id, code: id, name: '示例大学', phone: '', hours: '', createdAt: BEGIN, ...given };
}

export function batchRow(school: School, given: Partial<Batch> = {}): Batch {
  return {
    id: randomUUID(),
    schoolId: school.id,
    name: '2027 届',
    priceFen: 3000,
    profileId: DEFAULT_PROFILE_ID,
    opensAt: hour(-24),
    closesAt: hour(24 * 30),
    createdAt: BEGIN,
    ...given,
  };
}

export function studentRow(school: School, given: Partial<StudentRecord> = {}): StudentRecord {
  const id = randomUUID();
  return {
    id,
    schoolId: school.id,
    gatewayNumberHash: `gateway ${id}`,
    idNumberHash: `person ${id}`,
    nameSealed: Buffer.from('name'),
    idNumberSealed: Buffer.from('number'),
    maskedName: '*三',
    maskedIdNumber: '11****1234',
    college: null,
    major: null,
    level: null,
    graduationYear: null,
    createdAt: BEGIN,
    updatedAt: BEGIN,
    ...given,
  };
}

export function orderRow(
  student: StudentRecord,
  batch: Batch,
  given: Partial<OrderRecord> = {},
): OrderRecord {
  const id = randomUUID();
  return {
    id,
    orderNo: id,
    studentId: student.id,
    batchId: batch.id,
    schoolId: batch.schoolId,
    state: 'pendingPayment',
    priceFen: batch.priceFen,
    profileId: batch.profileId,
    photoId: null,
    reasons: [],
    promisedAt: null,
    createdAt: BEGIN,
    updatedAt: BEGIN,
    ...given,
  };
}

export function paymentRow(order: OrderRecord, given: Partial<PaymentRecord> = {}): PaymentRecord {
  const id = randomUUID();
  return {
    id,
    orderId: order.id,
    outTradeNo: id.replaceAll('-', ''),
    method: 'native',
    state: 'pending',
    amountFen: order.priceFen,
    codeUrl: null,
    h5Url: null,
    jsapi: null,
    expiresAt: hour(1),
    createdAt: BEGIN,
    lastQueriedAt: null,
    paidAt: null,
    transactionId: null,
    refundDue: false,
    refundCause: null,
    payerHash: null,
    ...given,
  };
}

export function refundRow(
  payment: PaymentRecord,
  staff: StaffRecord,
  given: Partial<RefundRecord> = {},
): RefundRecord {
  const id = randomUUID();
  return {
    id,
    key: randomUUID(),
    orderId: payment.orderId,
    paymentId: payment.id,
    outRefundNo: id,
    amountFen: payment.amountFen,
    reason: '申请退款',
    state: 'requested',
    staffId: staff.id,
    purpose: 'order',
    byHandReference: null,
    createdAt: BEGIN,
    updatedAt: BEGIN,
    ...given,
  };
}

export function staffRow(given: Partial<StaffRecord> = {}): StaffRecord {
  const id = randomUUID();
  return {
    id,
    account: id,
    name: '王老师',
    roles: ['reviewer'],
    passwordHash: '',
    mustChangePassword: false,
    enabled: true,
    wrongCount: 0,
    lockedUntil: null,
    createdAt: BEGIN,
    updatedAt: BEGIN,
    ...given,
  };
}

export function accountRow(given: Partial<AccountRecord> = {}): AccountRecord {
  const id = randomUUID();
  return {
    id,
    kind: 'wechat',
    openidHash: `openid ${id}`,
    openidSealed: Buffer.from('openid'),
    phoneHash: null,
    phoneSealed: null,
    maskedPhone: null,
    createdAt: BEGIN,
    chatLast: 0,
    noticeLast: 0,
    chatRead: 0,
    deskRead: 0,
    noticeRead: 0,
    agentName: null,
    ...given,
  };
}

export function photoRow(order: OrderRecord, given: Partial<PhotoRecord> = {}): PhotoRecord {
  const id = randomUUID();
  return {
    id,
    orderId: order.id,
    originalSha256: `original ${id}`,
    originalType: 'image/jpeg',
    originalBytes: 1000,
    originalWidth: 3000,
    originalHeight: 4000,
    standardSha256: `standard ${id}`,
    standardBytes: 100,
    profileId: order.profileId,
    profileVersion: 1,
    accepted: true,
    report: null,
    capturedAt: BEGIN,
    uploadedAt: BEGIN,
    handedInAt: null,
    discardedAt: null,
    erasedAt: null,
    uploadedBy: 'station',
    uploaderId: null,
    ...given,
  };
}
