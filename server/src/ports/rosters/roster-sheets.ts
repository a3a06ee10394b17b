import type { Failure, RosterColumn } from '@gradshot/domain';

/**
 * What a cell's text does not say. `number`: the file holds a number, which has lost its end beyond 15
 * digits; `date`: written as `YYYYMMDD` from the file's own date; `error`: the result of a formula that
 * failed (`#N/A`); `noResult`: a formula whose result is not in the file; `cut`: too long to be kept.
 */
export type CellMark = 'number' | 'date' | 'error' | 'noResult' | 'cut';

export type SheetRow = {
  /** As the spreadsheet counts, from 1. */
  readonly row: number;
  /** Trimmed, full-width signs made narrow; empty for an empty cell. */
  readonly cells: readonly string[];
  readonly marks?: Readonly<Record<number, CellMark>>;
  readonly hidden?: true;
};

export type Sheet = {
  readonly name: string;
  readonly hidden: boolean;
  /** Its rows in order, without empty ones. */
  readonly rows: readonly SheetRow[];
  /** Dates count from 1904. */
  readonly from1904: boolean;
  /** Columns beyond the limit had contents that were not read. */
  readonly wider: boolean;
};

/** How a sheet is read: found by itself, or set by hand. */
export type SheetPlan = {
  readonly used: boolean;
  /** First row of the header and its number of rows; 0 rows: there is none. */
  readonly headerFrom: number;
  readonly headerRows: number;
  /** What each column holds; null: nothing that is taken. */
  readonly columns: readonly (RosterColumn | null)[];
};

/** Headings of a school, as somebody set them by hand; null: not to be taken. */
export type KnownHeadings = Readonly<Record<string, RosterColumn | null>>;

export type RowFault = {
  readonly column: RosterColumn;
  readonly zh: string;
  readonly en: string;
};

export type PersonFields = Readonly<Partial<Record<RosterColumn, string>>>;

export type RowPlace = { readonly sheet: string; readonly row: number };

/** Why a row is no person; none is dropped without one of these. */
export type AsideReason =
  | 'sheetLeftOut'
  | 'noHeader'
  | 'aboveHeader'
  | 'header'
  | 'tail'
  | 'nobody'
  | 'leftOut'
  | 'repeated';

export type Verdict =
  | { readonly kind: 'good'; readonly fields: PersonFields }
  | { readonly kind: 'bad'; readonly fields: PersonFields; readonly faults: readonly RowFault[] }
  /** `same`: the row that stands for this one. */
  | { readonly kind: 'aside'; readonly reason: AsideReason; readonly same?: RowPlace };

/** A row of an import that has not been carried out yet. */
export type DraftRow = SheetRow & {
  readonly sheet: number;
  /** What somebody wrote in place of the file's own. */
  readonly edits?: PersonFields;
  readonly leftOut?: true;
};
export type JudgedRow = DraftRow & { readonly verdict: Verdict };

/** What is told of a sheet. */
export type SheetSummary = {
  readonly name: string;
  readonly hidden: boolean;
  readonly hiddenRows: readonly number[];
  /** Rows from the first to the last one that holds anything. */
  readonly rows: number;
  readonly empty: number;
  readonly wider: boolean;
  readonly from1904: boolean;
  readonly plan: SheetPlan;
  /** Of each column: its heading and a few of its values, long numbers masked. */
  readonly columns: readonly { readonly heading: string; readonly samples: readonly string[] }[];
  /** Columns without which nobody of this sheet can be taken. */
  readonly missing: readonly RosterColumn[];
  /** 学号 are numbers of different lengths: zeros at their beginning may be lost. */
  readonly lengthsDiffer: boolean;
  readonly good: number;
  readonly bad: number;
  readonly aside: number;
};

/** Rows in the order of the file, as one text that only its readers need to take apart. */
export type RowPortion = {
  /** JSON of `JudgedRow[]`. */
  readonly text: string;
  readonly good: number;
  readonly bad: number;
  readonly aside: number;
};

/** Rows a portion: so many are sealed and written without keeping anybody waiting. */
export const PORTION_ROWS = 100;

export type ReadingTask =
  | { readonly file: Uint8Array; readonly headings: KnownHeadings }
  /** Rows that were read before, under other plans or with other contents. */
  | {
      readonly portions: AsyncIterable<string>;
      readonly sheets: readonly SheetSummary[];
      readonly plans: readonly SheetPlan[];
    };

export type RosterReading = {
  /** Rows judged so far, of how many; null while that is not known. */
  readonly onProgress?: (done: number, total: number | null) => void;
  readonly signal?: AbortSignal;
  /** Takes the portions in order; the next one waits for it. */
  readonly onPortion: (portion: RowPortion) => Promise<void>;
};

export type RosterReader = {
  /**
   * Reads and judges beside the main thread. Failures: `roster.unreadable`, `roster.protected`,
   * `roster.tooMuch`, `roster.cancelled`.
   */
  run(
    task: ReadingTask,
    reading: RosterReading,
  ): Promise<
    | { readonly ok: true; readonly value: readonly SheetSummary[] }
    | { readonly ok: false; readonly error: Failure }
  >;
  /** A workbook of the bad rows, in the columns of their sheets, with what is wrong in the last one. */
  writeBad(bad: {
    /** JSON of `JudgedRow[]`, of which the bad ones are taken. */
    readonly portions: AsyncIterable<string>;
    readonly sheets: readonly SheetSummary[];
  }): Promise<Uint8Array>;
};
