import { randomUUID } from 'node:crypto';
import type { RouteDefinition, RouteId } from '@gradshot/contract';
import { REJECTION_CODES } from '@gradshot/domain';
import { z } from 'zod';

/** Bodies that a schema takes, so that nothing but the caller is in the way. */
const BODIES: Readonly<Partial<Record<RouteId, object>>> = {
  giveConsent: { consents: [{ kind: 'service', version: '1' }] },
  arriveAtStation: { code: 'x' },
  handInPhoto: { photoId: randomUUID() },
  createPayment: { method: 'native', idempotencyKey: randomUUID() },
  recordDeskPayment: { method: 'school', idempotencyKey: randomUUID() },
  createUpload: {
    size: 10,
    sha256: 'a'.repeat(64),
    type: 'image/jpeg',
    capturedAt: '2026-11-23T08:00:00.000Z',
  },
  sendMessage: { text: '您好' },
  markChatRead: { upTo: 99 },
  markNoticesRead: { upTo: 99 },
  changePassword: { current: 'x', next: 'a long enough word' },
  saveStaff: { account: 'nobody-yet', name: '新人', roles: ['agent'], enabled: true },
  saveSchool: { name: '某大学' },
  saveBatch: {
    ...{ schoolCode: 'x', name: '批次', priceFen: 1, profileId: 'x' },
    ...{ opensAt: '2026-11-23T08:00:00.000Z', closesAt: null },
  },
  createEnrolmentCode: { schoolCode: 'x' },
  saveCustomerService: { phone: '1', hours: '9–17', faq: [] },
  answerConversation: { text: '您好' },
  claimReview: { ahead: false },
  renewReview: { leaseId: randomUUID() },
  releaseReview: { leaseId: randomUUID() },
  approveReview: { leaseId: randomUUID(), photoId: randomUUID() },
  rejectReview: { leaseId: randomUUID(), photoId: randomUUID(), codes: [REJECTION_CODES[0]] },
  withdrawOrder: { reason: '本人要求' },
  returnDuePayment: { reason: '多付', idempotencyKey: randomUUID() },
  noteDuePaymentReturned: { reference: 'x1', idempotencyKey: randomUUID() },
  saveIdentityBands: { bands: null },
  saveOfflineCollection: { payer: null },
  disableStation: { reason: '报废' },
  enableStation: { reason: '找回' },
  planRosterDraft: { plans: [] },
  editRosterDraft: { edits: [{ at: 0, leftOut: true }] },
  removeFromRoster: { entryIds: [randomUUID()] },
  moveInRoster: { entryIds: [randomUUID()], toBatchId: randomUUID() },
  saveWorkYear: { days: [] },
  askRefund: { reason: '本人要求', idempotencyKey: randomUUID() },
  decideRefundRequest: { decision: 'approve' },
  sendRefundToCard: { bankType: 'ICBC_DEBIT', bankAccount: '6222000000000000', realName: '张三' },
  markRefundDone: { reference: '转账 1' },
  settleBillDifference: { note: '已核对' },
  previewExport: { schoolCode: 'x', naming: '{XH}' },
  askExport: { schoolCode: 'x', naming: '{XH}' },
  declineExport: { reason: '有误' },
  cancelExport: { reason: '有误' },
  recordImageCheck: { answer: 'confirmed' },
  askApprovalWithdrawal: { reason: '有误', goal: 'review' },
  decideApprovalWithdrawal: { approve: true },
  grantStationRight: { reason: '需要', right: 'liftLock', granted: true },
};

/** Undefined for a route that takes none; throws where one is missing here. */
export function fittingBody(route: RouteDefinition): object | undefined {
  if (!route.body) return undefined;
  const body = BODIES[route.id as RouteId];
  if (!body || !z.safeParse(route.body, body).success)
    throw new Error(`add a fitting body for ${route.id} to fitting-bodies.ts`);
  return body;
}
