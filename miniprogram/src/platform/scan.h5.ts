import { type CodePayload, createCodeSight, fail, ok } from '@gradshot/domain';
import { chooseFile } from './file-choice.h5.ts';
import { openRearCamera } from './media-stream.h5.ts';
import type { LiveScanner, ScanPort } from './ports.ts';
import { readQr } from './qr-reading.h5.ts';

/** Enough for a code on a phone screen held at arm's length. */
const SCAN_SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } };
/** Pause between two frames, so that the page stays smooth. */
const FRAME_PAUSE_MS = 120;
/** Every so many frames one is read with all means. */
const HARD_EVERY = 4;

export const scan: ScanPort = {
  kind: 'live',
  scan: async () => fail('phone.noCamera'),
  open: async () => {
    const stream = await openRearCamera(SCAN_SIZE);
    return stream.ok ? ok(liveScanner(stream.value)) : stream;
  },
  pick: async () => {
    const file = await chooseFile({ accept: 'image/*' });
    if (!file) return ok(null);
    const codes = await readQr(file, true).catch(() => []);
    return codes.length > 0 ? ok({ codes }) : fail('code.unreadable');
  },
};

function liveScanner(stream: MediaStream): LiveScanner {
  let open = true;
  let watch = (_: HTMLVideoElement) => {};
  let giveUp = () => {};
  let tell = (_: boolean) => {};
  const found = new Promise<CodePayload | null>((resolve) => {
    watch = (video) =>
      void readFrames(
        video,
        () => open,
        (several) => tell(several),
      ).then(resolve);
    giveUp = () => resolve(null);
  });
  return {
    found,
    attach: (video) => {
      video.srcObject = stream;
      void video.play().catch(() => undefined);
      watch(video);
    },
    onSeveral: (changed) => {
      tell = changed;
    },
    close: () => {
      open = false;
      for (const track of stream.getTracks()) track.stop();
      giveUp();
    },
  };
}

async function readFrames(
  video: HTMLVideoElement,
  open: () => boolean,
  onSeveral: (several: boolean) => void,
): Promise<CodePayload | null> {
  const sight = createCodeSight();
  for (let frame = 0; open(); frame += 1) {
    const pixels = frameOf(video);
    const codes = pixels ? await readQr(pixels, frame % HARD_EVERY === 0).catch(() => []) : [];
    const seen = sight.look(codes, performance.now());
    onSeveral(seen.kind === 'several');
    if (seen.kind === 'code') return seen.code;
    await new Promise((resolve) => setTimeout(resolve, FRAME_PAUSE_MS));
  }
  return null;
}

function frameOf(video: HTMLVideoElement): ImageData | undefined {
  if (!video.videoWidth) return undefined;
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(video, 0, 0);
  return context?.getImageData(0, 0, canvas.width, canvas.height);
}
