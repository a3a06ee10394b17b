import type { CodePayload } from '@gradshot/domain';
import { Html5Qrcode, Html5QrcodeSupportedFormats } from 'html5-qrcode';
import { codesOfLook } from './code-reader.ts';

/** Looks per second; one takes 6–10 ms. */
const LOOKS_PER_SECOND = 10;

export type CodeCamera = {
  /** Opens the camera inside the element and looks for codes until closed. */
  open(constraints: MediaStreamConstraints): Promise<MediaStream>;
  close(): Promise<void>;
};

/**
 * A camera that reads codes, on html5-qrcode. `onLook` gets what each look has found, which may be
 * nothing. `elementId` must be in the document.
 */
export function createCodeCamera(
  elementId: string,
  onLook: (codes: readonly CodePayload[]) => void,
): CodeCamera {
  const reader = new Html5Qrcode(elementId, {
    formatsToSupport: [Html5QrcodeSupportedFormats.QR_CODE],
    useBarCodeDetectorIfSupported: true,
    verbose: false,
  });
  dropOwnReader(reader);
  const seen = (text: string) => onLook(codesOfLook(text));
  const nothing = () => onLook([]);
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
        await reader.start({ facingMode: 'user' }, config, seen, nothing);
        return streamIn(elementId);
      }),
    close: () => inTurn(stop),
  };
}

/**
 * Every other look html5-qrcode takes with a reader of its own, which sees less and tells a text that is
 * guessed another way. There is no setting against that; the library is at its last version.
 */
function dropOwnReader(reader: Html5Qrcode): void {
  const { qrcode } = reader as unknown as { qrcode: { secondaryDecoder?: unknown } };
  if (!qrcode.secondaryDecoder) throw new Error('html5-qrcode keeps its own reader elsewhere');
  qrcode.secondaryDecoder = undefined;
}

function streamIn(elementId: string): MediaStream {
  const source = document.getElementById(elementId)?.querySelector('video')?.srcObject;
  if (!(source instanceof MediaStream)) throw new Error('NotReadableError: no stream');
  return source;
}
