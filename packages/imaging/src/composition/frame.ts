import type { PhotoProfile } from '@gradshot/domain';
import sharp from 'sharp';
import type { Box } from '../face/face-analysis.ts';
import type { FrameArea } from '../matte/coarse-grid.ts';
import type { RgbImage } from '../rgb-image.ts';
import { clipToSource } from './person-region.ts';
import type { Placement } from './placement.ts';

/** The part of the source that becomes the photo, resampled to a whole multiple of its size. */
export type WorkingFrame = {
  readonly image: RgbImage;
  /** Frame pixels per photo pixel. */
  readonly multiple: number;
  /** The photo's part of the source, source pixels; may reach beyond the source. */
  readonly crop: Box;
  /** The crop's part that lies on the source, on whole source pixels. */
  readonly onSource: Box;
  /** The same part in frame pixels. */
  readonly area: FrameArea;
};

export function cropOf({ scale, originX, originY }: Placement, profile: PhotoProfile): Box {
  return {
    x: originX,
    y: originY,
    width: profile.width / scale,
    height: profile.height / scale,
  };
}

/**
 * Resamples the crop to `multiple` times the photo's size (Lanczos 3, in the gamma-coded values
 * that camera and viewer share, so that dark strands keep their weight). Beyond the source the
 * edge is repeated; the matte treats that part as wall.
 */
export async function cutWorkingFrame(
  source: RgbImage,
  placement: Placement,
  profile: PhotoProfile,
  multiple: number,
): Promise<WorkingFrame> {
  const crop = snapToPixels(cropOf(placement, profile), source);
  const onSource = clipToSource(crop, source);
  const width = profile.width * multiple;
  const height = profile.height * multiple;
  const area = areaOnFrame(onSource, crop, width, height);
  const image = await resample(source, onSource, area, width, height);
  return { image, multiple, crop, onSource, area };
}

/**
 * Whole source pixels, so that source and frame correspond exactly. Half a pixel beyond the
 * source's edge is taken back, because no sliver of wall may appear beside a sleeve.
 */
function snapToPixels(box: Box, source: RgbImage): Box {
  const [x, width] = snapSpan(box.x, box.width, source.width);
  const [y, height] = snapSpan(box.y, box.height, source.height);
  return { x, y, width, height };
}

function snapSpan(start: number, length: number, limit: number): [start: number, length: number] {
  const from = Math.round(start);
  const to = Math.round(start + length);
  const first = from === -1 ? 0 : from;
  const last = to === limit + 1 ? limit : to;
  return [first, last - first];
}

/** Whole frame pixels; rounding moves the picture by less than half a frame pixel. */
function areaOnFrame(onSource: Box, crop: Box, width: number, height: number): FrameArea {
  // whole source pixels are not exactly 3 : 4, by less than one in a thousand
  const across = width / crop.width;
  const down = height / crop.height;
  return {
    left: Math.max(0, Math.round((onSource.x - crop.x) * across)),
    top: Math.max(0, Math.round((onSource.y - crop.y) * down)),
    right: Math.min(width, Math.round((onSource.x + onSource.width - crop.x) * across)),
    bottom: Math.min(height, Math.round((onSource.y + onSource.height - crop.y) * down)),
  };
}

async function resample(
  source: RgbImage,
  from: Box,
  area: FrameArea,
  width: number,
  height: number,
): Promise<RgbImage> {
  const { width: rawWidth, height: rawHeight } = source;
  const data = await sharp(source.data, {
    raw: { width: rawWidth, height: rawHeight, channels: 3 },
  })
    .extract({ left: from.x, top: from.y, width: from.width, height: from.height })
    .resize(area.right - area.left, area.bottom - area.top, { fit: 'fill', kernel: 'lanczos3' })
    .extend({
      left: area.left,
      top: area.top,
      right: width - area.right,
      bottom: height - area.bottom,
      extendWith: 'copy',
    })
    .raw()
    .toBuffer();
  return { data, width, height };
}
