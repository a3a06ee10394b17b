import { ok, type PhotoProfile, type Result } from '@gradshot/domain';
import type { ScaledCrop, SourceReader } from '../decode/source-reader.ts';
import type { Box } from '../face/face-analysis.ts';
import type { FrameArea } from '../matte/coarse-grid.ts';
import type { RgbImage } from '../picture/rgb-image.ts';
import type { Placement } from './placement.ts';

type Size = { readonly width: number; readonly height: number };

/** The part of the source that becomes the photo, resampled to a whole multiple of its size. */
export type WorkingFrame = {
  readonly image: RgbImage;
  /** Frame pixels per photo pixel. */
  readonly multiple: number;
  /** The frame on the analysed picture, in its pixels; may reach beyond it. */
  readonly crop: Box;
  /** The part of the frame that shows the source, frame pixels. */
  readonly area: FrameArea;
};

/**
 * Reads the frame from the source. `placement`: of the analysed picture, whose size is `analysed`.
 * Scale and position are rounded so that the frame falls on whole pixels of the resampled source:
 * nothing is interpolated twice. Code: photo.unreadable.
 */
export async function cutWorkingFrame(
  reader: SourceReader,
  analysed: Size,
  placement: Placement,
  profile: PhotoProfile,
  multiple: number,
): Promise<Result<WorkingFrame>> {
  const scaled = scaleCrop(analysed, placement, profile, multiple);
  const image = await reader.crop(scaled);
  if (!image.ok) return image;
  const across = analysed.width / scaled.pictureWidth;
  const down = analysed.height / scaled.pictureHeight;
  const crop = {
    x: scaled.x * across,
    y: scaled.y * down,
    width: scaled.width * across,
    height: scaled.height * down,
  };
  return ok({ image: image.value, multiple, crop, area: areaOf(scaled) });
}

export function scaleCrop(
  analysed: Size,
  { scale, originX, originY }: Placement,
  profile: PhotoProfile,
  multiple: number,
): ScaledCrop {
  const pictureWidth = Math.round(analysed.width * scale * multiple);
  const pictureHeight = Math.round(analysed.height * scale * multiple);
  const width = profile.width * multiple;
  const height = profile.height * multiple;
  return {
    pictureWidth,
    pictureHeight,
    x: keepOnPicture(originX * (pictureWidth / analysed.width), width, pictureWidth),
    y: keepOnPicture(originY * (pictureHeight / analysed.height), height, pictureHeight),
    width,
    height,
  };
}

/**
 * Rounds a frame's start. A pixel beyond the picture's end that only the rounding caused is taken
 * back, because no sliver of wall may appear beside a sleeve.
 */
function keepOnPicture(start: number, length: number, end: number): number {
  const rounded = Math.round(start);
  if (rounded === -1) return 0;
  return rounded + length === end + 1 && start + length < end + 1 ? rounded - 1 : rounded;
}

function areaOf({ pictureWidth, pictureHeight, x, y, width, height }: ScaledCrop): FrameArea {
  return {
    left: Math.max(0, -x),
    top: Math.max(0, -y),
    right: Math.min(width, pictureWidth - x),
    bottom: Math.min(height, pictureHeight - y),
  };
}
