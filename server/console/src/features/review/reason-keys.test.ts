import { REJECTION_CODES } from '@gradshot/domain';
import { expect, test } from 'vitest';
import { KEYED_REASONS, shortReason } from './reason-keys.ts';

test('every reason of the catalogue has a key of its own', () => {
  expect(KEYED_REASONS.map(({ code }) => code)).toEqual(REJECTION_CODES);
  expect(new Set(KEYED_REASONS.map(({ key }) => key.code)).size).toBe(REJECTION_CODES.length);
});

test('short forms tell the reasons apart', () => {
  for (const language of ['zh', 'en'] as const) {
    const names = KEYED_REASONS.map((reason) => shortReason(reason)[language]);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('a short form leaves the advice out, so that every sentence has one', () => {
  for (const language of ['zh', 'en'] as const) {
    const whole = KEYED_REASONS.filter((reason) => {
      return shortReason(reason)[language] === reason[language];
    });
    expect(whole.map(({ code }) => code)).toEqual([]);
  }
});
