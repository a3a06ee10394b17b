import type { Result } from '@gradshot/domain';
import { client } from '../client.ts';
import type { ScanOutcome } from '../platform/ports.ts';
import { arrivalCodeOf } from '../state/arrival-code.ts';
import { go, type goInstead } from './navigation.ts';

const { scan } = client.platform;

/** Opens the page that belongs to what was scanned: 到场 of a station, else 核验 of a 采集码. */
export async function followScan(
  outcome: Result<ScanOutcome>,
  open: typeof go | typeof goInstead = go,
): Promise<void> {
  const code = arrivalCodeOf(outcome);
  if (code) open('arrival', { code });
  else if (await client.eligibility.getState().resolve(outcome)) open('verify');
}

/** 扫码 by the phone's own scanner, or in a page where it has none. */
export async function startScan(): Promise<void> {
  if (scan.kind === 'live') go('scan');
  else await followScan(await scan.scan());
}
