import { humanQuestions, REJECTION_REASONS } from '@gradshot/domain';
import { expect, test } from 'vitest';
import { impliedReasons, suggestedReasons } from './suggested-reasons.ts';

const check = (code: string, level: 'pass' | 'warn' | 'fail') => ({
  code,
  level,
  value: 1,
  limit: null,
  unit: '',
  zh: '',
  en: '',
});

test('a check that did not pass suggests its reason, one that passed none', () => {
  const checks = [
    check('eyes.open', 'fail'),
    check('pose.roll', 'pass'),
    check('new.check', 'warn'),
  ];
  expect([...suggestedReasons(checks, new Set())]).toEqual(['eyesClosed']);
});

test('a mark suggests all reasons of the requirement and implies one only where there is one', () => {
  expect(suggestedReasons([], new Set(['accessories.glasses']))).toEqual(
    new Set(['glassesGlare', 'tintedGlasses']),
  );
  expect(impliedReasons(new Set(['accessories.glasses', 'camera.rear']))).toEqual(['selfie']);
});

test('every question that a reviewer may answer with no leads to a reason, or to a look-alike', () => {
  const answered = new Set<string>(REJECTION_REASONS.map(({ requirement }) => requirement));
  const silent = humanQuestions().filter(({ code }) => !answered.has(code));
  // Indecent dress is told by the reason for unsuitable clothes.
  expect(silent.map(({ code }) => code)).toEqual(['clothes.decent']);
});
