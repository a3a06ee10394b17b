import {
  byWeight,
  type CheckResult,
  errorSentence,
  type FrameRating,
  type GuideHint,
  guideStateOf,
  type MachineCheckCode,
  type PhotoProfile,
} from '@gradshot/domain';
import sharp from 'sharp';
import type { Guidance } from '../api.ts';
import { cutFacePatch, EYE_REGION, eyeSpanOf, WHOLE_FACE } from '../checks/face-patch.ts';
import type { MeasuredFace } from '../checks/measured-photo.ts';
import { checkFace, checkFaceCount } from '../checks/run-checks.ts';
import { clipToSource, headAndShoulders, toCropRegion } from '../composition/person-region.ts';
import { isTurned, measureFaceBox, measureSubject, type Subject } from '../composition/subject.ts';
import {
  type Box,
  EXPRESSIONS,
  type FaceAnalysis,
  type FaceShape,
  type Point,
} from '../face/face-analysis.ts';
import { ImagePyramid } from '../picture/image-pyramid.ts';
import type { RgbImage } from '../picture/rgb-image.ts';
import type { LoadedModels } from '../runtime/load-models.ts';
import { MASK_SIZE, segmentPerson } from '../segmentation/person-mask.ts';
import { FaceTracker } from './face-tracker.ts';
import { GUIDE_HINTS, type GuideSentence } from './guide-sentences.ts';
import { checkHints } from './live-hint.ts';
import { positionHints } from './position-hints.ts';
import { wallEvenness } from './wall-evenness.ts';

/** Longer side at which a frame is looked at; larger ones are reduced while decoding. */
const MAX_SIDE = 1280;
/** A preview is never this large; a frame that claims to be is not decoded. */
const MAX_PIXELS = 40_000_000;
/** Eye spans of the patches that the checks were calibrated on, pixels. */
const FACE_PATCH_SPAN = 45;
const EYE_PATCH_SPAN = 90;
/** Standard deviation of the wall's a* and b* above which it is not one colour. */
const WALL_COLOUR_LIMIT = 3;

/** Judges preview frames one after the other. */
export type FrameGuide = (frame: Uint8Array, profile: PhotoProfile) => Promise<Guidance>;

/**
 * Live guidance for one camera: looks at a preview frame (JPEG, about 1280 × 720, not mirrored)
 * and says what to change, most urgent first. It remembers only where the face was.
 */
export function createFrameGuide(models: LoadedModels): FrameGuide {
  const tracker = new FaceTracker(models);
  return async (frame, profile) => {
    const image = await decodeFrame(frame);
    if (!image) return unreadable();
    const pyramid = new ImagePyramid(image);
    const { faces, face } = await tracker.look(pyramid);
    if (!face) return { faces, ...blockedBy(GUIDE_HINTS.noFace) };
    return judge(models, pyramid, faces, asAnalysis(face), profile);
  };
}

/** The checks want an expression too; none of the live ones reads it, so it is not computed. */
function asAnalysis(face: FaceShape): FaceAnalysis {
  const expressions = Object.fromEntries(EXPRESSIONS.map((name) => [name, 0]));
  return {
    ...face,
    box: boundingBox(face.points),
    score: face.presence,
    expressions: expressions as FaceAnalysis['expressions'],
  };
}

function boundingBox(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

async function judge(
  models: LoadedModels,
  pyramid: ImagePyramid,
  faces: number,
  face: FaceAnalysis,
  profile: PhotoProfile,
): Promise<Guidance> {
  const { rollDeg, yawDeg, pitchDeg } = face;
  const pose = { rollDeg, yawDeg, pitchDeg };
  if (isTurned(face)) return { faces, ...blockedBy(GUIDE_HINTS.upright), pose };
  const box = headAndShoulders(measureFaceBox(face), pyramid);
  const region = toCropRegion(box);
  const values = await segmentPerson(models, pyramid, region);
  const mask = { values, size: MASK_SIZE, region: box };
  const subject = measureSubject(measureFaceBox(face), mask, pyramid);
  const checks = liveChecks(measure(pyramid, face, profile));
  const hints = byWeight([
    ...checkHints([checkFaceCount(faces)]),
    ...positionHints(subject, pyramid, profile),
    ...checkHints(checks, face),
    ...wallHints(wallEvenness(pyramid, region, values), profile),
  ]);
  return {
    faces,
    hints,
    state: guideStateOf(hints),
    rating: ratingOf(checks, face),
    head: headOutline(subject, pyramid),
    pose,
  };
}

function blockedBy(sentence: GuideSentence): Pick<Guidance, 'hints' | 'state'> {
  return { hints: [{ ...sentence, weight: 'blocks' }], state: 'blocked' };
}

function ratingOf(checks: readonly CheckResult[], face: FaceShape): FrameRating {
  const measured = (wanted: MachineCheckCode) =>
    checks.find(({ code }) => code === wanted)?.value ?? null;
  return {
    eyesOpen: measured('eyes.open'),
    sharpness: measured('picture.sharpness'),
    tiltDeg: Math.hypot(face.rollDeg, face.yawDeg, face.pitchDeg),
  };
}

async function decodeFrame(frame: Uint8Array): Promise<RgbImage | undefined> {
  try {
    const { data, info } = await sharp(frame, { limitInputPixels: MAX_PIXELS })
      .resize(MAX_SIDE, MAX_SIDE, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch {
    return undefined;
  }
}

function unreadable(): Guidance {
  const code = 'photo.unreadable';
  const hint = { code, zh: errorSentence({ code }, 'zh'), en: errorSentence({ code }, 'en') };
  return { faces: 0, ...blockedBy(hint) };
}

/** The face as the checks take it; a preview has no file of its own to speak of. */
function measure(pyramid: ImagePyramid, face: FaceAnalysis, profile: PhotoProfile): MeasuredFace {
  const { width, height } = pyramid;
  return {
    profile,
    info: { format: 'jpeg', width, height, orientation: 1, ignoreIcc: true },
    pyramid,
    heldScale: 1,
    face,
    patch: cutFacePatch(pyramid, face, FACE_PATCH_SPAN, WHOLE_FACE),
    eyes: cutFacePatch(pyramid, face, EYE_PATCH_SPAN, EYE_REGION),
  };
}

/** A face smaller than the sharpness was calibrated on would look blurred for want of pixels. */
function liveChecks(measured: MeasuredFace): CheckResult[] {
  const largeEnough = eyeSpanOf(measured.face) >= EYE_PATCH_SPAN;
  return checkFace(measured).filter(({ code }) => largeEnough || code !== 'picture.sharpness');
}

function wallHints(wall: ReturnType<typeof wallEvenness>, profile: PhotoProfile): GuideHint[] {
  if (!wall) return [];
  const { warn } = profile.thresholds.wallLightness;
  const plain = wall.lightness <= warn && wall.colour <= WALL_COLOUR_LIMIT;
  return plain ? [] : [{ ...GUIDE_HINTS.wall, weight: 'advises' }];
}

/** From the top of the hair to the chin, cheek to cheek, as shares of the frame. */
function headOutline(
  { faceCentreX, faceWidth, hairTopY, chinY }: Subject,
  frame: { readonly width: number; readonly height: number },
): NonNullable<Guidance['head']> {
  const head = clipToSource(
    {
      x: faceCentreX - faceWidth / 2,
      y: hairTopY,
      width: faceWidth,
      height: chinY - hairTopY,
    },
    frame,
  );
  return {
    x: head.x / frame.width,
    y: head.y / frame.height,
    width: head.width / frame.width,
    height: head.height / frame.height,
  };
}
