import { PHOTO_PROFILES } from '@gradshot/domain';
import { expect, it } from 'vitest';
import { normLines } from './norm-lines.ts';

const [profile] = PHOTO_PROFILES;
const angles = { rollDeg: 0, yawDeg: 0, pitchDeg: 0 };
const geometry = { hairTopY: 88, eyeLineY: 250, faceWidth: 220, faceCentreX: 238, ...angles };

it("draws what the photo's own profile allows", () => {
  const other = {
    ...profile,
    geometry: { ...profile.geometry, hairTopY: [10, 30], faceWidth: [100, 160] },
  } as const;
  const [hair, eyes, face] = normLines(other, geometry);
  expect(hair?.bands).toEqual([{ x: 0, y: 10, width: 480, height: 20 }]);
  expect(eyes?.bands).toEqual([{ x: 0, y: 200, width: 480, height: 100 }]);
  expect(face?.bands.map(({ x, width }) => [x, x + width])).toEqual([
    [158, 188],
    [288, 318],
  ]);
});

it('draws what was measured where it was measured', () => {
  const [hair, eyes, face] = normLines(profile, geometry);
  expect(hair?.measured).toEqual({ value: 88, within: true, path: 'M0 88H480' });
  expect(eyes?.measured).toEqual({ value: 250, within: true, path: 'M0 250H480' });
  expect(face?.measured?.path).toBe('M128 327H348M128 303V351M348 303V351');
});

it('tells what lies outside, both ends being inside', () => {
  const within = (hairTopY: number) =>
    normLines(profile, { ...geometry, hairTopY })[0]?.measured?.within;
  expect([49, 50, 110, 111].map(within)).toEqual([false, true, true, false]);
});

it('draws the norm alone where nothing was measured', () => {
  for (const line of normLines(profile, undefined)) expect(line.measured).toBeUndefined();
});
