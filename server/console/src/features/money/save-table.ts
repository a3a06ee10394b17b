import type { Failure, Result } from '@gradshot/domain';

type Days = { readonly from: string; readonly until: string };

/** Downloads a table; the failure when it could not be had. */
export async function saveTable(
  name: string,
  { from, until }: Days,
  ask: () => Promise<Result<unknown>>,
): Promise<Failure | undefined> {
  const answer = await ask();
  if (!answer.ok) return answer.error;
  const blob = new Blob([answer.value as BlobPart], { type: 'text/csv' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${name}-${from}-${until}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
  return undefined;
}
