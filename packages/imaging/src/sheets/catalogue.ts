/** Pixels per inch of every sheet, so that the sizes below come out of a printer as named. */
export const SHEET_DPI = 300;

/** A photo on the sheet, or the paper itself, in pixels at 300 dpi. */
export type PrintSize = { readonly width: number; readonly height: number };

export type Cell = PrintSize & {
  /** Key on the command line and in plans. */
  readonly id: string;
  readonly zh: string;
  readonly en: string;
};

export type Paper = PrintSize & { readonly id: string; readonly zh: string; readonly en: string };

const MM_PER_INCH = 25.4;

/** Whole pixels of a length in millimetres. */
export function fromMillimetres(mm: number): number {
  return Math.round((mm / MM_PER_INCH) * SHEET_DPI);
}

/** A photo of a size given in millimetres. */
export function cellInMillimetres(id: string, widthMm: number, heightMm: number): Cell {
  const name = `${widthMm} × ${heightMm} mm`;
  const size = { width: fromMillimetres(widthMm), height: fromMillimetres(heightMm) };
  return { id, ...size, zh: name, en: name };
}

/**
 * Usual prints. There is no authoritative 排版照 format: these are the sizes that photo shops and
 * portals name, and a plan may hold any others.
 */
export const CELLS = [
  { id: '1in', width: 295, height: 413, zh: '1 寸', en: '1 inch' },
  { id: '2in', width: 413, height: 626, zh: '2 寸', en: '2 inch' },
  { id: 'small-2in', width: 390, height: 567, zh: '小 2 寸', en: 'Small 2 inch' },
  cellInMillimetres('33x48mm', 33, 48),
  cellInMillimetres('35x49mm', 35, 49),
  { id: 'chsi', width: 480, height: 640, zh: '学历照 480 × 640', en: 'Diploma photo 480 × 640' },
] as const satisfies readonly Cell[];

export const PAPERS = [
  { id: '5in', width: 1500, height: 1051, zh: '5 寸', en: '5 inch' },
  { id: '6in', width: 1795, height: 1205, zh: '6 寸', en: '6 inch' },
  { id: 'a4', width: 3508, height: 2479, zh: 'A4', en: 'A4' },
] as const satisfies readonly Paper[];

export function findCell(id: string): Cell | undefined {
  return CELLS.find((cell) => cell.id === id);
}

export function findPaper(id: string): Paper | undefined {
  return PAPERS.find((paper) => paper.id === id);
}
