import type { RosterDraft } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { client } from '../../api/client.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TIMEOUT_MS = 120_000;

/** Downloads the rows that cannot be taken, with what is wrong; the failure when it could not be had. */
export async function saveBadRows({
  draftId,
  fileName,
}: Pick<RosterDraft, 'draftId' | 'fileName'>): Promise<Failure | undefined> {
  const answer = await client.call(
    'downloadBadRows',
    { params: { draftId } },
    { timeoutMs: TIMEOUT_MS },
  );
  if (!answer.ok) return answer.error;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([answer.value as BlobPart], { type: XLSX }));
  link.download = `${fileName.replace(/\.[^.]*$/, '') || '名单'}-有问题的行.xlsx`;
  link.click();
  URL.revokeObjectURL(link.href);
  return undefined;
}
