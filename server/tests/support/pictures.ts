import { createHash } from 'node:crypto';
import type { PhotoUploadMeta } from '@gradshot/contract';
import type { StandardizationReport } from '@gradshot/domain';
import sharp from 'sharp';
import { CHSI } from './profile.ts';

/** Coloured noise on a gradient: compresses like a photo, shows nobody. `seed` makes it unique. */
function noise(width: number, height: number, seed: number, strength: number): Buffer {
  const data = Buffer.alloc(width * height * 3);
  let state = seed * 2654435761 + 1;
  for (let i = 0; i < data.length; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = 90 + (i % width) / 8 + ((state >>> 24) / 255) * strength;
  }
  return data;
}

export async function makeJpeg(options: {
  readonly width: number;
  readonly height: number;
  readonly seed?: number;
  readonly quality?: number;
  readonly dpi?: number;
  readonly strength?: number;
}): Promise<Buffer> {
  const { width, height, seed = 1, quality = 90, dpi = 72, strength = 30 } = options;
  return sharp(noise(width, height, seed, strength), { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: '4:4:4' })
    .withMetadata({ density: dpi })
    .toBuffer();
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A file that keeps to the default profile: 480 × 640, 300 dpi, 30–40 KB. */
export async function makeStandard(seed = 1): Promise<Buffer> {
  for (let strength = 8; strength < 200; strength += 4) {
    const jpeg = await makeJpeg({ width: 480, height: 640, seed, quality: 80, dpi: 300, strength });
    if (jpeg.length >= CHSI.jpeg.minBytes && jpeg.length <= CHSI.jpeg.maxBytes) return jpeg;
  }
  throw new Error('no picture of that size found');
}

export type TestPhoto = {
  readonly meta: PhotoUploadMeta;
  readonly original: Buffer;
  readonly standard: Buffer;
};

export async function makePhoto(seed = 1, changes: Partial<TestPhoto> = {}): Promise<TestPhoto> {
  const original = changes.original ?? (await makeJpeg({ width: 900, height: 1200, seed }));
  const standard = changes.standard ?? (await makeStandard(seed));
  const meta: PhotoUploadMeta = {
    originalSha256: sha256(original),
    originalType: 'image/jpeg',
    standardSha256: sha256(standard),
    capturedAt: '2026-11-23T08:00:00.000Z',
    report: makeReport(standard.length),
    ...changes.meta,
  };
  return { meta, original, standard };
}

export function makeReport(bytes: number): StandardizationReport {
  return {
    accepted: true,
    profile: { id: CHSI.id, version: CHSI.version },
    output: { width: 480, height: 640, bytes, quality: 80, dpi: 300 },
    checks: [],
    timingsMs: { total: 500 },
    models: { detect: '0123456789ab' },
    provider: 'cpu',
    engineVersion: '1',
  };
}
