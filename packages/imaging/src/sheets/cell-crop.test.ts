import { PHOTO_PROFILES } from '@gradshot/domain';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeSubject } from '../composition/placement.ts';
import type { Subject } from '../composition/subject.ts';
import { boxAround, boxOf, cropForCell } from './cell-crop.ts';

const profile = PHOTO_PROFILES[0];
const share = (min: number, max: number) =>
  fc.noBias(fc.integer({ min: 0, max: 1e6 })).map((step) => min + ((max - min) * step) / 1e6);

const anyPerson = fc.record({
  face: share(0.15, 0.6),
  x: share(0.2, 0.8),
  y: share(0.2, 0.7),
  hair: share(0.7, 1.3),
  aspect: share(0.7, 1.6),
  touches: fc.boolean(),
});
const anyCell = fc.record({
  width: fc.integer({ min: 100, max: 900 }),
  shape: share(0.55, 0.85),
});

it('a crop has the cell’s shape, shows the whole head, and nothing that the source has not', () => {
  let seen = 0;
  fc.assert(
    fc.property(anyPerson, anyCell, ({ face, x, y, hair, aspect, touches }, { width, shape }) => {
      const source = { width: 2000, height: Math.round(2000 * aspect) };
      const faceWidth = face * source.width;
      const eyeLineY = y * source.height;
      const hairTopY = eyeLineY - hair * faceWidth;
      const from = touches ? eyeLineY + faceWidth : Number.POSITIVE_INFINITY;
      const subject: Subject = {
        faceWidth,
        faceCentreX: x * source.width,
        eyeLineY,
        hairTopY,
        chinY: eyeLineY + 0.85 * faceWidth,
        cutAtTop: hairTopY < 0,
        touchesLeftFromY: from,
        touchesRightFromY: from,
      };
      const placed = placeSubject(subject, source, profile);
      if (!placed.ok) return;
      seen++;
      const cell = { width, height: Math.round(width / shape) };
      const standing = { subject, source, profile, placement: placed.placement };
      const crop = cropForCell(standing, cell);
      expect(crop.width / crop.height).toBeCloseTo(cell.width / cell.height, 6);
      expect(crop.y).toBeLessThan(hairTopY);
      const bottom = crop.y + crop.height;
      expect(bottom).toBeGreaterThan(subject.chinY);
      expect(bottom).toBeLessThanOrEqual(source.height + 1e-6);
      if (touches && bottom > from) {
        expect(crop.x).toBeGreaterThanOrEqual(-1e-6);
        expect(crop.x + crop.width).toBeLessThanOrEqual(source.width + 1e-6);
      }
      const whole = boxAround([boxOf(placed.placement, profile), crop]);
      expect(whole.width).toBeGreaterThanOrEqual(crop.width - 1e-6);
    }),
    { numRuns: 3000 },
  );
  expect(seen).toBeGreaterThan(200);
});
