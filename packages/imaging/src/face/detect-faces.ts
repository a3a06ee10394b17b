import { type CropRegion, networkInput } from '../picture/crop.ts';
import type { ImagePyramid } from '../picture/image-pyramid.ts';
import type { Network, NetworkOutputs } from '../runtime/network.ts';
import type { Box, Point } from './face-analysis.ts';

/** What the detector finds, in picture pixels. */
export type Detection = {
  /** 0–1. */
  readonly score: number;
  readonly box: Box;
  /** The two eyes, left in the picture first (the person's right eye). */
  readonly leftEye: Point;
  readonly rightEye: Point;
};

/** The detector's input, pixels; its boxes are in this unit around the anchors. */
const INPUT_SIZE = 256;
/** Box centre and size, then six key points: two eyes, nose, mouth, two ears. */
const VALUES_PER_BOX = 16;
/** Below this a detection is noise; the mesh's own presence score decides afterwards. */
const MIN_SCORE = 0.3;
/** Two boxes that share more of their union than this are the same face. */
const MAX_OVERLAP = 0.3;
/** Faces beyond this are not of interest: one graduate is expected. */
const MAX_FACES = 8;

/** Two anchors per cell of a 16 × 16 grid, six per cell of an 8 × 8 grid, all square. */
const FINE = { scores: 'fineScores', boxes: 'fineBoxes', stride: 16, perCell: 2 } as const;
const COARSE = { scores: 'coarseScores', boxes: 'coarseBoxes', stride: 32, perCell: 6 } as const;

/** Finds the faces in a picture, best first. */
export async function detectFaces(network: Network, pyramid: ImagePyramid): Promise<Detection[]> {
  const region = square(pyramid);
  const outputs = await network.run(networkInput(pyramid, region, network.entry.input));
  const found = [...decode(outputs, FINE, region), ...decode(outputs, COARSE, region)];
  return suppressOverlaps(found.sort((a, b) => b.score - a.score));
}

/** The smallest square around the whole picture; the detector must not see it stretched. */
function square({ width, height }: ImagePyramid): CropRegion {
  const side = Math.max(width, height);
  return { centreX: width / 2, centreY: height / 2, width: side, height: side, angle: 0 };
}

function decode(
  outputs: NetworkOutputs,
  grid: typeof FINE | typeof COARSE,
  region: CropRegion,
): Detection[] {
  const scores = outputs[grid.scores]!;
  const boxes = outputs[grid.boxes]!;
  const detections: Detection[] = [];
  for (let index = 0; index < scores.length; index++) {
    const score = 1 / (1 + Math.exp(-scores[index]!));
    if (score < MIN_SCORE) continue;
    const cell = Math.floor(index / grid.perCell);
    const values = boxes.subarray(index * VALUES_PER_BOX, (index + 1) * VALUES_PER_BOX);
    detections.push(decodeBox(values, anchor(cell, grid.stride), score, region));
  }
  return detections;
}

/** Centre of a grid cell in input pixels. */
function anchor(cell: number, stride: number): Point {
  const columns = INPUT_SIZE / stride;
  return { x: stride * ((cell % columns) + 0.5), y: stride * (Math.floor(cell / columns) + 0.5) };
}

function decodeBox(
  values: Float32Array,
  origin: Point,
  score: number,
  region: CropRegion,
): Detection {
  const scale = region.width / INPUT_SIZE;
  const left = region.centreX - region.width / 2;
  const top = region.centreY - region.height / 2;
  const point = (at: number): Point => ({
    x: left + (values[at]! + origin.x) * scale,
    y: top + (values[at + 1]! + origin.y) * scale,
  });
  const centre = point(0);
  const width = values[2]! * scale;
  const height = values[3]! * scale;
  const box = { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
  return { score, box, leftEye: point(4), rightEye: point(6) };
}

/** Keeps the best of each group of overlapping detections; `detections` come best first. */
function suppressOverlaps(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const detection of detections) {
    const isNew = kept.every(({ box }) => overlap(box, detection.box) < MAX_OVERLAP);
    if (isNew && kept.push(detection) === MAX_FACES) break;
  }
  return kept;
}

/** Intersection over union of two boxes. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (a.width * a.height + b.width * b.height - shared);
}
