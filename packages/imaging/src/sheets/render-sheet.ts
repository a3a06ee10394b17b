import { ok, type Result } from '@gradshot/domain';
import { writeHeader } from '../jpeg/header.ts';
import { encodeJpeg } from '../jpeg/size-window.ts';
import type { RgbImage } from '../picture/rgb-image.ts';
import { writeCaption } from './caption.ts';
import { SHEET_DPI } from './catalogue.ts';
import { layOutSheet, type SheetLayout } from './layout.ts';
import { blankPaper, drawCutLines, layPhoto } from './marks.ts';
import { wrapInPdf } from './pdf.ts';
import { captionOf, type SheetPlan } from './plan.ts';
import type { Portrait } from './portrait.ts';

/** A finished 排版照. */
export type Sheet = {
  readonly paper: string;
  /** Pixels at 300 dpi; swapped against the paper's when it was turned. */
  readonly width: number;
  readonly height: number;
  readonly copies: number;
  /** 300 dpi, sRGB. */
  readonly jpeg: Uint8Array;
  /** One page of exactly the paper's size with the same picture. */
  readonly pdf: Uint8Array;
};

/** High enough for a second generation after the printer's own rendering. */
const QUALITY = 95;

/** Makes a print sheet. Fails with `imaging.sheetTooSmall`. */
export async function renderSheet(portrait: Portrait, plan: SheetPlan): Promise<Result<Sheet>> {
  const layout = layOutSheet(plan);
  if (!layout.ok) return layout;
  const { width, height, placed } = layout.value;
  const paper = await printPaper(portrait, plan, layout.value);
  const jpeg = writeHeader(await encodeJpeg(paper, QUALITY, '4:4:4'), SHEET_DPI);
  const pdf = await wrapInPdf(jpeg, { width, height });
  return ok({ paper: plan.paper.id, width, height, copies: placed.length, jpeg, pdf });
}

async function printPaper(
  portrait: Portrait,
  plan: SheetPlan,
  { placed, captionY, ...size }: SheetLayout,
): Promise<RgbImage> {
  const paper = blankPaper(size);
  drawCutLines(paper, placed, plan.cutLines);
  const photos = new Map<string, RgbImage>();
  for (const { cell, x, y } of placed) {
    const key = `${cell.width}x${cell.height}`;
    const photo = photos.get(key) ?? (await portrait.photo(cell));
    photos.set(key, photo);
    layPhoto(paper, photo, x, y);
  }
  const caption = captionOf(plan);
  return caption ? writeCaption(paper, caption, captionY) : paper;
}
