import { PHOTO_PROFILES } from '@gradshot/domain';
import { describe, expect, it } from 'vitest';
import { parsePhotoProfile } from './profile-file.ts';

const [usual] = PHOTO_PROFILES;
const { thresholds, ...facts } = usual;
const { jpeg, geometry } = facts;
const parse = (changes: object) => parsePhotoProfile(JSON.stringify({ ...facts, ...changes }));

describe('a profile from a file', () => {
  it.each(PHOTO_PROFILES)('may be any of the product’s own: $id', (profile) => {
    expect(parsePhotoProfile(JSON.stringify(profile))).toEqual(profile);
  });

  it('takes the usual thresholds, but for its own', () => {
    const rollDeg = { warn: 2, fail: 5 };
    expect(parse({}).thresholds).toEqual(thresholds);
    expect(parse({ thresholds: { rollDeg } }).thresholds).toEqual({ ...thresholds, rollDeg });
  });

  it.each<[string, object]>([
    ['version', { version: 0 }],
    ['background.2', { background: [0, 0, 256] }],
    ['jpeg', { jpeg: { ...jpeg, minQuality: 90, maxQuality: 80 } }],
    ['jpeg', { jpeg: { ...jpeg, minBytes: 40_000, maxBytes: 30_000 } }],
    ['geometry.maxCentreOffset', { geometry: { ...geometry, maxCentreOffset: 0 } }],
    ['geometry.hairTopY', { geometry: { ...geometry, hairTopY: [80, 81] } }],
    ['geometry.hairTopY', { geometry: { ...geometry, hairTopY: [310, 400] } }],
    ['geometry.eyeLineY', { geometry: { ...geometry, eyeLineY: [600, 900] } }],
    ['geometry.faceWidth', { geometry: { ...geometry, faceWidth: [180, 500] } }],
    ['thresholds.rollDeg', { thresholds: { rollDeg: { warn: 8, fail: 3 } } }],
    ['thresholds.eyeOpening', { thresholds: { eyeOpening: { warn: 0.1, fail: 0.2 } } }],
    ['thresholds.rollDegrees', { thresholds: { rollDegrees: { warn: 3, fail: 8 } } }],
    ['thresholds.rollDeg.fail', { thresholds: { rollDeg: { warn: 3 } } }],
  ])('is refused at "%s" when no photo could satisfy it', (field, changes) => {
    expect(() => parse(changes)).toThrow(`"${field}"`);
  });

  it('is refused when it is no JSON', () => {
    expect(() => parsePhotoProfile('{')).toThrow('not JSON');
  });
});
