import { PHOTO_PROFILES, type PhotoProfile, type Range } from '@gradshot/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureFault } from '../../src/composition/fault-measures.ts';
import { type Placement, placeSubject } from '../../src/composition/placement.ts';
import type { Subject } from '../../src/composition/subject.ts';

const profile: PhotoProfile = PHOTO_PROFILES[0];
const { geometry } = profile;
const NEVER = Number.POSITIVE_INFINITY;
/** Faces narrower than this must be enlarged more than 2.5 times. */
const SMALLEST_FACE = geometry.faceWidth[0] / 2.5;

type Case = { readonly subject: Subject; readonly width: number; readonly height: number };

/** Evenly: fast-check's doubles are mostly tiny, which hardly ever makes a usable head. */
const share = (min: number, max: number) =>
  fc.noBias(fc.integer({ min: 0, max: 1e6 })).map((step) => min + ((max - min) * step) / 1e6);
const maybeRow = (height: number) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(NEVER) },
    { weight: 1, arbitrary: share(0, height) },
  );

/** A head of any size and place, with any proportions that a human head may have, and some more. */
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    width: fc.integer({ min: 240, max: 6000 }),
    aspect: share(0.5, 2),
    face: share(0.02, 1.1),
    x: share(-0.1, 1.1),
    y: share(0, 1),
    hairToEyes: share(0.5, 1.6),
    cutAtTop: fc.boolean(),
  })
  .chain(({ width, aspect, face, x, y, hairToEyes, cutAtTop }) => {
    const height = Math.round(width * aspect);
    const faceWidth = face * width;
    const eyeLineY = y * height;
    const subject = {
      faceWidth,
      faceCentreX: x * width,
      eyeLineY,
      chinY: eyeLineY + faceWidth,
      hairTopY: Math.max(0, eyeLineY - hairToEyes * faceWidth),
      cutAtTop: cutAtTop && eyeLineY < hairToEyes * faceWidth,
    };
    return fc
      .record({ touchesLeftFromY: maybeRow(height), touchesRightFromY: maybeRow(height) })
      .map((touches) => ({ subject: { ...subject, ...touches }, width, height }));
  });

const place = ({ subject, width, height }: Case) =>
  placeSubject(subject, { width, height }, profile);
const within = (value: number, [low, high]: Range) => value >= low - 1e-6 && value <= high + 1e-6;

/** Output pixels of what the profile speaks about. */
function onPhoto(subject: Subject, { scale, originX, originY }: Placement) {
  return {
    hairTopY: (subject.hairTopY - originY) * scale,
    eyeLineY: (subject.eyeLineY - originY) * scale,
    faceWidth: subject.faceWidth * scale,
    faceCentreX: (subject.faceCentreX - originX) * scale,
  };
}

function fits({ subject, width, height }: Case, placement: Placement): string[] {
  const photo = onPhoto(subject, placement);
  const { scale, originX, originY } = placement;
  const right = originX + profile.width / scale;
  const bottom = originY + profile.height / scale;
  const wrong: string[] = [];
  if (!within(photo.hairTopY, geometry.hairTopY)) wrong.push('hairTopY');
  if (!within(photo.eyeLineY, geometry.eyeLineY)) wrong.push('eyeLineY');
  if (!within(photo.faceWidth, geometry.faceWidth)) wrong.push('faceWidth');
  const offset = Math.abs(photo.faceCentreX - profile.width / 2);
  if (offset > geometry.maxCentreOffset + 1e-6) wrong.push('centre');
  if (bottom > height + 1e-6) wrong.push('body ends above the lower edge');
  if (subject.touchesLeftFromY < bottom && originX < -1e-6) wrong.push('body cut at the left');
  if (subject.touchesRightFromY < bottom && right > width + 1e-6)
    wrong.push('body cut at the right');
  return wrong;
}

/** The same person before a source that shows more to every side, and touches none of them. */
function seenWider(given: Case): Case {
  const more = 20 * given.width;
  const { subject, width, height } = given;
  const faceCentreX = subject.faceCentreX + more;
  return {
    width: width + 2 * more,
    height,
    subject: { ...subject, faceCentreX, touchesLeftFromY: NEVER, touchesRightFromY: NEVER },
  };
}

const seenDeeper = (given: Case): Case => ({ ...given, height: given.height * 50 });

