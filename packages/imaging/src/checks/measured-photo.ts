import type { OutputGeometry, PhotoProfile } from '@gradshot/domain';
import type { ComposedPhoto } from '../composition/compose.ts';
import type { WorkingFrame } from '../composition/frame.ts';
import type { SourceInfo } from '../decode/source-picture.ts';
import type { Box, FaceAnalysis } from '../face/face-analysis.ts';
import type { Matte } from '../matte/matte.ts';
import type { ImagePyramid } from '../picture/image-pyramid.ts';
import type { FacePatch } from './face-patch.ts';
import type { Hint } from './verdict.ts';

/** The face as the source shows it: known as soon as it was found. */
export type MeasuredFace = {
  readonly profile: PhotoProfile;
  readonly info: SourceInfo;
  /** The held picture, upright. */
  readonly pyramid: ImagePyramid;
  /** Held pixels per source pixel, 0–1. */
  readonly heldScale: number;
  readonly face: FaceAnalysis;
  /** Whole face at 45 patch pixels of eye span. */
  readonly patch: FacePatch;
  /** Eyes to mouth at 90 patch pixels of eye span. */
  readonly eyes: FacePatch;
};

/** Everything that was made of it, for the checks of wall, clothes and result. */
export type MeasuredPhoto = MeasuredFace & {
  readonly frame: WorkingFrame;
  readonly matte: Matte;
  readonly photo: ComposedPhoto;
  readonly geometry: OutputGeometry;
};

/** A box of held pixels as shares of the upright source. */
export function hintOf(box: Box, { width, height }: { width: number; height: number }): Hint {
  const thousandths = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000);
  const x = thousandths(box.x / width);
  const y = thousandths(box.y / height);
  return {
    x: x / 1000,
    y: y / 1000,
    width: (thousandths((box.x + box.width) / width) - x) / 1000,
    height: (thousandths((box.y + box.height) / height) - y) / 1000,
  };
}

/** The box around some mesh points, widened by `margin` of its size. */
export function hintAround(
  { face, pyramid }: MeasuredFace,
  points: readonly number[],
  margin = 0.3,
): Hint {
  const xs = points.map((point) => face.points[point]!.x);
  const ys = points.map((point) => face.points[point]!.y);
  const width = Math.max(...xs) - Math.min(...xs);
  const height = Math.max(...ys) - Math.min(...ys);
  const grow = margin * Math.max(width, height);
  const box = {
    x: Math.min(...xs) - grow,
    y: Math.min(...ys) - grow,
    width: width + 2 * grow,
    height: height + 2 * grow,
  };
  return hintOf(box, pyramid);
}
