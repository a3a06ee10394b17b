import type { PhotoProfile, Range, StandardizationReport } from '@gradshot/domain';

type Geometry = StandardizationReport['geometry'];
type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** One rule of the profile, in output pixels. */
export type NormLine = {
  readonly of: 'hair' | 'eyes' | 'face';
  readonly range: Range;
  /** What the profile allows. */
  readonly bands: readonly Box[];
  readonly labelY: number;
  /** Absent where the machine measured nothing. */
  readonly measured?: { readonly value: number; readonly within: boolean; readonly path: string };
};

/** How far below the eyes the face's width is drawn, in face widths: at the cheeks. */
const CHEEKS = 0.35;
/** Half the height of the two bands of the face's width. */
const HALF_BAND = 24;
/** From a band's upper edge, or from below it, to the foot of its label. */
const LABEL_HEIGHT = 20;

/** The profile's own numbers with what was measured. */
export function normLines(profile: PhotoProfile, geometry: Geometry): readonly NormLine[] {
  const { hairTopY, eyeLineY } = profile.geometry;
  return [
    levelLine('hair', profile.width, hairTopY, geometry?.hairTopY),
    levelLine('eyes', profile.width, eyeLineY, geometry?.eyeLineY),
    faceLine(profile, geometry),
  ];
}

function levelLine(of: 'hair' | 'eyes', width: number, range: Range, value?: number): NormLine {
  const [min, max] = range;
  const bands = [{ x: 0, y: min, width, height: max - min }];
  const line = { of, range, bands, labelY: min + LABEL_HEIGHT };
  if (value === undefined) return line;
  return {
    ...line,
    measured: { value, within: isWithin(value, range), path: `M0 ${value}H${width}` },
  };
}

/** Two bands: each cheek may lie within its own. */
function faceLine(profile: PhotoProfile, geometry: Geometry): NormLine {
  const range = profile.geometry.faceWidth;
  const [min, max] = range;
  const centre = geometry?.faceCentreX ?? profile.width / 2;
  const y = geometry
    ? geometry.eyeLineY + CHEEKS * geometry.faceWidth
    : profile.geometry.eyeLineY[1] + CHEEKS * min;
  const band = { y: y - HALF_BAND, width: (max - min) / 2, height: 2 * HALF_BAND };
  const bands = [
    { ...band, x: centre - max / 2 },
    { ...band, x: centre + min / 2 },
  ];
  const line = { of: 'face' as const, range, bands, labelY: y + HALF_BAND + LABEL_HEIGHT };
  if (!geometry) return line;
  const value = geometry.faceWidth;
  const [from, to] = [centre - value / 2, centre + value / 2];
  const ends = [from, to].map((x) => `M${x} ${y - HALF_BAND}V${y + HALF_BAND}`).join('');
  return {
    ...line,
    measured: { value, within: isWithin(value, range), path: `M${from} ${y}H${to}${ends}` },
  };
}

function isWithin(value: number, [min, max]: Range): boolean {
  return value >= min && value <= max;
}
