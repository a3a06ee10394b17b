import { expect, test } from 'vitest';
import { isIn, ORDER_PHASES, ORDER_STATES, phaseOf, statesIn } from './order-states.ts';

test('the phases share all states out, each with some', () => {
  const shared = ORDER_PHASES.flatMap((phase) => statesIn(phase));
  expect([...shared].sort()).toEqual([...ORDER_STATES].sort());
  for (const phase of ORDER_PHASES) expect(statesIn(phase)).not.toEqual([]);
});

test('states come in the order of the life cycle, however the phases are asked for', () => {
  expect(statesIn('approved', 'photo')).toEqual([
    'pendingCapture',
    'pendingStandardization',
    'pendingSubmission',
    'collected',
    'publishing',
    'published',
  ]);
});

test('a state is in its own phase alone', () => {
  for (const state of ORDER_STATES)
    expect(ORDER_PHASES.filter((phase) => isIn(state, phase))).toEqual([phaseOf(state)]);
});
