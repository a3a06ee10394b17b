import { type CodePayload, codesOf, QR_READING } from '@gradshot/domain';
import type { BarcodeDetector } from 'barcode-detector/ponyfill';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

/**
 * ZXing (C++, compiled to WebAssembly). Its binary would otherwise come from a public CDN; here it is
 * a file of the build.
 */
prepareZXingModule({
  overrides: {
    locateFile: (path: string, prefix: string) =>
      path.endsWith('.wasm') ? wasmUrl : prefix + path,
  },
  fireImmediately: true,
}).catch(() => undefined); // Whoever reads is told.

/** The QR codes in a picture, each once. */
export async function readCodes(pixels: ImageData): Promise<readonly CodePayload[]> {
  return codesOf(await readBarcodes(pixels, QR_READING));
}

type Detector = Pick<BarcodeDetector, 'detect'>;
type Detected = Awaited<ReturnType<Detector['detect']>>[number];

/**
 * In the place of the browser's own interface, so that html5-qrcode asks ZXing instead of its much
 * weaker reader. It hands on the text of one code alone: all codes of a look travel in that.
 */
class LookReader implements Detector {
  async detect(canvas: HTMLCanvasElement): Promise<Detected[]> {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    const codes = pixels ? await readCodes(pixels) : [];
    return codes.length > 0 ? [{ ...SOMEWHERE, rawValue: JSON.stringify(codes) }] : [];
  }
}

const CORNER = { x: 0, y: 0 };
/** Where a look's codes are is of no interest; html5-qrcode wants an area. */
const SOMEWHERE: Omit<Detected, 'rawValue'> = {
  format: 'qr_code',
  boundingBox: { width: 1, height: 1 } as DOMRectReadOnly,
  cornerPoints: [CORNER, CORNER, CORNER, CORNER],
};

Object.assign(globalThis, { BarcodeDetector: LookReader });

/** What a look found, out of the text that html5-qrcode made of it. */
export function codesOfLook(text: string): readonly CodePayload[] {
  return JSON.parse(text);
}
