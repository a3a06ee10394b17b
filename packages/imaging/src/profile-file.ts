import { DEFAULT_PROFILE_ID, findPhotoProfile, type PhotoProfile } from '@gradshot/domain';
import { z } from 'zod';

const range = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low <= high, 'the first number must not exceed the second');
const byte = z.int().min(0).max(255);
const side = z.int().min(60).max(4000);
const limits = z.strictObject({ warn: z.number(), fail: z.number() });

/** A profile written by hand; thresholds that it leaves out are the default profile's. */
const schema = z.strictObject({
  id: z.string().min(1),
  version: z.int().min(1),
  zh: z.string(),
  en: z.string(),
  width: side,
  height: side,
  dpi: z.int().min(72).max(1200),
  background: z.tuple([byte, byte, byte]),
  jpeg: z.strictObject({
    minBytes: z.int().min(0),
    maxBytes: z.int().min(1),
    minQuality: z.int().min(1).max(100),
    maxQuality: z.int().min(1).max(100),
    chroma: z.enum(['4:4:4', '4:2:0']),
  }),
  geometry: z.strictObject({
    hairTopY: range,
    eyeLineY: range,
    faceWidth: range,
    maxCentreOffset: z.number().min(0),
  }),
  thresholds: z.record(z.string(), limits).default({}),
});

/** Reads a profile from JSON. Throws an Error that names the field that is wrong. */
export function parsePhotoProfile(json: string): PhotoProfile {
  const parsed = schema.safeParse(parseJson(json));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`the profile is wrong at "${issue!.path.join('.')}": ${issue!.message}`);
  }
  const defaults = findPhotoProfile(DEFAULT_PROFILE_ID)!.thresholds;
  const unknown = Object.keys(parsed.data.thresholds).find((key) => !Object.hasOwn(defaults, key));
  if (unknown) throw new Error(`the profile has an unknown threshold "${unknown}"`);
  return { ...parsed.data, thresholds: { ...defaults, ...parsed.data.thresholds } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the profile is not JSON');
  }
}
