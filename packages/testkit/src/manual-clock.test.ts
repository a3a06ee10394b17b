import { expect, it } from 'vitest';
import { createManualClock } from './manual-clock.ts';

it('stands still until it is moved', () => {
  const clock = createManualClock(new Date('2026-01-01T00:00:00Z'));
  expect(clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
  clock.advance({ days: 1, minutes: 2, seconds: 3, ms: 4 });
  expect(clock.now().toISOString()).toBe('2026-01-02T00:02:03.004Z');
});

it('runs what is due, in order, at its own time, also what was scheduled on the way', () => {
  const clock = createManualClock(new Date(0));
  const ran: string[] = [];
  const note = (name: string) => () => ran.push(`${name}@${clock.now().getTime()}`);
  clock.schedule(30, note('late'));
  clock.schedule(10, () => {
    note('first')();
    clock.schedule(5, note('nested'));
  });
  const cancel = clock.schedule(20, note('cancelled'));
  cancel();
  clock.advance({ ms: 29 });
  expect(ran).toEqual(['first@10', 'nested@15']);
  clock.set(new Date(30));
  expect(ran).toEqual(['first@10', 'nested@15', 'late@30']);
});

it('tells when the next thing is due', () => {
  const clock = createManualClock(new Date(0));
  expect(clock.untilNext()).toBe(Number.POSITIVE_INFINITY);
  const cancel = clock.schedule(40, () => undefined);
  clock.schedule(70, () => undefined);
  clock.advance({ ms: 30 });
  expect(clock.untilNext()).toBe(10);
  cancel();
  expect(clock.untilNext()).toBe(40);
});
