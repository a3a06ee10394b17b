import { open } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';

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

/** Chromium plays Motion JPEG at this rate, whatever it was made for, and then again from the start. */
export const FRAMES_PER_SECOND = 30;

/** What a still shown by a camera needs: each frame more is a page drawn anew, without a graphics card. */
const CALM_FRAMES_PER_SECOND = 6;

/**
 * Writes the stills for Chromium's `--use-file-for-fake-video-capture=FILE`, which knows two kinds by the
 * file's name: `.mjpeg`, a camera's full thirty frames a second, and `.y4m`, uncompressed and as
 * large as that, at a rate of the file's own: six a second spare a busy machine half of the work.
 * A picture of another shape is fitted whole onto dark grey, upright by its EXIF orientation. Neither needs
 * an encoder program: Motion JPEG is nothing but JPEGs in a row, baseline 4:2:0 only.
 *
 * @throws when a picture cannot be read or the file not be written.
 */
export async function writeFakeCameraFilm(
  file: string,
  stills: readonly Still[],
  options: FilmOptions = {},
): Promise<void> {
  const kind = KINDS.find(({ ending }) => file.endsWith(ending));
  if (!kind) throw new Error('Chromium knows a film by .mjpeg or .y4m');
  const { width = 1920, height = 1080 } = options;
  const output = await open(file, 'w');
  try {
    await output.write(kind.header(width, height));
    for (const still of stills) {
      const frame = await kind.frame(fitted(still.picture, width, height), options);
      const count = Math.max(1, Math.round(still.seconds * kind.rate));
      for (let index = 0; index < count; index += 1) await output.write(frame);
    }
  } finally {
    await output.close();
  }
}

type Kind = {
  readonly ending: string;
  readonly rate: number;
  header(width: number, height: number): string;
  frame(picture: Sharp, options: FilmOptions): Promise<Buffer>;
};

const KINDS: readonly Kind[] = [
  { ending: '.mjpeg', rate: FRAMES_PER_SECOND, header: () => '', frame: jpegFrame },
  {
    ending: '.y4m',
    rate: CALM_FRAMES_PER_SECOND,
    header: (width, height) =>
      `YUV4MPEG2 W${width} H${height} F${CALM_FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`,
    frame: planarFrame,
  },
];

function fitted(picture: Still['picture'], width: number, height: number): Sharp {
  return sharp(picture)
    .rotate()
    .resize(width, height, { fit: 'contain', background: '#303236' })
    .flatten({ background: '#303236' })
    .toColourspace('srgb');
}

function jpegFrame(picture: Sharp, { quality = 88 }: FilmOptions): Promise<Buffer> {
  return picture
    .jpeg({ quality, chromaSubsampling: '4:2:0', progressive: false, optimiseCoding: false })
    .toBuffer();
}

/** Brightness of each pixel, then both colour differences of each square of four (BT.601, limited, rounded). */
async function planarFrame(picture: Sharp): Promise<Buffer> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const title = Buffer.from('FRAME\n');
  const frame = Buffer.alloc(title.length + width * height * 1.5);
  title.copy(frame);
  const blue = title.length + width * height;
  const red = blue + (width * height) / 4;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      frame[title.length + y * width + x] = 16.5 + 0.2568 * r + 0.5041 * g + 0.0979 * b;
      if (x % 2 === 1 || y % 2 === 1) continue;
      const square = (y / 2) * (width / 2) + x / 2;
      frame[blue + square] = 128.5 - 0.1482 * r - 0.291 * g + 0.4392 * b;
      frame[red + square] = 128.5 + 0.4392 * r - 0.3678 * g - 0.0714 * b;
    }
  return frame;
}
