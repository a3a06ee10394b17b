import { fail, ok, type Result } from '@gradshot/domain';
import { chooseFile } from './file-choice.h5.ts';
import { openRearCamera } from './media-stream.h5.ts';
import type { CameraPort, LiveCamera, Picture } from './ports.ts';

/** Not in TypeScript's DOM library: https://www.w3.org/TR/image-capture/ */
type StillCamera = { takePhoto(): Promise<Blob> };
declare const ImageCapture: { new (track: MediaStreamTrack): StillCamera } | undefined;

/** JPEG quality of a frame where the browser has no still camera; this is its first encoding. */
const FRAME_QUALITY = 0.97;
/** Ideal size asked of the camera: a 12-megapixel sensor. */
const FULL_RESOLUTION = { width: { ideal: 4096 }, height: { ideal: 3072 } };

const hasLiveCamera = typeof navigator !== 'undefined' && !!navigator.mediaDevices?.getUserMedia;

export const camera: CameraPort = {
  kind: hasLiveCamera ? 'live' : 'system',
  take: async () => {
    const file = await chooseFile({ accept: 'image/*', capture: 'environment' });
    return ok(file ? pictureOf(file) : null);
  },
  open: async () => {
    const stream = await openRearCamera(FULL_RESOLUTION);
    return stream.ok ? ok(liveCamera(stream.value)) : stream;
  },
};

function liveCamera(stream: MediaStream): LiveCamera {
  let video: HTMLVideoElement | undefined;
  return {
    attach: (element) => {
      video = element;
      element.srcObject = stream;
      void element.play().catch(() => undefined);
    },
    shoot: () => shoot(stream, video),
    close: () => {
      for (const track of stream.getTracks()) track.stop();
    },
  };
}

async function shoot(
  stream: MediaStream,
  video: HTMLVideoElement | undefined,
): Promise<Result<Picture>> {
  const track = stream.getVideoTracks()[0];
  if (track?.readyState !== 'live') return fail('phone.noCamera');
  const blob = (await takeStill(track)) ?? (await grabFrame(video));
  return blob ? ok(pictureOf(blob)) : fail('phone.cameraBusy');
}

/** The sensor's full resolution, where the browser can; the stream's otherwise. */
async function takeStill(track: MediaStreamTrack): Promise<Blob | undefined> {
  if (typeof ImageCapture === 'undefined') return undefined;
  try {
    return await new ImageCapture(track).takePhoto();
  } catch {
    return undefined;
  }
}

async function grabFrame(video: HTMLVideoElement | undefined): Promise<Blob | undefined> {
  if (!video?.videoWidth) return undefined;
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new Promise((resolve) =>
    canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', FRAME_QUALITY),
  );
}

function pictureOf(blob: Blob): Picture {
  return { uri: URL.createObjectURL(blob), size: blob.size };
}
