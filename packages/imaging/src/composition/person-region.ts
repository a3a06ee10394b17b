import type { Box } from '../face/face-analysis.ts';
import type { CropRegion } from '../picture/crop.ts';
import type { FaceMeasures } from './subject.ts';

type Size = { readonly width: number; readonly height: number };

/** Eye line to chin as a share of a head-and-shoulders picture's height, as the masks know them. */
const EYE_TO_CHIN = 0.19;
const ASPECT = 3 / 4;
/** Height of the eye line in such a picture. */
const EYE_LEVEL = 0.42;

/**
 * The head-and-shoulders part of the source on which the person is segmented first, to find the
 * top of the hair. It never reaches beyond the source.
 */
export function headAndShoulders(face: FaceMeasures, source: Size): Box {
  const height = (face.chinY - face.eyeLineY) / EYE_TO_CHIN;
  const width = height * ASPECT;
  return clipToSource(
    { x: face.faceCentreX - width / 2, y: face.eyeLineY - height * EYE_LEVEL, width, height },
    source,
  );
}

/** Share of the crop added on every side, so that the network sees what goes on beyond it. */
const SURROUNDINGS = 0.05;

/** The part of the source on which the person is segmented to be cut out. */
export function aroundCrop({ x, y, width, height }: Box, source: Size): Box {
  const dx = width * SURROUNDINGS;
  const dy = height * SURROUNDINGS;
  return clipToSource(
    { x: x - dx, y: y - dy, width: width + 2 * dx, height: height + 2 * dy },
    source,
  );
}

/** A mask of a region up to this much higher than the crop is fine enough for the crop. */
const WIDE_ENOUGH = 1.35;

/** True when a mask of `region` does for a crop: it shows all of it, and not much more. */
export function showsCrop(region: Box, crop: Box, source: Size): boolean {
  const needed = clipToSource(crop, source);
  const slack = 0.01 * crop.width;
  return (
    region.x <= needed.x + slack &&
    region.y <= needed.y + slack &&
    region.x + region.width >= needed.x + needed.width - slack &&
    region.y + region.height >= needed.y + needed.height - slack &&
    region.height <= WIDE_ENOUGH * needed.height
  );
}

/** The part of a box that lies on the source. */
export function clipToSource(box: Box, source: Size): Box {
  const x = Math.max(0, box.x);
  const y = Math.max(0, box.y);
  return {
    x,
    y,
    width: Math.min(source.width, box.x + box.width) - x,
    height: Math.min(source.height, box.y + box.height) - y,
  };
}

/** A box as the networks' sampler takes it. */
export function toCropRegion({ x, y, width, height }: Box): CropRegion {
  return { centreX: x + width / 2, centreY: y + height / 2, width, height, angle: 0 };
}
