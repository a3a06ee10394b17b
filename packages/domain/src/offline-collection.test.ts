import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isRosterTooOld,
  OFFLINE_ROSTER_DAYS,
  offlineStanding,
  rosterAgeDays,
} from './offline-collection.ts';
import { eventsFor } from './order-life-cycle.ts';
import { ORDER_STATES } from './order-states.ts';

test('an order takes a foreign photo exactly where its graduate could hand one over', () => {
  for (const state of ORDER_STATES) {
    const events = eventsFor(state, 'graduate');
    const takes = ['keepPhoto', 'discardPhoto', 'retake'].some((event) =>
      (events as readonly string[]).includes(event),
    );
    expect([state, offlineStanding(state, false) === 'takes']).toEqual([state, takes]);
  }
});

test('the very photo that an order has is no conflict, unless the order has ended', () => {
  for (const state of ORDER_STATES)
    expect(offlineStanding(state, true), state).not.toBe('photographed');
  expect(offlineStanding('underReview', false)).toBe('photographed');
  expect(offlineStanding('refunded', true)).toBe('ended');
});

test('a roster is too old from its last day on, whatever the clock says before', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -40, max: 40 }),
      fc.integer({ min: 0, max: 86_399 }),
      (days, s) => {
        const told = Date.parse('2026-11-30T00:00:00Z');
        const now = told + days * 86_400_000 + s * 1000;
        expect(isRosterTooOld(told, now)).toBe(days >= OFFLINE_ROSTER_DAYS);
        expect(rosterAgeDays(told, now)).toBe(Math.max(0, days));
      },
    ),
  );
});
