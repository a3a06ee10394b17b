import { PHOTO_PROFILES } from '@gradshot/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Placement, placeSubject } from '../../src/composition/placement.ts';
import type { Subject } from '../../src/composition/subject.ts';

const PROFILE = PHOTO_PROFILES[0];
const SOURCE = { width: 3000, height: 4000 };

/** A person whose head has ordinary proportions. */
function person(faceWidth: number, centreX: number, eyeLineY: number): Subject {
  return {
    faceWidth,
    faceCentreX: centreX,
    eyeLineY,
    hairTopY: eyeLineY - faceWidth,
    chinY: eyeLineY + 0.85 * faceWidth,
    cutAtTop: false,
    touchesLeftFromY: Number.POSITIVE_INFINITY,
    touchesRightFromY: Number.POSITIVE_INFINITY,
  };
}

function geometryOf(subject: Subject, { scale, originX, originY }: Placement) {
  return {
    hairTop: (subject.hairTopY - originY) * scale,
    eyeLine: (subject.eyeLineY - originY) * scale,
    faceWidth: subject.faceWidth * scale,
    centre: (subject.faceCentreX - originX) * scale,
    bottom: originY + PROFILE.height / scale,
  };
}

describe('a placement', () => {
  it('is inside every range of the profile, or is refused with a cause', () => {
    const subjects = fc
      .tuple(
        fc.double({ min: 100, max: 2500, noNaN: true }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.double({ min: 0.5, max: 1.6, noNaN: true }),
      )
      .map(([faceWidth, x, y, hair]) => {
        const subject = person(faceWidth, x * SOURCE.width, y * SOURCE.height);
        return { ...subject, hairTopY: subject.eyeLineY - hair * faceWidth };
      });
    fc.assert(
      fc.property(subjects, (subject) => {
        const placed = placeSubject(subject, SOURCE, PROFILE);
        if (!placed.ok) return placed.fault.length > 0;
        const { hairTop, eyeLine, faceWidth, centre, bottom } = geometryOf(
          subject,
          placed.placement,
        );
        const { geometry } = PROFILE;
        const within = (value: number, [low, high]: readonly [number, number]) =>
          value >= low - 1e-6 && value <= high + 1e-6;
        return (
          within(hairTop, geometry.hairTopY) &&
          within(eyeLine, geometry.eyeLineY) &&
          within(faceWidth, geometry.faceWidth) &&
          Math.abs(centre - PROFILE.width / 2) <= geometry.maxCentreOffset + 1e-6 &&
          bottom <= SOURCE.height + 1e-6
        );
      }),
      { numRuns: 500 },
    );
  });

  it('never moves the picture where the person touches its side', () => {
    const subject = { ...person(900, 1400, 1600), touchesLeftFromY: 2500, touchesRightFromY: 2500 };
    const placed = placeSubject(subject, SOURCE, PROFILE);
    if (!placed.ok) throw new Error(placed.fault);
    const { scale, originX } = placed.placement;
    expect(originX).toBeGreaterThanOrEqual(0);
    expect(originX + PROFILE.width / scale).toBeLessThanOrEqual(SOURCE.width + 1e-6);
  });
});

describe('a refusal names the cause', () => {
  it.each([
    ['hairCutOff', { ...person(800, 1500, 700), cutAtTop: true }],
    ['tooFar', person(60, 1500, 1500)],
    ['shouldersCutOff', person(900, 1500, 3600)],
    ['tooClose', { ...person(1900, 1500, 1700), touchesLeftFromY: 1900, touchesRightFromY: 1900 }],
    ['offCentre', { ...person(900, 600, 1600), touchesLeftFromY: 2200 }],
    ['proportions', { ...person(700, 1500, 2000), hairTopY: 2000 - 2.2 * 700 }],
  ] as const)('%s', (fault, subject) => {
    expect(placeSubject(subject, SOURCE, PROFILE)).toEqual({ ok: false, fault });
  });
});
