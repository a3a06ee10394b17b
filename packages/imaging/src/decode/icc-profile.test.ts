import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { isSrgbProfile } from './icc-profile.ts';

let srgb: Buffer;
beforeAll(async () => {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } });
  const { icc } = await sharp(await picture.withIccProfile('srgb').png().toBuffer()).metadata();
  srgb = icc!;
});

/** The profile with other curves: every `TRC` tag points to one at its end. */
function withCurve(curve: Buffer): Buffer {
  const profile = Buffer.concat([srgb, curve]);
  for (const tag of ['rTRC', 'gTRC', 'bTRC']) {
    profile.writeUInt32BE(srgb.length, profile.indexOf(tag, 128, 'latin1') + 4);
  }
  return profile;
}

function samples(values: readonly number[]): Buffer {
  const curve = Buffer.alloc(12 + 2 * values.length);
  curve.write('curv', 0, 'latin1');
  curve.writeUInt32BE(values.length, 8);
  for (const [index, value] of values.entries()) curve.writeUInt16BE(value, 12 + 2 * index);
  return curve;
}

const linearOf = (coded: number) =>
  coded <= 0.04045 ? coded / 12.92 : ((coded + 0.055) / 1.055) ** 2.4;
const sampled = (count: number) =>
  Array.from({ length: count }, (_, i) => Math.round(65_535 * linearOf(i / (count - 1))));

it('knows sRGB by its colours and its curve, written as a formula or as samples', () => {
  expect(isSrgbProfile(srgb)).toBe(true);
  expect(isSrgbProfile(withCurve(samples(sampled(1024))))).toBe(true);
});

it.each([
  ['linear light', samples([])],
  ['a gamma of 2.2', samples([Math.round(2.2 * 256)])],
  ['a gamma of 1.8', samples([Math.round(1.8 * 256)])],
])('takes its colours with %s for another space', (_, curve) => {
  expect(isSrgbProfile(withCurve(curve))).toBe(false);
});

it('takes another colour for another space', () => {
  const other = Buffer.from(srgb);
  // the first number of red, 0.436 of sRGB and 0.515 of Display P3
  const red = other.readUInt32BE(other.indexOf('rXYZ', 128, 'latin1') + 4);
  other.writeInt32BE(Math.round(0.515 * 65_536), red + 8);
  expect(isSrgbProfile(other)).toBe(false);
});

it('says something of any bytes, and no to a profile that breaks off', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(480), (noise, at) => {
      isSrgbProfile(noise);
      const damaged = Buffer.from(srgb);
      damaged.set(noise.subarray(0, Math.max(0, srgb.length - at)), at);
      isSrgbProfile(damaged);
      expect(isSrgbProfile(srgb.subarray(0, Math.min(at, srgb.length - 4)))).toBe(false);
    }),
  );
});
