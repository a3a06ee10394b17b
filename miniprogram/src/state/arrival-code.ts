import type { Result } from '@gradshot/domain';
import type { ScanOutcome } from '../platform/ports.ts';

/** The address that a station shows for 到场; whoever scans it outside of this program opens the page. */
const ARRIVAL = /\/h5\/#\/pages\/arrival\/index\?code=([\w.-]{1,128})$/;

/** The code in what was scanned, where that is a station's and no 采集码. */
export function arrivalCodeOf(outcome: Result<ScanOutcome>): string | undefined {
  if (!outcome.ok || !outcome.value || !('codes' in outcome.value)) return undefined;
  for (const code of outcome.value.codes) {
    const found = 'payload' in code ? ARRIVAL.exec(code.payload)?.[1] : undefined;
    if (found) return found;
  }
  return undefined;
}
