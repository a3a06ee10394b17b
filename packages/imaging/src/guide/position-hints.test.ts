import { PHOTO_PROFILES } from '@gradshot/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Subject } from '../composition/subject.ts';
import { positionHints } from './position-hints.ts';

const profile = PHOTO_PROFILES[0];
const frame = { width: 1280, height: 720 };

/** A head of ordinary proportions: `faceWidth` wide, its eyes at `eyeLineY`. */
function subject(faceWidth: number, faceCentreX: number, eyeLineY: number): Subject {
  return {
    faceWidth,
    faceCentreX,
    eyeLineY,
    hairTopY: eyeLineY - 0.75 * faceWidth,
    chinY: eyeLineY + 0.8 * faceWidth,
    cutAtTop: eyeLineY - 0.75 * faceWidth <= 0,
    touchesLeftFromY: Number.POSITIVE_INFINITY,
    touchesRightFromY: Number.POSITIVE_INFINITY,
  };
}

const codes = (s: Subject) => positionHints(s, frame, profile).map(({ code }) => code);

describe('positionHints', () => {
  it('is silent for a well placed head', () => {
    expect(positionHints(subject(210, 640, 260), frame, profile)).toEqual([]);
  });

  it('blocks what cannot become a photo', () => {
    expect(positionHints(subject(60, 640, 300), frame, profile)).toMatchObject([
      { code: 'guide.closer', weight: 'blocks', arrow: 'closer' },
    ]);
    expect(codes(subject(400, 640, 250))).toEqual(['guide.headCut']);
  });

  it('asks for a step closer when much of the frame is unused', () => {
    expect(positionHints(subject(100, 640, 300), frame, profile)).toMatchObject([
      { code: 'guide.closer', weight: 'corrects' },
    ]);
  });

  it('never sends anybody away from the middle', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 400 }),
        fc.integer({ min: 0, max: 1280 }),
        fc.integer({ min: 50, max: 650 }),
        (faceWidth, x, eyeLineY) => {
          const away = x < 640 ? 'guide.moveRight' : 'guide.moveLeft';
          expect(codes(subject(faceWidth, x, eyeLineY))).not.toContain(away);
        },
      ),
    );
  });
});
