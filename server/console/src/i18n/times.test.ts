import { expect, test } from 'vitest';
import { beijingToUtc } from './beijing-time.ts';
import { ago, countdown, dateTime, shortTime, yuan } from './times.ts';

test('times are Beijing’s, whatever the browser’s zone', () => {
  expect(dateTime('2026-11-23T16:05:00.000Z')).toBe('2026-11-24 00:05');
  expect(shortTime('2026-11-23T16:05:00.000Z', new Date('2026-11-23T20:00:00Z'))).toBe('00:05');
  expect(shortTime('2026-11-23T15:05:00.000Z', new Date('2026-11-23T20:00:00Z'))).toBe(
    '11-23 23:05',
  );
  expect(beijingToUtc('2026-11-24T00:05')).toBe('2026-11-23T16:05:00.000Z');
});

test('an age is told in the unit that a reviewer thinks in', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  const age = (minutes: number) => ago(new Date(now - minutes * 60_000).toISOString(), 'zh', now);
  expect(age(5)).toBe('5分钟前');
  expect(age(26 * 60)).toBe('26小时前');
  expect(age(49 * 60)).toBe('2天前');
  expect(age(-3)).toBe('现在');
});

test('countdowns never go below zero, money has two decimals', () => {
  expect(countdown(61_000)).toBe('1:01');
  expect(countdown(-5)).toBe('0:00');
  expect(yuan(2505)).toBe('25.05');
});
