/// <reference types="vite/client" />
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolveCode } from '@gradshot/contract';
import { codeOfBytes } from '@gradshot/domain';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readQr } from '../../miniprogram/src/platform/qr-reading.h5.ts';
import { codeOfScan } from '../../miniprogram/src/platform/scanned-code.ts';
import { createCodeReader } from '../../server/src/images/zxing-code-reader.ts';
import { COMMANDS } from '../../src/shared/commands.ts';
import { GOLDEN_CODES } from './golden-codes.ts';

/** One code, four readers, one payload: kiosk, phone in a browser, phone in WeChat, server. */

beforeAll(async () => {
  // Kiosk and phone fetch their binary from beside the page.
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasm = await readFile(path);
  const headers = { 'content-type': 'application/wasm' };
  vi.stubGlobal('fetch', async () => new Response(Uint8Array.from(wasm), { headers }));
  vi.stubGlobal('document', { baseURI: 'http://127.0.0.1/' });
});
afterAll(() => vi.unstubAllGlobals());

async function pixelsOf(picture: Buffer): Promise<ImageData> {
  const { data, info } = await sharp(picture)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { data: new Uint8ClampedArray(data), width, height, colorSpace: 'srgb' } as never;
}

test.each(GOLDEN_CODES)('$name', async ({ picture, bytes, code }) => {
  const png = await picture();
  const pixels = await pixelsOf(png);
  const { codesOfLook, readCodes } = await import(
    '../../src/renderer/features/scan/code-reader.ts'
  );
  const kiosk = await readCodes(pixels);
  expect({
    kiosk,
    kioskCamera: codesOfLook(JSON.stringify(kiosk)),
    browser: await readQr(pixels, true),
    // Whatever WeChat guessed: here what a reader that knows Latin-1 alone makes of the bytes.
    wechat: [codeOfScan({ result: bytes.toString('latin1'), rawData: bytes.toString('base64') })],
    server: await createCodeReader().read(png),
  }).toEqual({
    kiosk: [code],
    kioskCamera: [code],
    browser: [code],
    wechat: [code],
    server: [code],
  });
});

test('UTF-8 is told from other bytes as a fatal decoder does it', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const strict = (bytes: Uint8Array) => {
    try {
      return decoder.decode(bytes);
    } catch {
      return undefined;
    }
  };
  const written = fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), written), (bytes) => {
      const text = strict(bytes);
      const payloadBase64 = Buffer.from(bytes).toString('base64');
      expect(codeOfBytes(bytes)).toEqual(
        text === undefined ? { payloadBase64 } : { payload: text },
      );
    }),
    // An error of a decoder's takes long here.
    { numRuns: 40 },
  );
});

test.each(GOLDEN_CODES)('$name goes through command and contract as it is', ({ code }) => {
  expect(resolveCode.body.parse(code)).toEqual(code);
  const submitted = { codes: [code], source: 'picture' };
  expect(COMMANDS['session.submitCode'].payload.parse(submitted)).toEqual(submitted);
});
