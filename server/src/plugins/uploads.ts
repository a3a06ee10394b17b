import multipart from '@fastify/multipart';
import { MAX_ORIGINAL_BYTES, MAX_SEAL_BYTES, MAX_STANDARD_BYTES } from '@gradshot/contract';
import { type Failure, fail, ok, type Result } from '@gradshot/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The report of a photo is some tens of kilobytes. */
const MAX_META_BYTES = 512 * 1024;
const MB = 1024 * 1024;
/** Boundaries and part headers beside the three parts. */
const MULTIPART_OVERHEAD = 64 * 1024;

export type PhotoParts = {
  readonly meta: unknown;
  readonly original: Buffer;
  readonly standard: Buffer;
};

export async function addMultipart(app: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: {
      fields: 1,
      files: 2,
      parts: 3,
      fieldSize: MAX_META_BYTES,
      // Beyond every limit of the reader: at its limit the parser stalls instead of ending the file.
      fileSize: MAX_ORIGINAL_BYTES + MB,
      headerPairs: 50,
    },
  });
}

export type PhotoLimits = { readonly original: number; readonly standard: number };
const PLAIN: PhotoLimits = { original: MAX_ORIGINAL_BYTES, standard: MAX_STANDARD_BYTES };
export const SEALED: PhotoLimits = {
  original: MAX_ORIGINAL_BYTES + MAX_SEAL_BYTES,
  standard: MAX_STANDARD_BYTES + MAX_SEAL_BYTES,
};
const mostOf = ({ original, standard }: PhotoLimits) =>
  original + standard + MAX_META_BYTES + MULTIPART_OVERHEAD;

/** What a photo upload may take at most: the length it announces, where it announces one. */
export const announcedBytes = ({ headers }: FastifyRequest, limits = PLAIN): number =>
  Math.min(Number(headers['content-length'] ?? mostOf(limits)), mostOf(limits));

const TOO_LARGE: Failure = {
  code: 'photo.tooLargeBytes',
  details: { limitMb: MAX_ORIGINAL_BYTES / MB },
};

/**
 * Reads the three parts of a photo upload. Never more than a file's limit is kept: what lies
 * beyond ends the reading, and a body that announces itself as too large is not read at all.
 */
export async function readPhotoParts(
  request: FastifyRequest,
  limits = PLAIN,
): Promise<Result<PhotoParts>> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > mostOf(limits)) return { ok: false, error: TOO_LARGE };
  if (!request.isMultipart()) return fail('request.invalid', { field: 'body' });
  // Gone while it waited for room: the parser would wait for the rest for ever, and hold the room.
  if (request.raw.destroyed) return fail('request.invalid', { field: 'body' });
  const found = new Map<string, unknown>();
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      found.set(part.fieldname, part.value);
      continue;
    }
    const bytes = await readFile(part.file, limitOf(limits, part.fieldname));
    if (!bytes) return { ok: false, error: TOO_LARGE };
    found.set(part.fieldname, bytes);
  }
  return assemble(found);
}

const limitOf = ({ original, standard }: PhotoLimits, part: string) =>
  part === 'standard' ? standard : original;

type FilePart = AsyncIterable<Buffer> & { readonly truncated: boolean };

/** Undefined when it is longer than `limit`. */
async function readFile(file: FilePart, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of file) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return file.truncated ? undefined : Buffer.concat(chunks, length);
}

function assemble(found: ReadonlyMap<string, unknown>): Result<PhotoParts> {
  const original = found.get('original');
  const standard = found.get('standard');
  if (!Buffer.isBuffer(original)) return fail('request.invalid', { field: 'original' });
  if (!Buffer.isBuffer(standard)) return fail('request.invalid', { field: 'standard' });
  const meta = parseJson(found.get('meta'));
  return meta === undefined
    ? fail('request.invalid', { field: 'meta' })
    : ok({ meta, original, standard });
}

function parseJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : text;
  } catch {
    return undefined;
  }
}
