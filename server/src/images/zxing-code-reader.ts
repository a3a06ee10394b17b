import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  type CodePayload,
  codesOf,
  distinctCodes,
  mayBeCollectionCode,
  QR_READING,
} from '@gradshot/domain';
import { sharpReadable } from '@gradshot/imaging';
import sharp from 'sharp';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import type { CodeReader } from '../ports/eligibility/code-reader.ts';

/** A phone's picture of a screen is read at this size first; small codes need the second. */
const SIDES = [1200, 3000] as const;
const MAX_PIXELS = 100_000_000;
const OPTIONS: ReaderOptions = {
  ...QR_READING,
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
};

/** QR codes by zxing-cpp, as the station's scanner reads them; loaded with the first picture. */
export function createCodeReader(): CodeReader {
  let loaded: Promise<unknown> | undefined;
  return {
    async read(bytes) {
      loaded ??= load();
      await loaded;
      return read(bytes);
    },
  };
}

async function load(): Promise<void> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = (await readFile(wasm)).buffer as ArrayBuffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

async function read(bytes: Uint8Array): Promise<readonly CodePayload[]> {
  const readable = await sharpReadable(bytes);
  if (!readable.ok) return [];
  let codes: readonly CodePayload[] = [];
  for (const side of SIDES) {
    const found = await readBarcodes(await pixelsOf(readable.value, side), OPTIONS);
    codes = distinctCodes([...codes, ...codesOf(found)]);
    if (codes.some(mayBeCollectionCode)) break;
  }
  return codes;
}

async function pixelsOf(bytes: Uint8Array, side: number) {
  const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.length);
  return { data: pixels, width: info.width, height: info.height, colorSpace: 'srgb' } as never;
}
