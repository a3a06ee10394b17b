import type { ReceiptReader } from '../../ports/publishing/receipt-reader.ts';
import { askThread } from './one-task-thread.ts';

/** Beside the main thread: a workbook is read at one go, and with it the library that reads it. */
export function createReceiptReader(): ReceiptReader {
  return { read: (file) => askThread('receipt-thread.ts', { file }) };
}
