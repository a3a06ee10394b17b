import { describe, expect, test } from 'vitest';
import { DEFAULT_PROFILE_ID, findPhotoProfile, PHOTO_PROFILES } from './photo-profile.ts';

const [BLUE] = PHOTO_PROFILES;

test('the portals’ file: 30 KB to 40 KB whichever KB they mean, in full colour', () => {
  expect(BLUE.jpeg).toEqual({
    minBytes: 30_720,
    maxBytes: 40_000,
    minQuality: 60,
    maxQuality: 100,
    chroma: '4:4:4',
  });
});

test('white and grey differ from blue by their wall alone', () => {
  const walls = PHOTO_PROFILES.map(({ id, background }) => [id, background]);
  expect(walls).toEqual([
    ['chsi-480x640', [100, 197, 255]],
    ['chsi-480x640-white', [255, 255, 255]],
    ['chsi-480x640-grey', [240, 240, 240]],
  ]);
  for (const { id, zh, en, background, ...rest } of PHOTO_PROFILES) {
    const { id: _, zh: __, en: ___, background: ____, ...blue } = BLUE;
    expect(rest, id).toEqual(blue);
    expect(zh).toMatch(/[蓝白灰]底$/);
    expect(en).toMatch(/(blue|white|grey)$/);
    expect(background).toHaveLength(3);
  }
  expect(findPhotoProfile(DEFAULT_PROFILE_ID)).toBe(BLUE);
  expect(findPhotoProfile('')).toBeUndefined();
});

describe('limits', () => {
  /** Where more is worse a warning comes first on the way up, else on the way down. */
  const MORE_IS_WORSE = [
    'rollDeg',
    'yawDeg',
    'pitchDeg',
    'mouthGap',
    'smile',
    'shoulderDeg',
    'faceBright',
    'highlights',
    'colourCast',
    'wallLightness',
    'wallResidual',
    'blueClothes',
    'eyeHair',
    'periodicity',
    'headCovering',
  ];

  test.each(Object.entries(BLUE.thresholds))('%s warns before it fails', (name, limits) => {
    expect(Number.isFinite(limits.warn) && Number.isFinite(limits.fail)).toBe(true);
    const [first, second] = MORE_IS_WORSE.includes(name)
      ? [limits.warn, limits.fail]
      : [limits.fail, limits.warn];
    expect(first).toBeLessThanOrEqual(second);
  });
});
