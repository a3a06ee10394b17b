import type { OrderState } from '@gradshot/domain';

/** What the primary button of 采集详情 promises; none where the order's story is over. */
export type BeginLabel = 'begin' | 'resume' | 'retake' | 'progress';

const BEGIN: Readonly<Record<OrderState, BeginLabel | undefined>> = {
  pendingPayment: 'begin',
  pendingCapture: 'begin',
  pendingStandardization: 'resume',
  pendingSubmission: 'resume',
  rejected: 'retake',
  verifyingIdentity: 'progress',
  underReview: 'progress',
  collected: 'progress',
  publishing: 'progress',
  published: 'progress',
  cancelled: undefined,
  refunding: undefined,
  refunded: undefined,
};

export function beginLabel(state: OrderState): BeginLabel | undefined {
  return BEGIN[state];
}
