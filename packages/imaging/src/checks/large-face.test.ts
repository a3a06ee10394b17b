import { type OutputGeometry, PHOTO_PROFILES } from '@gradshot/domain';
import { describe, expect, it } from 'vitest';
import type { MeasuredPhoto } from './measured-photo.ts';
import { hintIn } from './photo-hints.ts';
import { clothesChecks } from './wall-checks.ts';

const [profile] = PHOTO_PROFILES;
const WIDTH = 120;
const HEIGHT = 160;

/** A photo all of one colour and all person; what the checks of clothes and regions read of it. */
function photoOf(geometry: Partial<OutputGeometry>, [r, g, b]: readonly number[]): MeasuredPhoto {
  const cells = WIDTH * HEIGHT;
  const colour = Float32Array.from({ length: 3 * cells }, (_, i) => [r!, g!, b!][i % 3]! / 255);
  const grid = { width: WIDTH, height: HEIGHT, colour, prior: new Float32Array(cells).fill(1) };
  return {
    profile,
    geometry: { hairTopY: 60, eyeLineY: 250, faceWidth: 200, faceCentreX: 240, ...geometry },
    frame: { crop: { x: 0, y: 0, width: 480, height: 640 } },
    pyramid: { width: 480, height: 640 },
    matte: { grid },
  } as unknown as MeasuredPhoto;
}

const BLUE = [90, 180, 240];
const GREY = [120, 120, 120];
/** Inside the profile, and so large that below the chin there is next to nothing. */
const LARGE = { eyeLineY: 300, faceWidth: 300 };

function blueClothes(photo: MeasuredPhoto) {
  return clothesChecks(photo).find(({ code }) => code === 'clothes.blue');
}

describe('clothes in the background’s colour', () => {
  it('are refused, and others pass', () => {
    expect(blueClothes(photoOf({}, BLUE))).toMatchObject({ level: 'fail', value: 100 });
    expect(blueClothes(photoOf({}, GREY))).toMatchObject({ level: 'pass', value: 0 });
  });

  it('are left to a person where the photo shows none', () => {
    expect(blueClothes(photoOf(LARGE, BLUE))).toMatchObject({ level: 'warn', value: null });
  });

  it('do not matter before a background without a colour', () => {
    const white = { ...photoOf(LARGE, BLUE), profile: PHOTO_PROFILES[1] };
    expect(blueClothes(white)).toMatchObject({ level: 'pass', value: 0 });
  });
});

it.each(['head', 'aboveForehead', 'shoulders', 'clothes', 'lowerEdge', 'wall'] as const)(
  'there is something to see in the region %s, however large the face',
  (region) => {
    const { x, y, width, height } = hintIn(photoOf(LARGE, GREY), region);
    expect(Math.min(width, height)).toBeGreaterThan(0);
    expect(x + width).toBeLessThanOrEqual(1);
    expect(y + height).toBeLessThanOrEqual(1);
  },
);
