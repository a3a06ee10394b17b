import type { Result } from '@gradshot/domain';

export type ReceiptLine = {
  /** Line of the file or row of the sheet, from 1. */
  readonly row: number;
  readonly cells: readonly string[];
};

export type ReceiptReader = {
  /** All lines that are not empty. Failures: `publishing.receiptUnreadable`, `request.tooLarge`. */
  read(file: Uint8Array): Promise<Result<readonly ReceiptLine[]>>;
};
