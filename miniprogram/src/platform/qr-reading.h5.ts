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
 * Text of the QR code in an encoded picture or in RGBA pixels; undefined when there is none.
 * `tryHarder` also looks for turned, inverted and small codes.
 */
export async function readQr(
  source: Blob | ImageData,
  tryHarder: boolean,
): Promise<string | undefined> {
  const { readBarcodes } = await loadReader();
  const found = await readBarcodes(source, {
    formats: ['QRCode'],
    tryHarder,
    tryInvert: tryHarder,
    tryDownscale: true,
    maxNumberOfSymbols: 1,
  });
  return found.find(({ text }) => text.length > 0)?.text;
}
