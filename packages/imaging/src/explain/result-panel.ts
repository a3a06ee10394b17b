import type { Language, OutputGeometry, PhotoProfile, Range } from '@gradshot/domain';
import { COLOURS, filled, line, type Shape, text } from './svg.ts';
import { word } from './words.ts';

/** Where a profile wants things, as bands, and where they are. `scale`: panel pixels per pixel. */
export function drawResult(
  geometry: OutputGeometry,
  profile: PhotoProfile,
  scale: number,
  language: Language,
): Shape[] {
  const { hairTopY, eyeLineY, faceWidth, maxCentreOffset } = profile.geometry;
  return [
    ...drawCentre(geometry, profile, maxCentreOffset, scale),
    ...drawLevel(geometry.hairTopY, hairTopY, profile, scale, word('hairTop', language)),
    ...drawLevel(geometry.eyeLineY, eyeLineY, profile, scale, word('eyeLine', language)),
    ...drawWidth(geometry, faceWidth, profile, scale, word('faceWidth', language)),
  ];
}

function colourOf(value: number, [low, high]: Range): string {
  return value >= low && value <= high ? COLOURS.good : COLOURS.bad;
}

function drawLevel(
  value: number,
  range: Range,
  { width }: PhotoProfile,
  scale: number,
  name: string,
): Shape[] {
  const colour = colourOf(value, range);
  const y = value * scale;
  const band = { x: 0, y: range[0] * scale, width: 14, height: (range[1] - range[0]) * scale };
  return [
    filled(band, colour, 0.55),
    line({ x: 0, y }, { x: width * scale, y }, { colour, dash: '10 6' }),
    text({ x: 22, y: y - 6 }, `${name} ${value} / ${range.join('–')}`, { colour, halo: true }),
  ];
}

function drawWidth(
  { faceWidth, faceCentreX, eyeLineY }: OutputGeometry,
  range: Range,
  { height }: PhotoProfile,
  scale: number,
  name: string,
): Shape[] {
  const colour = colourOf(faceWidth, range);
  const y = Math.min(height - 20, eyeLineY + 60) * scale;
  const left = (faceCentreX - faceWidth / 2) * scale;
  const right = (faceCentreX + faceWidth / 2) * scale;
  const label = `${name} ${faceWidth} / ${range.join('–')}`;
  return [
    line({ x: left, y }, { x: right, y }, { colour, width: 3 }),
    line({ x: left, y: y - 10 }, { x: left, y: y + 10 }, { colour, width: 3 }),
    line({ x: right, y: y - 10 }, { x: right, y: y + 10 }, { colour, width: 3 }),
    text({ x: left + 8, y: y + 26 }, label, { colour, halo: true }),
  ];
}

function drawCentre(
  { faceCentreX }: OutputGeometry,
  { width, height }: PhotoProfile,
  slack: number,
  scale: number,
): Shape[] {
  const colour = colourOf(faceCentreX, [width / 2 - slack, width / 2 + slack]);
  const band = { x: (width / 2 - slack) * scale, y: 0, width: 2 * slack * scale, height: 14 };
  const x = faceCentreX * scale;
  return [
    filled(band, colour, 0.55),
    line({ x, y: 0 }, { x, y: height * scale }, { colour, dash: '4 8', width: 1 }),
  ];
}
