import { DownloadOutlined } from '@ant-design/icons';
import type { Batch, RosterDraft } from '@gradshot/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Result } from 'antd';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { useLanguage } from '../../i18n/language.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import { useImports } from './draft-queries.ts';
import { saveBadRows } from './save-bad-rows.ts';

type OutcomeStepProps = {
  readonly batch: Batch;
  readonly draft: RosterDraft;
  readonly onAgain: () => void;
};

/** What the import did, and what is left to do. */
export function OutcomeStep({ batch, draft, onAgain }: OutcomeStepProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const navigate = useNavigate();
  const queries = useQueryClient();
  useEffect(() => void queries.invalidateQueries({ queryKey: ['roster'] }), [queries]);
  const imports = useImports(batch.batchId);
  const done = imports.data?.find(({ importId }) => importId === draft.importId);
  const words = t.rosterImport;
  const download = async () => {
    const failure = await saveBadRows(draft);
    if (failure) notify.failed(failure);
  };
  if (!done) return <LoadState query={imports} />;
  const { added, changed, unchanged, bad, refused } = done;
  return (
    <Result
      status="success"
      title={t.batches.imported(added + changed)}
      subTitle={
        <>
          <div>{words.outcome(added, changed, unchanged)}</div>
          {bad > 0 ? <div>{words.badLeft(bad)}</div> : null}
          {refused > 0 ? <div>{words.refused(refused)}</div> : null}
        </>
      }
      extra={[
        <Button key="roster" type="primary" onClick={() => navigate(`/batches/${batch.batchId}`)}>
          {t.roster.open}
        </Button>,
        ...(bad > 0
          ? [
              <Button key="bad" icon={<DownloadOutlined />} onClick={() => void download()}>
                {words.downloadBad}
              </Button>,
            ]
          : []),
        <Button key="again" onClick={onAgain}>
          {words.another}
        </Button>,
      ]}
    />
  );
}
