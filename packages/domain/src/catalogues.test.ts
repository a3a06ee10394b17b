import { describe, expect, test } from 'vitest';
import { ERROR_CODES, ERRORS, errorSentence } from './errors.ts';
import { MACHINE_CHECK_CODES } from './machine-checks.ts';
import { findPhotoProfile, PHOTO_PROFILES } from './photo-profile.ts';
import { findRejectionReason, REJECTION_REASONS } from './rejection-reasons.ts';
import {
  humanQuestions,
  ON_SITE_QUESTIONS,
  onSiteQuestions,
  REQUIREMENTS,
  type Requirement,
} from './requirements.ts';

const CHINESE = /[一-鿿]/;
const requirements: readonly Requirement[] = REQUIREMENTS;
const measured = new Set(
  requirements.flatMap(({ decision }) => (decision.by === 'human' ? [] : decision.checks)),
);

describe('requirements', () => {
  test('every code is unique and worded in both languages', () => {
    expect(new Set(requirements.map(({ code }) => code)).size).toBe(requirements.length);
    for (const { zh, en } of requirements) {
      expect(zh).toMatch(CHINESE);
      expect(en).not.toMatch(CHINESE);
    }
  });

  test('every check belongs to a point the graduate was told', () => {
    // Placement and file size are the software's own work, not the graduate's.
    const own = /^(frame\.(hairTop|eyeLine|faceWidth|centre)|file\.)/;
    const untold = MACHINE_CHECK_CODES.filter((code) => !own.test(code) && !measured.has(code));
    expect(untold).toEqual([]);
  });

  test('what no model measures is asked of a person', () => {
    const asked = humanQuestions().map(({ code }) => code);
    for (const code of [
      'accessories.glasses',
      'accessories.none',
      'face.noMakeup',
      'posture.earsForehead',
    ]) {
      expect(asked).toContain(code);
    }
  });
});

describe('the operator’s list', () => {
  test('asks everything that no model measures but what the station itself has settled', () => {
    const left = humanQuestions()
      .map(({ code }) => code)
      .filter((code) => !ON_SITE_QUESTIONS.some((asked) => asked === code));
    expect(left).toEqual(['camera.rear', 'camera.original', 'camera.new', 'face.noBeautifying']);
    expect(onSiteQuestions().map(({ code }) => code)).toEqual(ON_SITE_QUESTIONS);
    for (const { zh, en } of onSiteQuestions()) {
      expect(zh).toMatch(CHINESE);
      expect(en).not.toMatch(CHINESE);
    }
  });
});

describe('rejection reasons', () => {
  test('each has a code, a sentence in both languages and its requirement', () => {
    const codes = new Set(requirements.map(({ code }) => code));
    expect(new Set(REJECTION_REASONS.map(({ code }) => code)).size).toBe(REJECTION_REASONS.length);
    for (const reason of REJECTION_REASONS) {
      expect(reason.zh).toMatch(CHINESE);
      expect(codes).toContain(reason.requirement);
      expect(findRejectionReason(reason.code)).toBe(reason);
    }
    expect(findRejectionReason('nonsense')).toBeUndefined();
  });
});

describe('errors', () => {
  test.each(ERROR_CODES)('%s says in Chinese what happened and what to do', (code) => {
    const { zh, en } = ERRORS[code];
    expect(zh).toMatch(CHINESE);
    expect(zh.length).toBeGreaterThan(12);
    expect(en).not.toMatch(CHINESE);
  });

  test('the facts of a failure are named, missing ones leave no hole', () => {
    const sentence = errorSentence({
      code: 'eligibility.lastFourWrong',
      details: { remaining: 2 },
    });
    expect(sentence).toContain('2 次');
    expect(errorSentence({ code: 'eligibility.locked' })).not.toContain('{');
  });
});

describe('photo profiles', () => {
  test.each(PHOTO_PROFILES)('$id is consistent', (profile) => {
    expect(findPhotoProfile(profile.id)).toBe(profile);
    expect(profile.jpeg.minBytes).toBeLessThan(profile.jpeg.maxBytes);
    expect(profile.jpeg.minQuality).toBeGreaterThanOrEqual(60);
    const { hairTopY, eyeLineY, faceWidth } = profile.geometry;
    expect(hairTopY[1]).toBeLessThan(eyeLineY[0]);
    expect(eyeLineY[1]).toBeLessThan(profile.height);
    expect(faceWidth[1]).toBeLessThan(profile.width);
  });

  test('the default follows the regulation', () => {
    expect(findPhotoProfile('chsi-480x640')).toMatchObject({
      width: 480,
      height: 640,
      dpi: 300,
      background: [100, 197, 255],
      geometry: { hairTopY: [50, 110], eyeLineY: [200, 300], faceWidth: [180, 300] },
    });
  });
});
