import type { PrintSize } from './catalogue.ts';
import { SHEET_DPI } from './catalogue.ts';

const POINTS_PER_INCH = 72;

/** A page that holds the JPEG as it is and has exactly the paper's size. */
export async function wrapInPdf(
  jpeg: Uint8Array,
  { width, height }: PrintSize,
): Promise<Uint8Array> {
  // loaded when the first sheet is printed: most photos never are
  const { PDFDocument } = await import('@cantoo/pdf-lib');
  // no dates and no producer, so that the same sheet is the same file
  const document = await PDFDocument.create({ updateMetadata: false });
  const size = { width: toPoints(width), height: toPoints(height) };
  const page = document.addPage([size.width, size.height]);
  page.drawImage(await document.embedJpg(jpeg), { x: 0, y: 0, ...size });
  return document.save();
}

function toPoints(pixels: number): number {
  return (pixels / SHEET_DPI) * POINTS_PER_INCH;
}
