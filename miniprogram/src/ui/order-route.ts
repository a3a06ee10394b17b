import type { OrderDetail } from '@gradshot/contract';
import type { OrderState } from '@gradshot/domain';
import type { Text } from '../text/zh.ts';
import type { PageName } from './navigation.ts';

/** Where an order goes on, by its state alone. */
const NEXT_PAGE: Readonly<Record<OrderState, PageName>> = {
  pendingPayment: 'service',
  pendingCapture: 'requirements',
  pendingStandardization: 'standardize',
  pendingSubmission: 'standardize',
  verifyingIdentity: 'review',
  underReview: 'review',
  rejected: 'review',
  collected: 'review',
  publishing: 'review',
  published: 'review',
  cancelled: 'qualification',
  refunding: 'support',
  refunded: 'qualification',
};

/** Where an order goes on; what is wrong with a refused photo is read before the next one. */
export const nextPageOf = ({ state, refusedPhotoId }: OrderDetail): PageName =>
  refusedPhotoId ? 'standardize' : NEXT_PAGE[state];

/** What is to be done, for the button that leads there. */
export function nextWordOf({ state, refusedPhotoId }: OrderDetail, text: Text): string {
  if (refusedPhotoId) return text.order.refusal;
  if (state === 'pendingPayment' || state === 'pendingCapture') return text.order.begin;
  if (state === 'pendingStandardization' || state === 'pendingSubmission') return text.order.goOn;
  if (state === 'cancelled' || state === 'refunded') return text.home.qualification;
  return state === 'refunding' ? text.review.contact : text.order.progress;
}

export type Tone = 'todo' | 'wait' | 'good' | 'bad' | 'off';

/** Colour of a state: who is to act. */
export const STATE_TONE: Readonly<Record<OrderState, Tone>> = {
  pendingPayment: 'todo',
  pendingCapture: 'todo',
  pendingStandardization: 'todo',
  pendingSubmission: 'todo',
  verifyingIdentity: 'wait',
  underReview: 'wait',
  rejected: 'bad',
  collected: 'good',
  publishing: 'wait',
  published: 'good',
  cancelled: 'off',
  refunding: 'wait',
  refunded: 'off',
};
