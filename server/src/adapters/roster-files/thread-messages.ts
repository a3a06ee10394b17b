import type { ErrorCode } from '@gradshot/domain';
import type {
  KnownHeadings,
  RowPortion,
  SheetPlan,
  SheetSummary,
} from '../../ports/rosters/roster-sheets.ts';

export type ToThread =
  /** Before every task: nothing of the one before is kept. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly headings: KnownHeadings }
  /** JSON of rows that were judged before. */
  | { readonly kind: 'rows'; readonly text: string }
  | {
      readonly kind: 'judge';
      readonly sheets: readonly SheetSummary[];
      readonly plans: readonly SheetPlan[];
    }
  | { readonly kind: 'next' }
  /** Ends the rows: a workbook of the bad ones. */
  | { readonly kind: 'write'; readonly sheets: readonly SheetSummary[] };

export type FromThread =
  | { readonly kind: 'portion'; readonly portion: RowPortion; readonly total: number }
  | { readonly kind: 'written'; readonly bytes: Uint8Array }
  | { readonly kind: 'done'; readonly sheets: readonly SheetSummary[] }
  | { readonly kind: 'failed'; readonly code: ErrorCode };
