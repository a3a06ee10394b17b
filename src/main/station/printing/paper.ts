import type { SheetPaper } from '../../../shared/index.ts';
import type { PageSize } from './print-document.ts';

/** Sheets are made for so many dots an inch, and come out of a printer as large as that says. */
export const SHEET_DPI = 300;
const MM_PER_INCH = 25.4;

/** As it lies before the reader of a sheet: the longer side across. */
const PAPERS: Readonly<Record<SheetPaper, PageSize>> = {
  '5in': { widthMm: 127, heightMm: 89 },
  '6in': { widthMm: 152, heightMm: 102 },
  a4: { widthMm: 297, heightMm: 210 },
};

export const across = (paper: SheetPaper): PageSize => PAPERS[paper];

export function upright(paper: SheetPaper): PageSize {
  const { widthMm, heightMm } = PAPERS[paper];
  return { widthMm: heightMm, heightMm: widthMm };
}

export const toMillimetres = (pixels: number) => (pixels / SHEET_DPI) * MM_PER_INCH;

/** Width of the roll of a receipt printer. */
export const ROLL_MM = 80;
/** Its print head leaves so much free on either side. */
export const ROLL_MARGIN_MM = 4;
