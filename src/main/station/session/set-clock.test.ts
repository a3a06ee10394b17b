import { expect, it } from 'vitest';
import { handoverRanOut } from './handover-steps.ts';
import { paymentRanOut } from './payment-steps.ts';
import { clockSet } from './set-clock.ts';
import { PAYMENT_A, stateAt } from './tests/states.ts';

const HOUR = 3_600_000;
const at = (iso: string) => ({ expiresAt: iso });

it('the end of what is on screen moves with a clock that is set, and nothing else does', () => {
  const verify = clockSet(stateAt('verify'), HOUR);
  expect(verify.view).toMatchObject(at('2026-11-23T02:05:00.000Z'));
  const payment = clockSet(stateAt('payment'), -HOUR);
  expect(payment.view).toMatchObject({ payment: at('2026-11-23T00:10:00.000Z') });
  const detail = stateAt('orderDetail');
  expect(clockSet(detail, HOUR)).toBe(detail);
  const handover = { qrText: 'x', expiresAt: PAYMENT_A.expiresAt };
  for (const step of ['orderDetail', 'handedIn'] as const) {
    const shown = stateAt(step);
    const moved = clockSet({ ...shown, view: { ...shown.view, handover } }, HOUR);
    expect(moved.view).toMatchObject({ handover: at('2026-11-23T02:10:00.000Z') });
  }
});

const END = Date.parse(PAYMENT_A.expiresAt);

it('a code to pay with ends at its time, not before', () => {
  const state = stateAt('payment', 'pendingPayment');
  expect(paymentRanOut(state, END - 1)).toBe(state);
  expect(paymentRanOut(state, END)).toMatchObject({
    ...{ failure: { code: 'payment.expired' }, view: { payment: { state: 'expired' } } },
  });
  const closed = { ...PAYMENT_A, state: 'closed' } as const;
  const over = { ...state, view: { ...state.view, payment: closed } };
  expect(paymentRanOut(over, END)).toBe(over);
});

it('a code for a phone ends at its time, not before', () => {
  const shown = stateAt('orderDetail');
  const handover = { qrText: 'x', expiresAt: PAYMENT_A.expiresAt };
  const state = { ...shown, view: { ...shown.view, handover } };
  expect(handoverRanOut(state, END - 1)).toBe(state);
  const over = handoverRanOut(state, END);
  expect(over.view).toMatchObject({ handover: { expiresAt: PAYMENT_A.expiresAt } });
  expect(JSON.stringify(over)).not.toContain('qrText');
  expect(handoverRanOut(over, END + 1)).toBe(over);
  expect(handoverRanOut(shown, END)).toBe(shown);
});
