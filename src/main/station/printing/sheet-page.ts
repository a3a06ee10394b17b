import { fail, glossary, type Language, ok, type Result } from '@gradshot/domain';
import type { SheetPaper } from '../../../shared/index.ts';
import type { PrintDocument } from '../api.ts';
import { type PictureSize, wholeJpeg } from '../devices/whole-jpeg.ts';
import { html } from './markup.ts';
import { across, SHEET_DPI, toMillimetres, upright } from './paper.ts';
import { type PageSize, printDocument } from './print-document.ts';

type Sheet = {
  readonly jpeg: Uint8Array;
  readonly paper: SheetPaper;
  readonly orderNo: string;
  readonly language: Language;
};

/** Whole pixels never are whole millimetres. */
const TOLERANCE_MM = 0.2;

/**
 * A 排版照 as the server made it, byte for byte, in the middle of the page at its own size: never scaled to
 * fit. `station.sheetUnusable` where it is no whole picture, or larger than the paper.
 */
export function sheetPage({ jpeg, paper, orderNo, language }: Sheet): Result<PrintDocument> {
  const size = wholeJpeg(jpeg);
  if (!size) return fail('station.sheetUnusable');
  const page = size.width >= size.height ? across(paper) : upright(paper);
  const { widthMm, heightMm } = physical(size);
  if (widthMm > page.widthMm + TOLERANCE_MM || heightMm > page.heightMm + TOLERANCE_MM)
    return fail('station.sheetUnusable');
  const picture = `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`;
  return ok(
    printDocument({
      ...{
        title: glossary.printSheet[language],
        fileName: `${glossary.printSheet.zh}-${orderNo}.pdf`,
      },
      ...{ page, language, css: css(page, size) },
      body: html`<main><img alt="" src="${picture}"></main>`,
    }),
  );
}

function physical({ width, height }: PictureSize): PageSize {
  return { widthMm: toMillimetres(width), heightMm: toMillimetres(height) };
}

function css(page: PageSize, size: PictureSize): string {
  const { widthMm, heightMm } = physical(size);
  const left = (page.widthMm - widthMm) / 2;
  const top = (page.heightMm - heightMm) / 2;
  return `
main { position: relative; width: ${page.widthMm}mm; height: ${page.heightMm}mm; overflow: hidden; break-inside: avoid; }
img {
  position: absolute; left: ${left.toFixed(3)}mm; top: ${top.toFixed(3)}mm;
  width: calc(${size.width}in / ${SHEET_DPI}); height: calc(${size.height}in / ${SHEET_DPI});
  max-width: none;
}`;
}
