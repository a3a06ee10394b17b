import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SheetWriter } from '../../ports/publishing/sheet-writer.ts';

/** Every cell is text, so that no number loses its end. */
export function createXlsxWriter(): SheetWriter {
  return {
    async xlsx(table) {
      const worker = new Worker(join(import.meta.dirname, 'xlsx-thread.ts'), {
        workerData: { table },
      });
      try {
        const [bytes] = (await once(worker, 'message')) as [Uint8Array];
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      } finally {
        await worker.terminate();
      }
    },
  };
}
