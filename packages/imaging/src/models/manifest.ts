import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '@gradshot/domain';
import { z } from 'zod';

/** What a network is for. Every role but `matting` must be in the manifest. */
export const REQUIRED_ROLES = [
  'faceDetection',
  'faceMesh',
  'iris',
  'expression',
  'faceEmbedding',
  'personMask',
] as const;
export type RequiredRole = (typeof REQUIRED_ROLES)[number];
const MODEL_ROLES = [...REQUIRED_ROLES, 'matting'] as const;
export type ModelRole = (typeof MODEL_ROLES)[number];

const inputSchema = z.strictObject({
  name: z.string(),
  layout: z.enum(['NCHW', 'NHWC']),
  /** Order of the colour channels; `grey` is one channel of luma. */
  colour: z.enum(['rgb', 'bgr', 'grey']),
  /** Pixels. */
  width: z.int().min(1).max(8192),
  height: z.int().min(1).max(8192),
  /** Values that the bytes 0 and 255 become. */
  range: z.tuple([z.number(), z.number()]),
  /** Further normalisation after `range`: (value − mean) ÷ deviation, per channel as ordered. */
  mean: z.array(z.number()).min(1).max(3).optional(),
  deviation: z.array(z.number().positive()).min(1).max(3).optional(),
});

const extraInputSchema = z.strictObject({
  name: z.string(),
  shape: z.array(z.int().min(0)),
  /** The value of every element, for recurrent states and ratios. */
  fill: z.number(),
});

const outputSchema = z.strictObject({
  name: z.string(),
  shape: z.array(z.int()),
  /** `sigmoid` when the network gives logits. */
  activation: z.enum(['none', 'sigmoid']).default('none'),
});

const entrySchema = z.strictObject({
  role: z.enum(MODEL_ROLES),
  /** File name beside the manifest. */
  file: z.string().regex(/^[\w.-]+\.onnx$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  version: z.string(),
  input: inputSchema,
  extraInputs: z.array(extraInputSchema).optional(),
  outputs: z.array(outputSchema).min(1),
  licence: z.string(),
  origin: z.string(),
  /** Present on converted models: hash of the source files, see convert.ts. */
  source: z.string().optional(),
});

const manifestSchema = z.strictObject({
  /** Raised when this file's form changes. */
  schema: z.literal(1),
  /** Version of the converters that wrote the converted models. */
  converter: z.int(),
  models: z.array(entrySchema),
});

export type ModelInput = z.infer<typeof inputSchema>;
export type ModelEntry = z.infer<typeof entrySchema>;
export type ModelManifest = z.infer<typeof manifestSchema>;

export const MANIFEST_FILE = 'manifest.json';

/** A model whose bytes have the hash that the manifest names. */
export type VerifiedModel = { readonly entry: ModelEntry; readonly bytes: Uint8Array };

/** First 12 hex digits of the file's SHA-256: the version recorded with every photo. */
export function modelVersion(entry: ModelEntry): string {
  return entry.sha256.slice(0, 12);
}

/** SHA-256 of some bytes, 64 hex digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Reads `manifest.json` in `folder`.
 * Fails with `imaging.modelMissing` (no such file) or `imaging.modelTampered` (not a manifest, or
 * a role is missing or named twice).
 */
export async function readManifest(folder: string): Promise<Result<ModelManifest>> {
  const text = await readFile(path.join(folder, MANIFEST_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return fail('imaging.modelMissing', { file: MANIFEST_FILE });
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (!parsed.success || !rolesAreComplete(parsed.data)) {
    return fail('imaging.modelTampered', { file: MANIFEST_FILE });
  }
  return ok(parsed.data);
}

/** Reads every model in the manifest and holds its bytes against the recorded SHA-256. */
export async function readVerifiedModels(folder: string): Promise<Result<VerifiedModel[]>> {
  const manifest = await readManifest(folder);
  if (!manifest.ok) return manifest;
  const models: VerifiedModel[] = [];
  for (const entry of manifest.value.models) {
    const bytes = await readFile(path.join(folder, entry.file)).catch(() => undefined);
    if (!bytes) return fail('imaging.modelMissing', { file: entry.file });
    if (sha256(bytes) !== entry.sha256) return fail('imaging.modelTampered', { file: entry.file });
    models.push({ entry, bytes });
  }
  return ok(models);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function rolesAreComplete({ models }: ModelManifest): boolean {
  const roles = models.map(({ role }) => role);
  return new Set(roles).size === roles.length && REQUIRED_ROLES.every((r) => roles.includes(r));
}
