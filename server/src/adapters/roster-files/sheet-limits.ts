/** 200,000 people, ten years of the largest universities, with their headers, sums and notes. */
const MAX_ROWS = 201_000;
const MAX_CELLS = 8_000_000;
export const MAX_COLUMNS = 64;
/** No field of a register is that long; more would only fill the memory. */
export const MAX_TEXT = 200;

/** More rows or cells than anybody's register has. */
export class TooMuch extends Error {}

/** Counts what is kept, over all sheets of a file. */
export type Budget = { rows: number; cells: number };

export function spend(budget: Budget, cells: number): void {
  budget.rows -= 1;
  budget.cells -= cells;
  if (budget.rows < 0 || budget.cells < 0) throw new TooMuch();
}

export const newBudget = (): Budget => ({ rows: MAX_ROWS, cells: MAX_CELLS });

/** Signs that nobody sees, left by programs and by copying from web pages. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** `１１０ ` and `110` are the same to whoever typed them (NFKC). */
export function plainText(text: string): string {
  return text.slice(0, MAX_TEXT).normalize('NFKC').replaceAll(INVISIBLE, '').trim();
}
