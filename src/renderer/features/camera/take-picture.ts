/** An encoded picture as it came from the camera: never mirrored, never scaled. */
export type TakenPicture = {
  readonly picture: Uint8Array<ArrayBuffer>;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
};

/** A camera that has not answered by then has hung; the present frame is taken instead. */
const STILL_TIMEOUT_MS = 8000;

/**
 * One picture at the camera's native resolution: its own still function where it has one, else
 * the present frame of the stream. Rejects only when neither gives a picture.
 */
export async function takePicture(
  track: MediaStreamTrack,
  video: HTMLVideoElement,
): Promise<TakenPicture> {
  const still = await takeStill(track);
  const framePixels = video.videoWidth * video.videoHeight;
  if (still && still.width * still.height >= framePixels) return still;
  return takeFrame(video);
}

async function takeStill(track: MediaStreamTrack): Promise<TakenPicture | undefined> {
  if (typeof ImageCapture === 'undefined') return undefined;
  const capture = new ImageCapture(track);
  try {
    return await measured(await within(STILL_TIMEOUT_MS, largestStill(capture)));
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

/** Decoding proves that the file is whole, and tells its size. */
async function measured(blob: Blob): Promise<TakenPicture> {
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  bitmap.close();
  return { picture: new Uint8Array(await blob.arrayBuffer()), width, height };
}

async function takeFrame(video: HTMLVideoElement): Promise<TakenPicture> {
  const { videoWidth: width, videoHeight: height } = video;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context || width === 0) throw new Error('The camera shows no picture');
  context.drawImage(video, 0, 0, width, height);
  // Full quality keeps 4:4:4 and costs nothing that the eye or a check could see.
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
  return { picture: new Uint8Array(await blob.arrayBuffer()), width, height };
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Timed out')), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
