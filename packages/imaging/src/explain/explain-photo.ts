import type { Language, PhotoProfile, StandardizationReport } from '@gradshot/domain';
import sharp from 'sharp';
import type { Trace } from '../composition/trace.ts';
import { drawCheckList } from './check-list.ts';
import { drawResult } from './result-panel.ts';
import { drawSource } from './source-panel.ts';
import { COLOURS, document, text } from './svg.ts';
import { word } from './words.ts';

/** Height of the three panels, pixels; the checks of a report fit beside it. */
const HEIGHT = 1280;
const MAX_SOURCE_WIDTH = 1400;
const LIST_WIDTH = 760;

type Panel = { readonly png: Buffer; readonly width: number };

type Made = { readonly report: StandardizationReport; readonly jpeg?: Uint8Array };

/**
 * Draws how a photo came about: the source with the face and what was measured on it, the result
 * against the profile, and every check. Returns a PNG, or undefined when there was no picture.
 */
export async function explainPhoto(
  trace: Trace,
  made: Made,
  profile: PhotoProfile,
  language: Language,
): Promise<Uint8Array | undefined> {
  if (!trace.pyramid) return undefined;
  const panels = [
    await sourcePanel(trace, made, language),
    ...(made.jpeg ? [await resultPanel(made.jpeg, made.report, profile, language)] : []),
    await listPanel(made.report, language),
  ];
  return joinPanels(panels);
}

async function sourcePanel(trace: Trace, { report }: Made, language: Language): Promise<Panel> {
  const { image } = trace.pyramid!.level(0);
  const scale = Math.min(HEIGHT / image.height, MAX_SOURCE_WIDTH / image.width);
  const width = Math.round(image.width * scale);
  const height = Math.round(image.height * scale);
  const raw = { width: image.width, height: image.height, channels: 3 } as const;
  const picture = await sharp(image.data, { raw }).resize(width, height).png().toBuffer();
  const shapes = drawSource(trace, report.checks, scale, language);
  const title = text({ x: 12, y: 34 }, word('source', language), { size: 24, halo: true });
  return {
    width,
    png: await layOver(picture, width, height, [...shapes, title]),
  };
}

async function resultPanel(
  jpeg: Uint8Array,
  { geometry }: StandardizationReport,
  profile: PhotoProfile,
  language: Language,
): Promise<Panel> {
  const scale = HEIGHT / profile.height;
  const width = Math.round(profile.width * scale);
  const picture = await sharp(jpeg).resize(width, HEIGHT).png().toBuffer();
  const shapes = geometry ? drawResult(geometry, profile, scale, language) : [];
  const title = text({ x: 12, y: 34 }, word('result', language), { size: 24, halo: true });
  return { width, png: await layOver(picture, width, HEIGHT, [...shapes, title]) };
}

async function listPanel(report: StandardizationReport, language: Language): Promise<Panel> {
  const shapes = drawCheckList(report, LIST_WIDTH, HEIGHT, language);
  const png = await sharp(document(LIST_WIDTH, HEIGHT, shapes))
    .png()
    .toBuffer();
  return { width: LIST_WIDTH, png };
}

function layOver(picture: Buffer, width: number, height: number, shapes: readonly string[]) {
  const drawing = document(width, height, shapes);
  return sharp(picture)
    .composite([{ input: drawing }])
    .png()
    .toBuffer();
}

async function joinPanels(panels: readonly Panel[]): Promise<Uint8Array> {
  const width = panels.reduce((sum, panel) => sum + panel.width, 0);
  let left = 0;
  const placed = panels.map(({ png, width: panelWidth }) => {
    const at = { input: png, left, top: 0 };
    left += panelWidth;
    return at;
  });
  return sharp({ create: { width, height: HEIGHT, channels: 3, background: COLOURS.panel } })
    .composite(placed)
    .png({ palette: false, compressionLevel: 6 })
    .toBuffer();
}
