import { type CodePayload, codesOf, QR_READING } from '@gradshot/domain';

type Reader = typeof import('zxing-wasm/reader');

/** Beside the page, put there by the build: nothing is fetched from anywhere else. */
const WASM_URL = 'static/zxing_reader.wasm';

let reader: Promise<Reader> | undefined;

/** Loads the decoder (1 MB) with the first scan alone. */
function loadReader(): Promise<Reader> {
  reader ??= import('zxing-wasm/reader').then((module) => {
    module.prepareZXingModule({ overrides: { locateFile: () => wasmUrl() } });
    return module;
  });
  return reader;
}

const wasmUrl = () => new URL(WASM_URL, document.baseURI).href;

/**
 * The QR codes in an encoded picture or in RGBA pixels, each once. `tryHarder` also looks for turned,
 * inverted and small codes.
 */
export async function readQr(
  source: Blob | ImageData,
  tryHarder: boolean,
): Promise<readonly CodePayload[]> {
  const { readBarcodes } = await loadReader();
  const found = await readBarcodes(source, {
    ...QR_READING,
    tryHarder,
    tryInvert: tryHarder,
    tryDownscale: true,
  });
  return codesOf(found);
}
