import { open } from 'node:fs/promises';
import sharp from 'sharp';

/** One still of a fake camera's film. */
export type Still = {
  /** PNG or JPEG, as file or bytes. */
  readonly picture: string | Uint8Array;
  /** How long the camera shows it. */
  readonly seconds: number;
};

export type FilmOptions = {
  /** Even numbers: the film is 4:2:0. Default 1920 × 1080. */
  readonly width?: number;
  readonly height?: number;
  /** JPEG quality of a frame, 1–100. Default 88. */
  readonly quality?: number;
};

/** Chromium plays a film file at this rate, whatever it was made for, and then again from the start. */
export const FRAMES_PER_SECOND = 30;

/**
 * Writes the stills as Motion JPEG for Chromium's `--use-file-for-fake-video-capture=FILE.mjpeg`.
 * A picture of another shape is fitted whole onto dark grey, upright by its EXIF orientation. A
 * Motion JPEG file is nothing but JPEGs in a row, so that no encoder program is needed; Chromium
 * reads baseline 4:2:0 only.
 *
 * @throws when a picture cannot be read or the file not be written.
 */
export async function writeFakeCameraFilm(
  file: string,
  stills: readonly Still[],
  options: FilmOptions = {},
): Promise<void> {
  if (!file.endsWith('.mjpeg')) throw new Error('Chromium knows a Motion JPEG file by .mjpeg');
  const output = await open(file, 'w');
  try {
    for (const still of stills) {
      const frame = await renderFrame(still.picture, options);
      const count = Math.max(1, Math.round(still.seconds * FRAMES_PER_SECOND));
      for (let index = 0; index < count; index += 1) await output.write(frame);
    }
  } finally {
    await output.close();
  }
}

function renderFrame(picture: Still['picture'], options: FilmOptions): Promise<Buffer> {
  const { width = 1920, height = 1080, quality = 88 } = options;
  return sharp(picture)
    .rotate()
    .resize(width, height, { fit: 'contain', background: '#303236' })
    .flatten({ background: '#303236' })
    .toColourspace('srgb')
    .jpeg({ quality, chromaSubsampling: '4:2:0', progressive: false, optimiseCoding: false })
    .toBuffer();
}
