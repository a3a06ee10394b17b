import type { CheckResult, Language } from '@gradshot/domain';
import { FACE_OVAL } from '../checks/mesh-outlines.ts';
import type { Subject } from '../composition/subject.ts';
import type { Trace } from '../composition/trace.ts';
import type { FaceAnalysis } from '../face/face-analysis.ts';
import {
  box,
  COLOURS,
  dots,
  filled,
  line,
  outline,
  type Shape,
  scaledPoints,
  text,
} from './svg.ts';
import { describeCheck, word } from './words.ts';

/** What was found on the source. `scale`: panel pixels per pixel of the analysed picture. */
export function drawSource(
  { face, subject, frame, pyramid }: Trace,
  checks: readonly CheckResult[],
  scale: number,
  language: Language,
): Shape[] {
  const width = pyramid!.width * scale;
  const height = pyramid!.height * scale;
  const shapes: Shape[] = [];
  if (frame) {
    const { x, y, width: w, height: h } = frame.crop;
    const crop = { x: x * scale, y: y * scale, width: w * scale, height: h * scale };
    shapes.push(box(crop, { colour: COLOURS.measure, width: 3 }));
    const at = { x: crop.x + 8, y: crop.y + crop.height - 10 };
    shapes.push(text(at, word('crop', language), { colour: COLOURS.measure, halo: true }));
  }
  if (face) shapes.push(...drawFace(face, scale));
  if (subject) shapes.push(...drawSubject(subject, scale, language));
  return [...shapes, ...drawHints(checks, width, height, language)];
}

function drawFace({ points, leftEye, rightEye }: FaceAnalysis, scale: number): Shape[] {
  const oval = FACE_OVAL.map((index) => points[index]!);
  const [left, right] = [leftEye, rightEye].map(({ iris }) => iris[0]!) as [
    { x: number; y: number },
    { x: number; y: number },
  ];
  const [from, to] = scaledPoints([left, right], scale) as [typeof left, typeof left];
  return [
    dots(scaledPoints(points, scale), 1.2, COLOURS.face),
    outline(scaledPoints(oval, scale), { colour: COLOURS.face }),
    line(from, to, { colour: COLOURS.measure }),
    dots([from, to], 4, COLOURS.measure),
  ];
}

function drawSubject(subject: Subject, scale: number, language: Language): Shape[] {
  const { faceCentreX, faceWidth, hairTopY, eyeLineY, chinY } = subject;
  const left = (faceCentreX - faceWidth * 0.75) * scale;
  const right = (faceCentreX + faceWidth * 0.75) * scale;
  const level = (y: number, key: 'hairTop' | 'eyeLine' | 'chin') => [
    line({ x: left, y: y * scale }, { x: right, y: y * scale }, MEASURE),
    text({ x: right + 6, y: Math.max(ROW, y * scale + 6) }, word(key, language), LABEL),
  ];
  const low = (eyeLineY + (chinY - eyeLineY) * 0.35) * scale;
  const from = { x: (faceCentreX - faceWidth / 2) * scale, y: low };
  const to = { x: (faceCentreX + faceWidth / 2) * scale, y: low };
  return [
    ...level(hairTopY, 'hairTop'),
    ...level(eyeLineY, 'eyeLine'),
    ...level(chinY, 'chin'),
    line(from, to, { colour: COLOURS.measure, width: 3 }),
    text({ x: to.x + 6, y: low + 6 }, word('faceWidth', language), LABEL),
  ];
}

const MEASURE = { colour: COLOURS.measure, dash: '8 6' } as const;
const LABEL = { size: 18, colour: COLOURS.measure, halo: true } as const;

/** Boxes where the checks want somebody to look, with what they say. */
function drawHints(
  checks: readonly CheckResult[],
  width: number,
  height: number,
  language: Language,
): Shape[] {
  const shapes: Shape[] = [];
  const taken = [TITLE_ROW];
  for (const check of checks) {
    if (!check.hint || check.level === 'pass') continue;
    const { hint } = check;
    const colour = check.level === 'fail' ? COLOURS.bad : COLOURS.doubtful;
    const x = hint.x * width;
    const frame = {
      x,
      y: hint.y * height,
      width: hint.width * width,
      height: hint.height * height,
    };
    const y = freeRow(Math.max(24, frame.y - 8), taken);
    shapes.push(box(frame, { colour, width: 3 }), filled({ ...frame }, colour, 0.08));
    shapes.push(text({ x: x + 4, y }, describeCheck(check, language), { colour, halo: true }));
  }
  return shapes;
}

const ROW = 24;
/** Where the panel's title is. */
const TITLE_ROW = 34;

/** The next line of text that none of the others is on. */
function freeRow(wanted: number, taken: number[]): number {
  let y = wanted;
  while (taken.some((other) => Math.abs(other - y) < ROW)) y += ROW;
  taken.push(y);
  return y;
}
