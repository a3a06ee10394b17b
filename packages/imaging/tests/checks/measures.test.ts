import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toLab } from '../../src/checks/colour-space.ts';
import { fingerprintDistance, fingerprintOf } from '../../src/checks/fingerprint.ts';
import { visitPolygon } from '../../src/checks/polygon.ts';
import { shoulderSlopeDeg } from '../../src/checks/pose-checks.ts';
import { periodicity } from '../../src/checks/recapture.ts';
import { powerSpectrum } from '../../src/checks/spectrum.ts';
import { holdAbove, holdBelow } from '../../src/checks/verdict.ts';
import type { RgbImage } from '../../src/picture/rgb-image.ts';

describe('colours', () => {
  it.each([
    ['white', [255, 255, 255], [100, 0, 0]],
    ['middle grey', [119, 119, 119], [50, 0, 0]],
    ['the blue background', [100, 197, 255], [76, -12, -37]],
  ] as const)('%s', (_, [r, g, b], [l, a, bb]) => {
    const lab = toLab(r, g, b);
    expect(Math.abs(lab.l - l)).toBeLessThan(1);
    expect(Math.abs(lab.a - a)).toBeLessThan(1);
    expect(Math.abs(lab.b - bb)).toBeLessThan(1);
  });
});

describe('polygons', () => {
  it('visit as many pixels as their area', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 40 }), fc.integer({ min: 5, max: 40 }), (w, h) => {
        let count = 0;
        const corners = [
          { x: 2, y: 3 },
          { x: 2 + w, y: 3 },
          { x: 2 + w, y: 3 + h },
          { x: 2, y: 3 + h },
        ];
        visitPolygon(corners, 60, 60, () => count++);
        return count === w * h;
      }),
    );
  });

  it('never leave the picture', () => {
    const corners = [
      { x: -50, y: -50 },
      { x: 200, y: -20 },
      { x: 30, y: 300 },
    ];
    visitPolygon(corners, 20, 10, (pixel) => {
      expect(pixel).toBeGreaterThanOrEqual(0);
      expect(pixel).toBeLessThan(200);
    });
  });
});

describe('levels', () => {
  const limits = { warn: 3, fail: 8 };
  const saying = { problem: 'leanLeft' } as const;

  it('are drawn at the limits', () => {
    expect(holdBelow('pose.roll', 3, limits, saying).level).toBe('pass');
    expect(holdBelow('pose.roll', 3.1, limits, saying).level).toBe('warn');
    expect(holdBelow('pose.roll', 8.1, limits, saying).level).toBe('fail');
    expect(holdAbove('eyes.open', 0.2, { warn: 0.24, fail: 0.18 }, saying).level).toBe('warn');
  });

  it('never fail an advisory check, and ask a person where nothing was measured', () => {
    expect(holdBelow('eyes.hair', 99, limits, saying).level).toBe('warn');
    const unmeasured = holdBelow('pose.roll', null, limits, saying);
    expect(unmeasured).toMatchObject({ level: 'warn', value: null });
    expect(unmeasured.zh).toContain('人工确认');
  });
});

/** A picture from a function of its coordinates. */
function picture(width: number, height: number, grey: (x: number, y: number) => number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    data.fill(grey(i % width, Math.floor(i / width)), 3 * i, 3 * i + 3);
  }
  return { data, width, height };
}

describe('recaptured pictures', () => {
  const box = { x: 0, y: 0, width: 200, height: 200 };
  const noise = (x: number, y: number) => {
    const hash = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
    return 120 + 17 * (hash - Math.floor(hash));
  };

  it('show their grid as a peak', () => {
    const plain = picture(200, 200, noise);
    const screen = picture(200, 200, (x, y) => noise(x, y) + 10 * Math.sin(1.9 * x + 0.15 * y));
    const difference = periodicity(screen, box)! - periodicity(plain, box)!;
    expect(difference).toBeGreaterThan(6);
  });

  it('are not judged when too small', () => {
    expect(periodicity(picture(50, 100, noise), box)).toBeNull();
  });
});

describe('the spectrum', () => {
  it('has its power where the wave is', () => {
    const side = 32;
    const wave = Float32Array.from({ length: side * side }, (_, i) => {
      return Math.cos((2 * Math.PI * 5 * (i % side)) / side);
    });
    const power = powerSpectrum(wave, side);
    expect(power.indexOf(Math.max(...power))).toBe(5);
  });
});

describe('fingerprints', () => {
  const photo = picture(480, 640, (x, y) => 128 + 60 * Math.sin(x / 37) * Math.cos(y / 23));

  it('hardly change with brightness and a little noise', () => {
    const again = picture(480, 640, (x, y) => {
      return 138 + 55 * Math.sin(x / 37) * Math.cos(y / 23) + ((x * 31 + y * 17) % 3);
    });
    expect(fingerprintDistance(fingerprintOf(photo), fingerprintOf(again))).toBeLessThan(12);
  });

  it('differ for another picture', () => {
    const other = picture(480, 640, (x, y) => 128 + 60 * Math.cos(x / 29 + y / 41));
    expect(fingerprintDistance(fingerprintOf(photo), fingerprintOf(other))).toBeGreaterThan(60);
  });
});

describe('the shoulders', () => {
  /** Covered below a line through the middle with the given slope. */
  const body = (slope: number) => ({
    image: { data: new Uint8Array(0), width: 480, height: 640 },
    coverage: Uint8Array.from({ length: 480 * 640 }, (_, i) => {
      return Math.floor(i / 480) > 480 + slope * ((i % 480) - 240) ? 255 : 0;
    }),
  });

  it.each([0, 0.1, -0.2])('slope %f is found', (slope) => {
    const expected = (Math.atan(slope) * 180) / Math.PI;
    expect(shoulderSlopeDeg(body(slope), 240, 200, 350)).toBeCloseTo(expected, 0);
  });

  it('are not judged when they are not in the picture', () => {
    const empty = { ...body(0), coverage: new Uint8Array(480 * 640) };
    expect(shoulderSlopeDeg(empty, 240, 200, 350)).toBeNull();
  });
});
