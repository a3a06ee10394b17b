import { setImmediate as begun } from 'node:timers/promises';
import {
  type CheckResult,
  errorSentence,
  type Failure,
  type OutputGeometry,
  ok,
  type PhotoProfile,
  type RefusalReason,
  type Result,
  type StandardizationReport,
} from '@gradshot/domain';
import type { Standardized, StandardizeOptions } from '../api.ts';
import { cutFacePatch, EYE_REGION, eyeSpanOf, WHOLE_FACE } from '../checks/face-patch.ts';
import { fileCheck } from '../checks/file-check.ts';
import { fingerprintOf } from '../checks/fingerprint.ts';
import { frameFaultCheck } from '../checks/frame-checks.ts';
import { hintOf, type MeasuredFace } from '../checks/measured-photo.ts';
import { repeatChecks } from '../checks/repeat-check.ts';
import {
  checkFace,
  checkFaceCount,
  checkPhoto,
  inReadingOrder,
  refusalOf,
} from '../checks/run-checks.ts';
import type { Hint } from '../checks/verdict.ts';
import { composePhoto } from '../composition/compose.ts';
import { COMPOSITION_FAULTS, TURNED_HEAD } from '../composition/faults.ts';
import { cutWorkingFrame, type WorkingFrame } from '../composition/frame.ts';
import { measureOutput } from '../composition/output-geometry.ts';
import type { PersonMask } from '../composition/person-mask.ts';
import { aroundCrop, headAndShoulders, showsCrop } from '../composition/person-region.ts';
import { placeSubject } from '../composition/placement.ts';
import {
  type FaceMeasures,
  isTurned,
  measureFaceBox,
  measureSubject,
} from '../composition/subject.ts';
import type { Trace } from '../composition/trace.ts';
import { inspectSource } from '../decode/source-picture.ts';
import { SourceReader } from '../decode/source-reader.ts';
import { analyseFaces } from '../face/analyse-faces.ts';
import type { FaceAnalysis } from '../face/face-analysis.ts';
import { type EncodedPhoto, encodeInWindow } from '../jpeg/size-window.ts';
import { ImagePyramid } from '../picture/image-pyramid.ts';
import type { LoadedModels } from '../runtime/load-models.ts';
import { knownCoverage } from '../segmentation/known-coverage.ts';
import { cutOut, segment } from './cut-out.ts';
import { makeExtras } from './extras.ts';
import { StageClock } from './stage-clock.ts';
import { recordedVersion } from './version.ts';

/** Frame pixels per photo pixel at which the person is cut out. */
const FRAME_MULTIPLE = 1;
/** Faces narrower than this share of the largest one are people or posters far behind. */
const BYSTANDER_WIDTH = 0.32;
/** Eye spans of the patches that the checks were calibrated on, pixels. */
const FACE_PATCH_SPAN = 45;
const EYE_PATCH_SPAN = 90;

type Job = {
  readonly models: LoadedModels;
  readonly profile: PhotoProfile;
  readonly clock: StageClock;
  readonly trace: Trace;
  readonly refusedBefore: readonly string[];
};

/** What a report says beyond versions and timings. */
type Outcome = {
  readonly reason?: RefusalReason | undefined;
  readonly checks: readonly CheckResult[];
  readonly geometry?: OutputGeometry;
  readonly encoded?: EncodedPhoto;
  readonly fingerprint?: string;
};

/**
 * Makes the standard photo from an encoded picture. A bad picture is an outcome with a reason;
 * rejects only with AbortError, or when the engine itself is broken.
 */
export async function standardizePhoto(
  models: LoadedModels,
  source: Uint8Array,
  { profile, onProgress, signal, also }: StandardizeOptions,
): Promise<Standardized> {
  const clock = new StageClock(onProgress, signal);
  const trace: Trace = {};
  const job = { models, profile, clock, trace, refusedBefore: also?.refusedBefore ?? [] };
  const outcome = await judgeSource(job, source);
  clock.finish();
  const report = writeReport(job, outcome);
  const made = outcome.encoded ? { report, jpeg: outcome.encoded.jpeg } : { report };
  return also ? makeExtras(models, profile, trace, made, also) : made;
}

