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
  /** The value of every element, for ratios and for recurrent states at the first pass. */
  fill: z.number(),
  type: z.enum(['float32', 'int64']).optional(),
  /** The network's output that becomes this input at the next pass: a recurrent state. */
  from: z.string().optional(),
});

const outputSchema = z.strictObject({
  name: z.string(),
  shape: z.array(z.int()),
  /**
   * What turns the values into probabilities: `sigmoid` for logits, `softmax` for logits of several
   * channels, `stretch` for a network whose smallest value means 0 and whose largest 1.
   */
  activation: z.enum(['none', 'sigmoid', 'softmax', 'stretch']).default('none'),
  /** Order of `shape`; NCHW by default, NHWC when its last length is 1. */
  layout: z.enum(['NCHW', 'NHWC']).optional(),
  /** The channel to take where there are several, from 0. */
  channel: z.int().min(0).optional(),
});

const entrySchema = z.strictObject({
  role: z.enum(MODEL_ROLES),
  /** File name beside the manifest. */
  file: z.string().regex(/^[\w.-]+\.onnx$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  version: z.string(),
  input: inputSchema,
  extraInputs: z.array(extraInputSchema).optional(),
  /** Runs per picture, each with the states that the last one left; for recurrent networks. */
  passes: z.int().min(1).max(16).optional(),
  outputs: z.array(outputSchema).min(1),
  licence: z.string().min(1),
  origin: z.string().min(1),
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
export type ModelOutput = z.infer<typeof outputSchema>;
export type ModelEntry = z.infer<typeof entrySchema>;
export type ModelManifest = z.infer<typeof manifestSchema>;

export const MANIFEST_FILE = 'manifest.json';

/** A model whose bytes have the hash that the manifest names. */
export type VerifiedModel = { readonly entry: ModelEntry; readonly bytes: Uint8Array };

/**
 * The version recorded with every photo: the first 12 hex digits of a digest of the file's own and
 * of how the entry has the network fed and read, since a changed range changes the photo as a
 * changed file does.
 */
export function modelVersion(entry: ModelEntry): string {
  const { input, extraInputs, passes, outputs } = entry;
  const use = JSON.stringify([entry.sha256, input, extraInputs, passes, outputs]);
  return sha256(Buffer.from(use)).slice(0, 12);
}

/** SHA-256 of some bytes, 64 hex digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Reads `manifest.json` in `folder`, complete or not.
 * Fails with `imaging.modelMissing` (no such file) or `imaging.modelUnusable`, whose `why` names the
 * first field that is wrong.
 */
export async function readManifestForm(folder: string): Promise<Result<ModelManifest>> {
  const text = await readFile(path.join(folder, MANIFEST_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return fail('imaging.modelMissing', { file: MANIFEST_FILE });
  const json = parseJson(text);
  if (json === undefined) return unusable('it is not JSON');
  const parsed = manifestSchema.safeParse(json);
  return parsed.success ? ok(parsed.data) : unusable(firstFault(parsed.error));
}

/** The same, failing as well when a role is missing or named twice. */
async function readManifest(folder: string): Promise<Result<ModelManifest>> {
  const manifest = await readManifestForm(folder);
  const why = manifest.ok ? rolesFault(manifest.value) : undefined;
  return why === undefined ? manifest : unusable(why);
}

function unusable(why: string): Result<never> {
  return fail('imaging.modelUnusable', { file: MANIFEST_FILE, why });
}

/**
 * Reads every model in the manifest and holds its bytes against the recorded SHA-256. Fails as
 * `readManifest` does, or with `imaging.modelMissing` or `imaging.modelTampered` and the file.
 */
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

/** Where a manifest is wrong, e.g. `models.6.licence: Invalid input: expected string`. */
function firstFault({ issues }: z.ZodError): string {
  const [issue] = issues;
  const place = issue?.path.join('.');
  return `${place ? `${place}: ` : ''}${issue?.message ?? 'not a manifest'}`;
}

function rolesFault({ models }: ModelManifest): string | undefined {
  const roles = models.map(({ role }) => role);
  const missing = REQUIRED_ROLES.find((role) => !roles.includes(role));
  if (missing) return `no model has the role ${missing}`;
  const twice = roles.find((role, index) => roles.indexOf(role) !== index);
  return twice && `two models have the role ${twice}`;
}