describe('a head of any size and place', () => {
  it('is placed inside the profile and inside the source, or refused', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const placed = place(given);
        if (placed.ok) expect(fits(given, placed.placement)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('is placed whenever a placement exists', () => {
    // chosen on the photo first, well inside the ranges, then seen on a source that has room
    const onPhotoFirst = fc.record({
      faceWidth: share(200, 280),
      hairTopY: share(58, 102),
      eyeLineY: share(208, 292),
      offset: share(-6, 6),
      scale: share(0.05, 2.4),
      left: share(0, 500),
      top: share(0, 500),
      below: share(1, 800),
      right: share(0, 500),
    });
    fc.assert(
      fc.property(onPhotoFirst, (wanted) => {
        const { scale, left, top } = wanted;
        const eyeLineY = (wanted.eyeLineY + top) / scale;
        const faceWidth = wanted.faceWidth / scale;
        if (faceWidth < SMALLEST_FACE) return;
        const subject = {
          faceWidth,
          faceCentreX: (profile.width / 2 + wanted.offset + left) / scale,
          eyeLineY,
          chinY: eyeLineY + faceWidth,
          hairTopY: (wanted.hairTopY + top) / scale,
          cutAtTop: false,
          touchesLeftFromY: eyeLineY,
          touchesRightFromY: eyeLineY,
        };
        const width = (left + profile.width + wanted.right) / scale;
        const height = (top + profile.height + wanted.below) / scale;
        expect(place({ subject, width, height })).toMatchObject({ ok: true });
      }),
      { numRuns: 2000 },
    );
  });

  it('is placed alike whatever the camera’s resolution', () => {
    fc.assert(
      fc.property(anyCase, share(1, 8), (given, times) => {
        const placed = place(given);
        if (!placed.ok) return;
        const { subject } = given;
        const larger = place({
          width: given.width * times,
          height: given.height * times,
          subject: {
            hairTopY: subject.hairTopY * times,
            eyeLineY: subject.eyeLineY * times,
            chinY: subject.chinY * times,
            faceWidth: subject.faceWidth * times,
            faceCentreX: subject.faceCentreX * times,
            cutAtTop: false,
            touchesLeftFromY: subject.touchesLeftFromY * times,
            touchesRightFromY: subject.touchesRightFromY * times,
          },
        });
        expect(larger.ok).toBe(true);
        if (larger.ok)
          expect(larger.placement.scale * times).toBeCloseTo(placed.placement.scale, 1);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a refusal names the cause', () => {
  const faultOf = (given: Case) => {
    const placed = place(given);
    return placed.ok ? undefined : placed.fault;
  };

  it('and the fault goes when the cause does', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(anyCase, (given) => {
        const fault = faultOf(given);
        seen.set(fault ?? 'placed', (seen.get(fault ?? 'placed') ?? 0) + 1);
        const { subject } = given;
        if (fault === 'hairCutOff') expect(subject.cutAtTop).toBe(true);
        if (fault === 'tooFar') expect(subject.faceWidth).toBeLessThan(SMALLEST_FACE);
        if (fault === 'shouldersCutOff') expect(faultOf(seenDeeper(given))).toBeUndefined();
        if (fault === 'proportions') expect(faultOf(seenDeeper(seenWider(given)))).toBe(fault);
        if (fault === 'tooClose' || fault === 'offCentre') {
          expect(faultOf(seenDeeper(seenWider(given)))).toBeUndefined();
          // deeper alone does not help: it is the sides that are in the way
          expect(faultOf(seenDeeper(given))).toBe(fault);
        }
      }),
      { numRuns: 4000 },
    );
    const all = ['placed', 'hairCutOff', 'tooFar', 'shouldersCutOff', 'tooClose', 'offCentre'];
    for (const fault of [...all, 'proportions']) {
      expect(seen.get(fault) ?? 0, fault).toBeGreaterThan(20);
    }
  });

  it('and a measure that is beyond its limit', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const fault = faultOf(given);
        if (!fault) return;
        const { value, limit } = measureFault(fault, given.subject, given, profile);
        expect(Number.isFinite(value)).toBe(true);
        if (typeof limit === 'number') {
          // both are lower limits; the hair must be below the edge, not at it
          if (fault === 'hairCutOff') expect(value).toBe(limit);
          else expect(value).toBeLessThan(limit);
        } else {
          expect(limit[0]).toBeLessThan(limit[1]);
          expect(value < limit[0] || value > limit[1], `${fault} ${value} ${limit}`).toBe(true);
        }
      }),
      { numRuns: 4000 },
    );
  });

  it('a person in the middle is never told to move sideways', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const subject = { ...given.subject, faceCentreX: given.width / 2 };
        expect(faultOf({ ...given, subject })).not.toBe('offCentre');
      }),
      { numRuns: 1000 },
    );
  });
});
