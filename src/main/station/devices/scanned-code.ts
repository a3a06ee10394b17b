import type { CodePayload } from '@gradshot/domain';
import type { ScannedCode } from '../../../shared/index.ts';
import type { Clock } from '../ground/clock.ts';

/** What a scanner has just read, for the page that waits for one. */
export type ScannedCodes = {
  heard(code: CodePayload): void;
  view(): ScannedCode | undefined;
  close(): void;
};

/** A page that is slow hears it, and one that opens later does not: nobody's code lies about. */
const SHOWN_MS = 2000;

export function createScannedCodes(clock: Clock, onChange: () => void): ScannedCodes {
  let number = 0;
  let shown: ScannedCode | undefined;
  let cancel = () => {};
  return {
    heard(code) {
      cancel();
      number += 1;
      shown = { number, code };
      cancel = clock.after(SHOWN_MS, () => {
        shown = undefined;
        onChange();
      });
      onChange();
    },
    view: () => shown,
    close: () => cancel(),
  };
}
