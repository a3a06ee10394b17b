import { expect, it } from 'vitest';
import { stallOf } from './main-thread.ts';

const MAIN = String(process.pid);
const gauges = (computedMs: number, queuedMs: Record<string, number> = {}) => ({
  computedMs,
  queuedMs: new Map(Object.entries(queuedMs)),
});
const own = (ms: number, after: ReturnType<typeof gauges>) =>
  stallOf(ms, gauges(0), after, '').ownMs;

it('counts what was computed, and every wait for the disk', () => {
  expect(own(60, gauges(60))).toBe(60);
  expect(own(300, gauges(5))).toBe(300);
});

it('does not count the time in which other programs ran instead', () => {
  expect(own(300, gauges(5, { [MAIN]: 280 }))).toBe(20);
});

it('nor that in which they ran instead of a helper, but all that was computed meanwhile', () => {
  expect(own(300, gauges(5, { helper: 280, other: 90 }))).toBe(20);
  expect(own(300, gauges(60, { helper: 500 }))).toBe(60);
  expect(own(300, gauges(5, { [MAIN]: 200, helper: 50 }))).toBe(50);
});
