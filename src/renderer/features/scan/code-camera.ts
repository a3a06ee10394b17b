import './barcode-detector.ts';
import { Html5Qrcode, Html5QrcodeSupportedFormats } from 'html5-qrcode';

/** Looks per second; one takes 6–10 ms. */
const LOOKS_PER_SECOND = 10;

export type CodeCamera = {
  /** Opens the camera inside the element and looks for codes until closed. */
  open(constraints: MediaStreamConstraints): Promise<MediaStream>;
  close(): Promise<void>;
};

/**
 * A camera that reads codes, on html5-qrcode; every look ends in one of the two calls. `elementId` must be
 * in the document.
 */
export function createCodeCamera(
  elementId: string,
  onCode: (text: string) => void,
  onNothing: () => void,
): CodeCamera {
  const reader = new Html5Qrcode(elementId, {
    formatsToSupport: [Html5QrcodeSupportedFormats.QR_CODE],
    useBarCodeDetectorIfSupported: true,
    verbose: false,
  });
  // html5-qrcode throws when started or stopped in the middle of a start: one after the other.
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const stop = async () => {
    if (reader.isScanning) await reader.stop();
  };
  return {
    open: (constraints) =>
      inTurn(async () => {
        await stop();
        const video = constraints.video as MediaTrackConstraints;
        const config = { fps: LOOKS_PER_SECOND, disableFlip: true, videoConstraints: video };
        await reader.start({ facingMode: 'user' }, config, onCode, onNothing);
        return streamIn(elementId);
      }),
    close: () => inTurn(stop),
  };
}

function streamIn(elementId: string): MediaStream {
  const source = document.getElementById(elementId)?.querySelector('video')?.srcObject;
  if (!(source instanceof MediaStream)) throw new Error('NotReadableError: no stream');
  return source;
}
