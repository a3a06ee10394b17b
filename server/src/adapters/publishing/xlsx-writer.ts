import type { SheetWriter } from '../../ports/publishing/sheet-writer.ts';
import { askThread } from './one-task-thread.ts';

/** Every cell is text, so that no number loses its end. */
export function createXlsxWriter(): SheetWriter {
  return {
    async xlsx(table) {
      const bytes = await askThread<Uint8Array>('xlsx-thread.ts', { table });
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    },
  };
}
