import { bestFrame, type RatedFrame } from '@gradshot/domain';

/** An encoded picture as it came from the camera: never mirrored, never scaled. */
export type TakenPicture = {
  readonly picture: Uint8Array<ArrayBuffer>;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
};

/** Says how good a frame is; undefined when nobody can tell. */
export type RateFrame = (frame: ImageBitmap) => Promise<RatedFrame | undefined>;

/** A moment that the camera caught, not yet a file. */
type Moment = {
  /** Closed by whoever took the moment. */
  readonly seen: ImageBitmap;
  encode(): Promise<TakenPicture>;
};

/** A camera that has not answered by then has hung; the present frame is taken instead. */
const STILL_TIMEOUT_MS = 8000;
const BURST = 5;
/** Between two frames of the stream, in milliseconds: a blink lasts three or four of them. */
const FRAME_EVERY_MS = 90;
/** No further still is asked for when the burst has taken so long: nobody stands still for more. */
const LONGEST_BURST_MS = 1500;

/** What a camera gave at one press. Whoever takes it closes it. */
export type TakenBurst = {
  /** By the machine's choice, and its place in the burst from 0. */
  readonly best: TakenPicture;
  readonly frame: number;
  /** Hands on the frames beside it, one after the other, until one is not wanted. */
  eachOther(give: (frame: number, picture: TakenPicture) => Promise<boolean>): Promise<void>;
  close(): void;
};

/**
 * The best of a burst of five at the camera's native resolution: its own stills where it has larger
 * ones than its stream, else frames of the stream. A slow camera gives as many as it can in a moment.
 * Rejects only when neither gives a picture.
 */
export async function takeBest(
  track: MediaStreamTrack,
  video: HTMLVideoElement,
  rate: RateFrame,
): Promise<TakenBurst> {
  const moments = await burst(track, video);
  const close = () => {
    for (const { seen } of moments) seen.close();
  };
  try {
    const rated: RatedFrame[] = [];
    // One after the other: the guide looks at one frame at a time.
    for (const { seen } of moments) rated.push((await rate(seen)) ?? { state: 'blocked' });
    const frame = bestFrame(rated) ?? 0;
    const best = moments[frame];
    if (!best) throw new Error('The camera shows no picture');
    return {
      best: await best.encode(),
      frame,
      close,
      async eachOther(give) {
        for (const [other, moment] of moments.entries())
          if (other !== frame && !(await give(other, await moment.encode()))) return;
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function burst(track: MediaStreamTrack, video: HTMLVideoElement): Promise<Moment[]> {
  const started = performance.now();
  const first = await takeStill(track);
  const framePixels = video.videoWidth * video.videoHeight;
  if (!first || first.seen.width * first.seen.height < framePixels) {
    first?.seen.close();
    return frames(video);
  }
  const moments = [first];
  const each = performance.now() - started;
  while (moments.length < BURST && performance.now() - started + each < LONGEST_BURST_MS) {
    const next = await takeStill(track);
    if (!next) break;
    moments.push(next);
  }
  return moments;
}

async function frames(video: HTMLVideoElement): Promise<Moment[]> {
  const moments: Moment[] = [];
  for (let taken = 0; taken < BURST; taken++) {
    if (taken > 0) await pause(FRAME_EVERY_MS);
    // The stream may end in mid-burst; what was caught until then counts.
    const seen = await createImageBitmap(video).catch(() => undefined);
    if (!seen) break;
    moments.push({ seen, encode: () => encodeFrame(seen) });
  }
  return moments;
}

async function takeStill(track: MediaStreamTrack): Promise<Moment | undefined> {
  if (typeof ImageCapture === 'undefined') return undefined;
  try {
    const blob = await within(STILL_TIMEOUT_MS, largestStill(new ImageCapture(track)));
    // Decoding proves that the file is whole, and tells its size.
    const seen = await createImageBitmap(blob);
    const { width, height } = seen;
    const encode = async () => ({
      picture: new Uint8Array(await blob.arrayBuffer()),
      ...{ width, height },
    });
    return { seen, encode };
  } catch {
    // Many drivers announce stills and cannot take them. The stream still can.
    return undefined;
  }
}

async function largestStill(capture: ImageCapture): Promise<Blob> {
  try {
    const { imageWidth, imageHeight } = await capture.getPhotoCapabilities();
    if (imageWidth?.max && imageHeight?.max)
      return await capture.takePhoto({ imageWidth: imageWidth.max, imageHeight: imageHeight.max });
  } catch {
    // Sizes out of its own range, as some drivers report: let it choose.
  }
  return capture.takePhoto();
}

async function encodeFrame(seen: ImageBitmap): Promise<TakenPicture> {
  const { width, height } = seen;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context || width === 0) throw new Error('The camera shows no picture');
  context.drawImage(seen, 0, 0, width, height);
  // Full quality keeps 4:4:4 and costs nothing that the eye or a check could see.
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
  return { picture: new Uint8Array(await blob.arrayBuffer()), width, height };
}

const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Timed out')), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
