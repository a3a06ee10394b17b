import type { OrderDetail } from '@gradshot/contract';
import { isIn, type OrderPhase, type OrderState, phaseOf } from '@gradshot/domain';
import type { Text } from '../text/zh.ts';
import type { PageName } from './navigation.ts';

/** Where an order goes on, by its phase alone; `photo`: with the one that the server has. */
const NEXT_PAGE: Readonly<Record<OrderPhase, PageName>> = {
  payment: 'service',
  photo: 'standardize',
  review: 'review',
  rejected: 'review',
  approved: 'review',
  refunding: 'support',
  ended: 'qualification',
};

/** Where an order goes on; what is wrong with a refused photo is read before the next one. */
export const nextPageOf = ({ state, refusedPhotoId }: OrderDetail): PageName =>
  state === 'pendingCapture' && !refusedPhotoId ? 'requirements' : NEXT_PAGE[phaseOf(state)];

/** What is to be done, for the button that leads there. */
export function nextWordOf({ state, refusedPhotoId }: OrderDetail, text: Text): string {
  if (refusedPhotoId) return text.order.refusal;
  if (isIn(state, 'payment') || state === 'pendingCapture') return text.order.begin;
  if (isIn(state, 'photo')) return text.order.goOn;
  if (isIn(state, 'ended')) return text.home.qualification;
  return isIn(state, 'refunding') ? text.review.contact : text.order.progress;
}

export type Tone = 'todo' | 'wait' | 'good' | 'bad' | 'off';

/** Colour of a phase: who is to act. */
const TONE: Readonly<Record<OrderPhase, Tone>> = {
  payment: 'todo',
  photo: 'todo',
  review: 'wait',
  rejected: 'bad',
  approved: 'good',
  refunding: 'wait',
  ended: 'off',
};

export const toneOf = (state: OrderState): Tone => TONE[phaseOf(state)];