async function judgeSource(job: Job, source: Uint8Array): Promise<Outcome> {
  const info = await job.clock.run('decode', () => inspectSource(source));
  if (!info.ok) return refuse(info.error);
  const reader = new SourceReader(source, info.value);
  job.trace.reader = reader;
  const analysed = await analyseSource(job, reader);
  if (!analysed.ok) return refuse(analysed.error);
  const { pyramid, faces } = analysed.value;
  const [face] = faces;
  Object.assign(job.trace, { pyramid, ...(face ? { face } : {}) });
  if (!face) return { ...refuse({ code: 'imaging.noFace' }), checks: [checkFaceCount(0)] };
  const people = faces.filter(({ box }) => box.width >= BYSTANDER_WIDTH * face.box.width).length;
  if (people > 1) return refuseSeveral(people, hintOf(faces[1]!.box, pyramid));
  if (isTurned(face)) {
    const early = checkFace(measureFace(job.profile, reader, pyramid, face));
    return { checks: inReadingOrder([checkFaceCount(1), ...early]), reason: TURNED_HEAD };
  }
  return judgeFace(job, reader, pyramid, face);
}

type AnalysedSource = { readonly pyramid: ImagePyramid; readonly faces: readonly FaceAnalysis[] };

/**
 * Finds the faces on the reduced picture, and once more on a finer one when the largest face has
 * too few pixels on the reduced one to be measured, or when there was none.
 */
async function analyseSource(job: Job, reader: SourceReader): Promise<Result<AnalysedSource>> {
  const level = reader.analysisLevel();
  reader.prefetch(level);
  reader.prefetch(reader.cuttingLevel());
  const coarse = await analyseAt(job, reader, level);
  if (!coarse.ok) return coarse;
  const finer = finerLevel(reader, level, coarse.value.faces[0]);
  return finer < level ? analyseAt(job, reader, finer) : coarse;
}

async function analyseAt(
  job: Job,
  reader: SourceReader,
  level: number,
): Promise<Result<AnalysedSource>> {
  const image = await job.clock.run('decode', () => reader.reduced(level));
  if (!image.ok) return image;
  const pyramid = new ImagePyramid(image.value);
  const faces = await job.clock.run('detect', () => analyseFaces(job.models, pyramid));
  return ok({ pyramid, faces });
}

/** The level at which the face can be measured, or a face too small for this level be found. */
function finerLevel(reader: SourceReader, level: number, face: FaceAnalysis | undefined): number {
  const finest = Math.min(level, reader.finestLevel());
  if (!face) return finest;
  const missing = Math.ceil(Math.log2(EYE_PATCH_SPAN / eyeSpanOf(face)));
  return Math.max(finest, level - Math.max(0, missing));
}

function refuse(failure: Failure): Outcome {
  return {
    checks: [],
    reason: {
      code: failure.code,
      zh: errorSentence(failure, 'zh'),
      en: errorSentence(failure, 'en'),
    },
  };
}

function refuseSeveral(people: number, another: Hint): Outcome {
  return { ...refuse({ code: 'imaging.severalFaces' }), checks: [checkFaceCount(people, another)] };
}

function measureFace(
  profile: PhotoProfile,
  { info }: SourceReader,
  pyramid: ImagePyramid,
  face: FaceAnalysis,
): MeasuredFace {
  return {
    profile,
    info,
    pyramid,
    heldScale: pyramid.width / info.width,
    face,
    patch: cutFacePatch(pyramid, face, FACE_PATCH_SPAN, WHOLE_FACE),
    eyes: cutFacePatch(pyramid, face, EYE_PATCH_SPAN, EYE_REGION),
  };
}

