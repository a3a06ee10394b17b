import type { Batch } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { client } from '../../api/client.ts';
import { dateTime } from '../../i18n/times.ts';

/** Downloads who is not done yet; the failure when it could not be had. */
export async function saveUndone(
  { batchId, school, name }: Batch,
  className: string | undefined,
): Promise<Failure | undefined> {
  const query = className ? { className } : {};
  const answer = await client.call('exportRoster', { params: { batchId }, query });
  if (!answer.ok) return answer.error;
  const blob = new Blob([answer.value as BlobPart], { type: 'text/csv' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  const day = dateTime(new Date()).slice(0, 10);
  link.download = `${school}-${name}-${className ? `${className}-` : ''}未完成-${day}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
  return undefined;
}
