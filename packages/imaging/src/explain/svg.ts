import type { Point } from '../face/face-analysis.ts';

/** Drawing in SVG, as text. Colours as SVG names them; lengths in pixels of the picture. */
export type Shape = string;

export const COLOURS = {
  good: '#2fbf71',
  doubtful: '#f5a623',
  bad: '#ff4d4f',
  measure: '#ffd60a',
  face: '#4cc9f0',
  text: '#f2f4f8',
  panel: '#1d232b',
} as const;

const FONTS = 'Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif';

export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

type Stroke = { readonly colour: string; readonly width?: number; readonly dash?: string };

const strokeOf = ({ colour, width = 2, dash }: Stroke) =>
  `stroke="${colour}" stroke-width="${width}" fill="none"${dash ? ` stroke-dasharray="${dash}"` : ''}`;

const n = (value: number) => (Math.round(value * 10) / 10).toString();

export function line(from: Point, to: Point, stroke: Stroke): Shape {
  return `<line x1="${n(from.x)}" y1="${n(from.y)}" x2="${n(to.x)}" y2="${n(to.y)}" ${strokeOf(stroke)}/>`;
}

type Rect = { x: number; y: number; width: number; height: number };

export function box({ x, y, width, height }: Rect, stroke: Stroke): Shape {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" ${strokeOf(stroke)}/>`;
}

export function filled({ x, y, width, height }: Rect, colour: string, opacity = 1): Shape {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${colour}" fill-opacity="${opacity}"/>`;
}

export function outline(points: readonly Point[], stroke: Stroke): Shape {
  return `<polygon points="${points.map(({ x, y }) => `${n(x)},${n(y)}`).join(' ')}" ${strokeOf(stroke)}/>`;
}

export function dots(points: readonly Point[], radius: number, colour: string): Shape {
  return points
    .map(({ x, y }) => `<circle cx="${n(x)}" cy="${n(y)}" r="${radius}" fill="${colour}"/>`)
    .join('');
}

type Lettering = { readonly size?: number; readonly colour?: string; readonly halo?: boolean };

/** `at`: the left end of the base line. With a dark halo it can be read on any picture. */
export function text(at: Point, words: string, lettering: Lettering = {}): Shape {
  const { size = 20, colour = COLOURS.text, halo = false } = lettering;
  const place = `x="${n(at.x)}" y="${n(at.y)}" font-family="${FONTS}" font-size="${size}"`;
  const letters = `<text ${place} fill="${colour}">${escapeText(words)}</text>`;
  if (!halo) return letters;
  // twice, because not every renderer knows paint-order
  const edge = 'fill="#000" stroke="#000" stroke-width="5" stroke-linejoin="round" opacity="0.75"';
  return `<text ${place} ${edge}>${escapeText(words)}</text>${letters}`;
}

/** Points as they lie on a picture that is shown `scale` times its size. */
export function scaledPoints(points: readonly Point[], scale: number): Point[] {
  return points.map(({ x, y }) => ({ x: x * scale, y: y * scale }));
}

export function document(width: number, height: number, shapes: readonly Shape[]): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes.join('')}</svg>`,
  );
}
