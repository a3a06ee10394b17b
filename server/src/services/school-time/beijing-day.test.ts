import { expect, test } from 'vitest';
import { beijingDay, beijingMidnight } from './beijing-day.ts';

test('a day begins at midnight in Beijing', () => {
  const at = (iso: string) => beijingMidnight(new Date(iso)).toISOString();
  expect(at('2026-11-23T15:59:59.999Z')).toBe('2026-11-22T16:00:00.000Z');
  expect(at('2026-11-23T16:00:00.000Z')).toBe('2026-11-23T16:00:00.000Z');
});

test('a day of the calendar lasts from midnight to midnight there', () => {
  const { begin, end } = beijingDay('2026-11-23');
  expect(begin.toISOString()).toBe('2026-11-22T16:00:00.000Z');
  expect(end.toISOString()).toBe('2026-11-23T16:00:00.000Z');
});
