import type { Batch } from '@gradshot/contract';
import { Result } from 'antd';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { useLanguage } from '../../i18n/language.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { useBatches } from './batch-queries.ts';

/** The batch that the address names, once it is known, and nothing of one that there is not. */
export function BatchOfAddress({ children }: { children: (batch: Batch) => ReactNode }) {
  const { batchId = '' } = useParams();
  const { t } = useLanguage();
  const batches = useBatches();
  const batch = batches.data?.batches.find((one) => one.batchId === batchId);
  if (!batches.data)
    return (
      <div className={page.page}>
        <LoadState query={batches} />
      </div>
    );
  return batch ? children(batch) : <Result status="404" title={t.missing.title} />;
}
