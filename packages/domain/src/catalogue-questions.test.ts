import { describe, expect, test } from 'vitest';
import { ERROR_CODES, isErrorCode, isRetryable } from './errors.ts';
import { MACHINE_CHECK_CODES, mayRefuse } from './machine-checks.ts';
import { humanQuestions, REQUIREMENTS, type Requirement } from './requirements.ts';

const requirements: readonly Requirement[] = REQUIREMENTS;

describe('who decides on a requirement', () => {
  test('checks decide where there are some, a person where there is a question', () => {
    for (const { code, decision } of requirements) {
      const checks = decision.by === 'human' ? [] : decision.checks;
      const questions = decision.by === 'machine' ? [] : [decision.questionZh, decision.questionEn];
      expect(checks.length > 0, code).toBe(decision.by !== 'human');
      for (const check of checks) expect(MACHINE_CHECK_CODES).toContain(check);
      for (const question of questions) expect(question, code).not.toBe('');
    }
    expect(new Set(requirements.map(({ decision }) => decision.by))).toEqual(
      new Set(['machine', 'human', 'both']),
    );
  });

  test('a reviewer is asked exactly what no machine decides alone', () => {
    const asked = requirements.filter(({ decision }) => decision.by !== 'machine');
    expect(humanQuestions().map(({ code }) => code)).toEqual(asked.map(({ code }) => code));
    for (const { zh, en } of humanQuestions()) {
      expect(zh).toMatch(/[一-鿿]/);
      expect(en).toMatch(/^[\x20-\x7e’]+$/);
    }
  });
});

test('a check that only advises refuses nobody', () => {
  expect(mayRefuse('face.count')).toBe(true);
  expect(MACHINE_CHECK_CODES.some((code) => !mayRefuse(code))).toBe(true);
});

test('what comes from elsewhere is a code only if it is in the catalogue', () => {
  expect(ERROR_CODES.every(isErrorCode)).toBe(true);
  expect(isErrorCode('order.nonsense')).toBe(false);
  expect(isErrorCode('toString')).toBe(false);
});

test('a queue tries again what may pass by itself, and nothing else', () => {
  expect(isRetryable('payment.providerUnavailable')).toBe(true);
  expect(isRetryable('order.notFound')).toBe(false);
});
