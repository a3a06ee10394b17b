import { describe, expect, test } from 'vitest';
import {
  ACTORS,
  type Actor,
  eventsFor,
  isFinal,
  locksOf,
  ORDER_EVENTS,
  type OrderEvent,
  transition,
} from './order-life-cycle.ts';
import { ORDER_STATES, type OrderState } from './order-states.ts';
import { fail, ok } from './result.ts';

type Moves = Partial<Record<OrderState, Partial<Record<OrderEvent, OrderState>>>>;

/** The life cycle once more, read from the side of those who act: what moves an order where. */
const MAY: Readonly<Record<Actor, Moves>> = {
  graduate: {
    pendingPayment: { cancel: 'cancelled' },
    pendingCapture: { keepPhoto: 'pendingStandardization', requestRefund: 'refunding' },
    pendingStandardization: { discardPhoto: 'pendingCapture' },
    pendingSubmission: { discardPhoto: 'pendingCapture', handIn: 'verifyingIdentity' },
    rejected: { retake: 'pendingCapture' },
  },
  staff: {
    pendingPayment: { confirmPayment: 'pendingCapture', cancel: 'cancelled' },
    pendingCapture: { keepPhoto: 'pendingStandardization', requestRefund: 'refunding' },
    pendingStandardization: { discardPhoto: 'pendingCapture', requestRefund: 'refunding' },
    pendingSubmission: {
      discardPhoto: 'pendingCapture',
      handIn: 'verifyingIdentity',
      requestRefund: 'refunding',
    },
    verifyingIdentity: { withdraw: 'pendingCapture' },
    underReview: { withdraw: 'pendingCapture' },
    rejected: { retake: 'pendingCapture', requestRefund: 'refunding' },
  },
  reviewer: {
    verifyingIdentity: { passIdentity: 'underReview' },
    underReview: { approve: 'collected', reject: 'rejected' },
    collected: { returnToReview: 'underReview', revokeApproval: 'rejected' },
  },
  server: {
    pendingPayment: { confirmPayment: 'pendingCapture', cancel: 'cancelled' },
    pendingCapture: { confirmRefund: 'refunded' },
    pendingStandardization: {
      acceptStandardization: 'pendingSubmission',
      refuseStandardization: 'pendingCapture',
      confirmRefund: 'refunded',
    },
    pendingSubmission: { confirmRefund: 'refunded' },
    verifyingIdentity: { passIdentity: 'underReview', confirmRefund: 'refunded' },
    underReview: { confirmRefund: 'refunded' },
    rejected: { confirmPublished: 'published', confirmRefund: 'refunded' },
    collected: { startPublishing: 'publishing', confirmRefund: 'refunded' },
    publishing: {
      failPublishing: 'collected',
      confirmPublished: 'published',
      refusePublishing: 'rejected',
      confirmRefund: 'refunded',
    },
    published: { refusePublishing: 'rejected' },
    refunding: { failRefund: 'pendingCapture', confirmRefund: 'refunded' },
  },
};

const CLOSED: readonly OrderState[] = [
  'collected',
  'publishing',
  'published',
  'cancelled',
  'refunding',
  'refunded',
];

describe.each(ACTORS)('%s', (actor) => {
  test.each(ORDER_STATES)('moves an order in %s only where it may', (state) => {
    const may = MAY[actor][state] ?? {};
    expect([...eventsFor(state, actor)].sort()).toEqual(Object.keys(may).sort());
    for (const event of ORDER_EVENTS) {
      const to = may[event];
      const moved = transition(state, event, actor);
      if (to) expect(moved).toEqual(ok(to));
      else expect(moved.ok).toBe(false);
    }
  });
});

test('who asks for what is somebody else’s is told so, not that the order is in the way', () => {
  expect(transition('pendingPayment', 'confirmPayment', 'graduate')).toEqual(
    fail('auth.forbidden'),
  );
  expect(transition('underReview', 'approve', 'server')).toEqual(fail('auth.forbidden'));
});

test('what comes too early is refused with the name of the state', () => {
  expect(transition('pendingCapture', 'handIn', 'graduate')).toEqual(
    fail('order.transitionForbidden', { state: '待拍照' }),
  );
});

test('a payment is taken once, data and photo are open until they are handed in', () => {
  for (const state of ORDER_STATES) {
    const inReview = state === 'verifyingIdentity' || state === 'underReview';
    const data = CLOSED.includes(state) ? 'forever' : inReview ? 'byStaff' : 'open';
    const payment = state === 'pendingPayment' ? 'open' : 'forever';
    expect(locksOf(state), state).toEqual({ record: data, photo: data, payment });
  }
});

test('three ends: on the portal, called off, paid back', () => {
  expect(ORDER_STATES.filter(isFinal)).toEqual(['published', 'cancelled', 'refunded']);
});
