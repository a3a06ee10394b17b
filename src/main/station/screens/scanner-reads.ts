import { type CodePayload, codeKey, codeOfBytes, fail, ok, type Result } from '@gradshot/domain';
import type { Clock } from '../ground/clock.ts';
import type { Log } from '../ground/core.ts';

/** A page that opens just then takes it on; later nobody means it any more. */
const READ_LASTS_MS = 1500;
const SAME_CODE_MS = 1000;
/** More at once are no people with their phones. */
const MOST_WAITING = 8;

/**
 * What scanners have read, until the page that waits for a code takes it on: where keys would go, so that
 * a read is worth the same whether the scanner types or not. Each is taken once.
 */
export type ScannerReads = {
  heard(bytes: Uint8Array): void;
  /** The number of the read whose turn it is. */
  waiting(): number | undefined;
  take(read: number): Result<CodePayload>;
  close(): void;
};

export type ScannerReadsOptions = {
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
};

export function createScannerReads({ clock, log, onChange }: ScannerReadsOptions): ScannerReads {
  let reads: { number: number; code: CodePayload; forget: () => void }[] = [];
  let count = 0;
  const without = (number: number) => {
    reads = reads.filter((read) => read.number !== number);
    onChange();
  };
  let last: { readonly key: string; readonly at: number } | undefined;
  /** One that is held before a code reads it again and again. */
  const isDoubled = (code: CodePayload) => {
    const [key, at] = [codeKey(code), clock.monotonic()];
    const doubled = last?.key === key && at - last.at < SAME_CODE_MS;
    last = { key, at };
    return doubled;
  };
  const drop = () => log('info', 'A code was scanned while no page waited for one');
  return {
    heard(bytes) {
      const code = codeOfBytes(bytes);
      if (isDoubled(code)) return;
      if (reads.length >= MOST_WAITING) return drop();
      count += 1;
      const number = count;
      const forget = clock.after(READ_LASTS_MS, () => {
        drop();
        without(number);
      });
      reads.push({ number, code, forget });
      onChange();
    },
    waiting: () => reads[0]?.number,
    take(number) {
      const read = reads[0]?.number === number ? reads[0] : undefined;
      if (!read) return fail('request.notFound');
      read.forget();
      without(number);
      return ok(read.code);
    },
    close() {
      for (const read of reads) read.forget();
      reads = [];
    },
  };
}
