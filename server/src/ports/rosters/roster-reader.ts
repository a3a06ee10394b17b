import type { Result } from '@gradshot/domain';

export type RosterCell = {
  /** Trimmed, full-width signs made narrow; empty for an empty cell. Dates as `YYYYMMDD`. */
  readonly text: string;
  /** The file holds a number: beyond 15 digits it has lost its end. */
  readonly numeric: boolean;
};

export type RosterRow = {
  /** Row of the sheet; the header is usually 1. */
  readonly row: number;
  readonly cells: readonly RosterCell[];
};

/** The first sheet: its rows in order, empty ones left out; the first one is the header. */
export type RosterTable = { readonly rows: readonly RosterRow[] };

export type RosterReader = {
  /** Failures: `roster.unreadable`, `request.tooLarge` (unpacked size or number of rows). */
  read(file: Uint8Array): Promise<Result<RosterTable>>;
};
