import { ok, type PhotoProfile, type Result } from '@gradshot/domain';
import { cutWorkingFrame, type WorkingFrame } from '../composition/frame.ts';
import type { PersonMask } from '../composition/person-mask.ts';
import { aroundCrop, toCropRegion } from '../composition/person-region.ts';
import { steadyEdges } from '../composition/steady-edges.ts';
import type { Subject } from '../composition/subject.ts';
import type { Trace } from '../composition/trace.ts';
import type { Box } from '../face/face-analysis.ts';
import { extractMatte, type Matte } from '../matte/matte.ts';
import type { ImagePyramid } from '../picture/image-pyramid.ts';
import type { LoadedModels } from '../runtime/load-models.ts';
import { knownCoverage } from '../segmentation/known-coverage.ts';
import { MASK_SIZE, segmentPerson } from '../segmentation/person-mask.ts';
import type { PrintSize } from '../sheets/catalogue.ts';
import { boxAround, boxOf, cropForCell } from '../sheets/cell-crop.ts';
import type { CutOutPerson } from '../sheets/portrait.ts';

/** Cut-out pixels per pixel of the standard photo: twice its resolution for prints. */
const PRINT_MULTIPLE = 2;

/** Where the person is in a part of the analysed picture. */
export async function segment(
  models: LoadedModels,
  pyramid: ImagePyramid,
  region: Box,
): Promise<PersonMask> {
  const values = await segmentPerson(models, pyramid, toCropRegion(region));
  const mask = { values, size: MASK_SIZE, region };
  steadyEdges(mask, pyramid);
  return mask;
}

/**
 * Separates the person on the frame from the wall. `known`: the matting network's answer for the
 * frame, where there is such a network.
 */
export function cutOut(
  { image, area, crop }: WorkingFrame,
  { values, size, region }: PersonMask,
  known?: Float32Array,
): Matte {
  const across = image.width / crop.width;
  const down = image.height / crop.height;
  const placement = {
    mask: values,
    size,
    x: (region.x - crop.x) * across,
    y: (region.y - crop.y) * down,
    width: region.width * across,
    height: region.height * down,
  };
  return extractMatte(image, placement, area, known);
}

/** A trace that reached a placement. */
type Placed = Trace & Required<Pick<Trace, 'reader' | 'pyramid' | 'subject' | 'placement'>>;

export function isPlaced(trace: Trace): trace is Placed {
  return trace.placement !== undefined;
}

/**
 * Cuts the person out once more, at the resolution of prints and as wide and deep as all the cells
 * and the standard photo together need. Code: photo.unreadable.
 */
export async function cutOutForPrints(
  models: LoadedModels,
  { reader, pyramid, subject, placement }: Placed,
  profile: PhotoProfile,
  cells: readonly PrintSize[],
): Promise<Result<CutOutPerson>> {
  const source = { width: pyramid.width, height: pyramid.height };
  const standing = { subject, source, profile, placement };
  const crops = cells.map((cell) => cropForCell(standing, cell));
  const union = boxAround([boxOf(placement, profile), ...crops]);
  const part = roundUp(union, placement.scale, subject);
  const frame = await cutWorkingFrame(
    reader,
    source,
    { scale: placement.scale, originX: part.x, originY: part.y },
    { ...profile, width: part.columns, height: part.rows },
    PRINT_MULTIPLE,
  );
  if (!frame.ok) return frame;
  const mask = await segment(models, pyramid, aroundCrop(frame.value.crop, pyramid));
  const known = await knownCoverage(models, pyramid, frame.value);
  const cutout = cutOut(frame.value, mask, known);
  return ok({ ...standing, cutout, region: frame.value.crop });
}

/** Photo pixels across, by whole numbers of which a frame may grow without broken cells. */
const COLUMNS = 60;

/**
 * A part of the source, grown to whole cells of the matte: a cell that is cut in two at an edge
 * would let the wall's colour in there. It grows towards walls, upwards and away from a sleeve
 * that leaves the picture. `columns`, `rows` in photo pixels.
 */
function roundUp(part: Box, scale: number, { touchesLeftFromY }: Subject) {
  const columns = Math.ceil((part.width * scale) / COLUMNS - 1e-6) * COLUMNS;
  const cell = columns / COLUMNS;
  const rows = Math.ceil((part.height * scale) / cell - 1e-6) * cell;
  const wider = columns / scale - part.width;
  const x = Number.isFinite(touchesLeftFromY) ? part.x : part.x - wider;
  return { x, y: part.y + part.height - rows / scale, columns, rows };
}
