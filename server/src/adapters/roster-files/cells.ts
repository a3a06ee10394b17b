import type { RosterCell } from '../../ports/rosters/roster-reader.ts';

/** The largest universities graduate some 20,000 a year. */
export const MAX_ROWS = 50_000;
export const MAX_COLUMNS = 64;
/** No field of a register is that long; more would only fill the memory. */
const MAX_TEXT = 200;

export class TooManyRows extends Error {}

/** `１１０ ` and `110` are the same to whoever typed them (NFKC). */
export function textCell(text: string): RosterCell {
  return { text: text.slice(0, MAX_TEXT).normalize('NFKC').trim(), numeric: false };
}