async function judgeFace(
  job: Job,
  reader: SourceReader,
  pyramid: ImagePyramid,
  face: FaceAnalysis,
): Promise<Outcome> {
  const { profile, clock } = job;
  const faceBox = measureFaceBox(face);
  const mask = await clock.run('segment', () =>
    segment(job.models, pyramid, headAndShoulders(faceBox, pyramid)),
  );
  const subject = measureSubject(faceBox, mask, pyramid);
  job.trace.subject = subject;
  const placed = placeSubject(subject, pyramid, profile);
  // the decoder works on a thread of its own once it has begun, so the face is judged meanwhile
  const cutting = placed.ok
    ? clock.run('decode', () =>
        cutWorkingFrame(reader, pyramid, placed.placement, profile, FRAME_MULTIPLE),
      )
    : undefined;
  const judging = clock.run('check', async () => {
    await begun();
    const measured = measureFace(profile, reader, pyramid, face);
    return { measured, early: [checkFaceCount(1), ...checkFace(measured)] };
  });
  const [frame, { measured, early }] = await Promise.all([cutting, judging]);
  if (!placed.ok) {
    const checks = inReadingOrder([...early, frameFaultCheck(placed.fault, measured, subject)]);
    return { checks, reason: COMPOSITION_FAULTS[placed.fault] };
  }
  if (!frame!.ok) return refuse(frame!.error);
  Object.assign(job.trace, { placement: placed.placement, frame: frame!.value });
  return finishPhoto(job, measured, early, faceBox, mask, frame!.value);
}

async function finishPhoto(
  job: Job,
  measured: MeasuredFace,
  early: readonly CheckResult[],
  faceBox: FaceMeasures,
  firstMask: PersonMask,
  frame: WorkingFrame,
): Promise<Outcome> {
  const { profile, clock } = job;
  const { pyramid } = measured;
  const mask = showsCrop(firstMask.region, frame.crop, pyramid)
    ? firstMask
    : await clock.run('segment', () =>
        segment(job.models, pyramid, aroundCrop(frame.crop, pyramid)),
      );
  const known = job.models.matting
    ? await clock.run('segment', () => knownCoverage(job.models, pyramid, frame))
    : undefined;
  const matte = await clock.run('matte', () => cutOut(frame, mask, known));
  const photo = await clock.run('compose', () =>
    composePhoto(matte, profile.background, frame.multiple),
  );
  const geometry = measureOutput(measured.face, faceBox, frame.crop, photo, profile);
  const [encoded, late] = await Promise.all([
    clock.run('encode', () => encodeInWindow(photo.image, profile.jpeg, profile.dpi)),
    clock.run('check', () => checkPhoto({ ...measured, frame, matte, photo, geometry })),
  ]);
  const fingerprint = fingerprintOf(photo.image);
  const checks = inReadingOrder([
    ...early,
    ...late,
    ...repeatChecks(fingerprint, job.refusedBefore, profile),
    fileCheck(encoded, profile),
  ]);
  return { checks, geometry, encoded, fingerprint, reason: refusalOf(checks) };
}

function writeReport(
  { models, profile, clock }: Job,
  { reason, checks, geometry, encoded, fingerprint }: Outcome,
): StandardizationReport {
  const versions = models.versions as Readonly<Record<string, string>>;
  return {
    accepted: reason === undefined,
    ...(reason ? { reason } : {}),
    profile: { id: profile.id, version: profile.version },
    ...(encoded ? { output: describeOutput(encoded, profile) } : {}),
    ...(geometry ? { geometry } : {}),
    ...(fingerprint ? { fingerprint } : {}),
    checks,
    timingsMs: clock.timings(),
    models: versions,
    provider: models.provider,
    engineVersion: recordedVersion(profile, versions),
  };
}

function describeOutput(
  { jpeg, quality }: EncodedPhoto,
  { width, height, dpi }: PhotoProfile,
): NonNullable<StandardizationReport['output']> {
  return { width, height, bytes: jpeg.length, quality, dpi };
}
