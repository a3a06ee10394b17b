import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

/**
 * ZXing (C++, compiled to WebAssembly) behind the browser's own interface, so that html5-qrcode
 * uses it instead of its much weaker reader. Its binary would otherwise come from a public CDN;
 * here it is a file of the build.
 */
prepareZXingModule({
  overrides: {
    locateFile: (path: string, prefix: string) =>
      path.endsWith('.wasm') ? wasmUrl : prefix + path,
  },
  fireImmediately: true,
});

Object.assign(globalThis, { BarcodeDetector });

/** Reads QR codes from anything drawable. */
export const qrDetector = new BarcodeDetector({ formats: ['qr_code'] });
