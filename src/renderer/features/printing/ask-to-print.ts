import type { Result } from '@gradshot/domain';
import type { PrintOutcome } from '../../../shared/index.ts';
import { printPage } from '../../ui/print-page.ts';

/** Where the shell has no printer of its own, what the station gives is printed by the page. */
export async function printGiven(
  asked: Promise<Result<PrintOutcome>>,
): Promise<Result<PrintOutcome>> {
  const result = await asked;
  if (result.ok && result.value.outcome === 'given') printPage(result.value.html);
  return result;
}
