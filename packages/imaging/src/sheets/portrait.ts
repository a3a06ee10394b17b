import type { PhotoProfile, Rgb } from '@gradshot/domain';
import sharp from 'sharp';
import type { Box } from '../face/face-analysis.ts';
import type { Cutout } from '../matte/unmix.ts';
import type { RgbImage } from '../picture/rgb-image.ts';
import type { PrintSize } from './catalogue.ts';
import { cropForCell, type Standing } from './cell-crop.ts';

/** A person who can be printed in any size. */
export type Portrait = {
  /** The photo of a cell: exactly its size, sRGB, nothing stretched. */
  photo(cell: PrintSize): Promise<RgbImage>;
};

/** The person before any background: what all prints are made from. */
export type CutOutPerson = Standing & {
  readonly cutout: Cutout;
  /** The cut-out's part of the source, source pixels. */
  readonly region: Box;
};

/** Prints from the high-resolution cut-out, each with a crop of its own. */
export function portraitFromCutOut(
  person: CutOutPerson,
  background: Rgb = person.profile.background,
): Portrait {
  return {
    photo: (cell) => cutCell(person, onCutOut(cropForCell(person, cell), person), cell, background),
  };
}

/** A box of source pixels in whole pixels of the cut-out. */
function onCutOut(crop: Box, { cutout, region }: CutOutPerson): Box {
  const scale = cutout.width / region.width;
  const width = Math.min(cutout.width, Math.round(crop.width * scale));
  const height = Math.min(cutout.height, Math.round(crop.height * scale));
  const inside = (value: number, limit: number) => Math.min(Math.max(0, Math.round(value)), limit);
  return {
    x: inside((crop.x - region.x) * scale, cutout.width - width),
    y: inside((crop.y - region.y) * scale, cutout.height - height),
    width,
    height,
  };
}

async function cutCell(
  { cutout }: CutOutPerson,
  crop: Box,
  { width, height }: PrintSize,
  [r, g, b]: Rgb,
): Promise<RgbImage> {
  const raw = { width: crop.width, height: crop.height, channels: 4 } as const;
  // sharp weights colours with coverage when it resizes, so no wall's colour comes in
  const data = await sharp(copyRegion(cutout, crop), { raw })
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .flatten({ background: { r, g, b } })
    .raw()
    .toBuffer();
  return { data, width, height };
}

/** Interleaved R, G, B, coverage of a part of the cut-out. */
function copyRegion({ alpha, colour, width }: Cutout, crop: Box): Uint8Array {
  const out = new Uint8Array(crop.width * crop.height * 4);
  let to = 0;
  for (let y = crop.y; y < crop.y + crop.height; y++) {
    for (let i = y * width + crop.x; i < y * width + crop.x + crop.width; i++, to += 4) {
      out[to] = colour[3 * i]!;
      out[to + 1] = colour[3 * i + 1]!;
      out[to + 2] = colour[3 * i + 2]!;
      out[to + 3] = alpha[i]!;
    }
  }
  return out;
}

/**
 * Prints from the finished standard photo alone, for when its source is gone or the engine has
 * changed since: exactly the approved picture, cut to the cell's shape around `faceCentreX` (photo
 * pixels, from the report; the middle when left out). `jpeg`: the standard photo.
 */
export function portraitFromPhoto(
  jpeg: Uint8Array,
  profile: Pick<PhotoProfile, 'width' | 'height'>,
  faceCentreX: number = profile.width / 2,
): Portrait {
  return { photo: (cell) => cutFromPhoto(jpeg, profile, cell, faceCentreX) };
}

async function cutFromPhoto(
  jpeg: Uint8Array,
  photo: PrintSize,
  cell: PrintSize,
  faceCentreX: number,
): Promise<RgbImage> {
  const scale = Math.max(cell.width / photo.width, cell.height / photo.height);
  const width = Math.min(photo.width, Math.round(cell.width / scale));
  const height = Math.min(photo.height, Math.round(cell.height / scale));
  const left = Math.min(Math.max(0, Math.round(faceCentreX - width / 2)), photo.width - width);
  const data = await sharp(jpeg)
    .extract({ left, top: 0, width, height })
    .resize(cell.width, cell.height, { fit: 'fill', kernel: 'lanczos3' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer();
  return { data, width: cell.width, height: cell.height };
}
