import type { ExportBatch, ExportState } from '@gradshot/contract';
import { Tag } from 'antd';
import { useLanguage } from '../../i18n/language.tsx';

const COLOURS: Readonly<Record<ExportState, string>> = {
  asked: 'warning',
  declined: 'default',
  making: 'processing',
  made: 'success',
  cancelling: 'processing',
  cancelled: 'default',
};

export function ExportStateTag({ batch }: { batch: ExportBatch }) {
  const { t } = useLanguage();
  const { state, counts, downloadedAt } = batch;
  const answered = counts.accepted + counts.refused;
  const words =
    state !== 'made'
      ? t.publishing.states[state]
      : answered > 0 && counts.publishing === 0
        ? t.publishing.settled
        : downloadedAt
          ? t.publishing.awaitingReceipt
          : t.publishing.states.made;
  return <Tag color={COLOURS[state]}>{words}</Tag>;
}
