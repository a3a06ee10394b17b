import {
  type CheckThresholds,
  DEFAULT_PROFILE_ID,
  findPhotoProfile,
  type Limits,
  type PhotoProfile,
} from '@gradshot/domain';
import { z } from 'zod';
import { LEAST_MARGIN } from './composition/placement.ts';

/** A range that a placement, which keeps away from both ends, can be inside of. */
const range = z
  .tuple([z.number().min(0), z.number()])
  .refine(([low, high]) => high > low + 2 * LEAST_MARGIN, 'the range is empty or too narrow');
const byte = z.int().min(0).max(255);
const side = z.int().min(60).max(4000);
const quality = z.int().min(1).max(100);
const limits = z.strictObject({ warn: z.number(), fail: z.number() });

const jpeg = z
  .strictObject({
    minBytes: z.int().min(0),
    maxBytes: z.int().min(1),
    minQuality: quality,
    maxQuality: quality,
    chroma: z.enum(['4:4:4', '4:2:0']),
  })
  .refine(({ minBytes, maxBytes }) => minBytes <= maxBytes, 'minBytes exceeds maxBytes')
  .refine(
    ({ minQuality, maxQuality }) => minQuality <= maxQuality,
    'minQuality exceeds maxQuality',
  );

const geometry = z.strictObject({
  hairTopY: range,
  eyeLineY: range,
  faceWidth: range,
  maxCentreOffset: z.number().min(LEAST_MARGIN),
});

/** A profile written by hand; thresholds that it leaves out are the default profile's. */
const schema = z
  .strictObject({
    id: z.string().min(1),
    version: z.int().min(1),
    zh: z.string(),
    en: z.string(),
    width: side,
    height: side,
    dpi: z.int().min(72).max(1200),
    background: z.tuple([byte, byte, byte]),
    jpeg,
    geometry,
    thresholds: z.record(z.string(), limits).default({}),
  })
  .superRefine(({ width, height, geometry: { hairTopY, eyeLineY, faceWidth } }, context) => {
    const report = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['geometry', field], message });
    if (eyeLineY[1] > height) report('eyeLineY', 'the range ends below the photo');
    if (faceWidth[1] > width) report('faceWidth', 'the range ends beyond the photo');
    if (hairTopY[0] >= eyeLineY[1]) report('hairTopY', 'the range lies below the eye line');
  });

/**
 * Reads a profile from JSON. Throws an Error that names the field that is wrong: a number that is
 * no number, or a range, window or pair of limits that no photo could satisfy.
 */
export function parsePhotoProfile(json: string): PhotoProfile {
  const parsed = schema.safeParse(parseJson(json));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`the profile is wrong at "${issue!.path.join('.')}": ${issue!.message}`);
  }
  const defaults = findPhotoProfile(DEFAULT_PROFILE_ID)!.thresholds;
  const { thresholds } = parsed.data;
  for (const [key, own] of Object.entries(thresholds)) {
    if (!Object.hasOwn(defaults, key)) throw wrongThreshold(key, 'nobody knows it');
    if (!sameDirection(own, defaults[key as keyof CheckThresholds])) {
      throw wrongThreshold(key, '"fail" comes before "warn"');
    }
  }
  return { ...parsed.data, thresholds: { ...defaults, ...thresholds } };
}

function wrongThreshold(key: string, why: string): Error {
  return new Error(`the profile is wrong at "thresholds.${key}": ${why}`);
}

/** Some values are worse when they are larger, others when they are smaller. */
function sameDirection(own: Limits, usual: Limits): boolean {
  return (own.fail - own.warn) * (usual.fail - usual.warn) >= 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the profile is not JSON');
  }
}
