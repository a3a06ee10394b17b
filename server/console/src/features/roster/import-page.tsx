import { ArrowLeftOutlined } from '@ant-design/icons';
import type { Batch, RosterDraft } from '@gradshot/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Progress, Steps } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import { BatchOfAddress } from '../batches/batch-of-address.tsx';
import { useDraft, useShowDraft } from './draft-queries.ts';
import styles from './import-page.module.css';
import { OutcomeStep } from './outcome-step.tsx';
import { RowsStep } from './rows-step.tsx';
import { SheetsStep } from './sheets-step.tsx';
import { UploadStep } from './upload-step.tsx';

/** A roster on its way into a batch: file, sheets and columns, rows, outcome. */
export function ImportPage() {
  return <BatchOfAddress>{(batch) => <BatchImport batch={batch} />}</BatchOfAddress>;
}

function BatchImport({ batch }: { batch: Batch }) {
  const [params, setParams] = useSearchParams();
  const draftId = params.get('draft') ?? undefined;
  const query = useDraft(draftId);
  const show = useShowDraft();
  const [planning, setPlanning] = useState(false);
  const draft = draftId ? query.data : undefined;
  const open = (next: RosterDraft) => {
    show(next);
    setPlanning(false);
    setParams({ draft: next.draftId }, { replace: draftId !== undefined });
  };
  const again = () => {
    setPlanning(false);
    setParams({});
  };
  const step = draft ? stepOf(draft, planning) : 0;
  return (
    <div className={`${page.page} ${styles.page}`}>
      <Header batch={batch} />
      <StepBar step={step} />
      {draftId && !draft ? <LoadState query={query} /> : null}
      {draftId === undefined || draft?.state === 'failed' || draft?.state === 'cancelled' ? (
        <UploadStep batch={batch} former={draft} onUploaded={open} />
      ) : null}
      {draft && isBusy(draft) ? <Busy draft={draft} /> : null}
      {draft?.state === 'ready' && step === 1 ? (
        <SheetsStep
          key={draft.draftId}
          draft={draft}
          onPlanned={open}
          onBack={planning ? () => setPlanning(false) : again}
        />
      ) : null}
      {draft?.state === 'ready' && step === 2 ? (
        <RowsStep draft={draft} onChanged={show} onPlan={() => setPlanning(true)} onAgain={again} />
      ) : null}
      {draft?.state === 'imported' ? (
        <OutcomeStep batch={batch} draft={draft} onAgain={again} />
      ) : null}
    </div>
  );
}

const isBusy = ({ state }: RosterDraft) =>
  state === 'reading' || state === 'importing' || state === 'cancelling';

/** Nobody can be taken of a file whose columns nobody has named yet. */
function stepOf({ state, sheets }: RosterDraft, planning: boolean): number {
  if (state === 'failed' || state === 'cancelled') return 0;
  if (state === 'imported') return 3;
  if (state === 'importing' || state === 'cancelling') return 2;
  if (state === 'reading') return 1;
  return planning || sheets.every(({ missing }) => missing.length > 0) ? 1 : 2;
}

function StepBar({ step }: { step: number }) {
  const { t } = useLanguage();
  const { upload, sheets, rows, outcome } = t.rosterImport.steps;
  return (
    <Steps
      size="small"
      current={step}
      items={[upload, sheets, rows, outcome].map((title) => ({ title }))}
    />
  );
}

/** With the way to stop it. */
function Busy({ draft }: { draft: RosterDraft }) {
  const { t } = useLanguage();
  const notify = useNotify();
  const show = useShowDraft();
  const queries = useQueryClient();
  const { done, total, state, draftId } = draft;
  const cancel = async () => {
    const answer = await client.call('cancelRosterDraft', { params: { draftId } });
    if (!answer.ok) return notify.failed(answer.error);
    show(answer.value);
    void queries.invalidateQueries({ queryKey: ['roster'] });
  };
  const words = t.rosterImport.busy;
  return (
    <div className={styles.busy}>
      <strong>{words[state === 'importing' || state === 'cancelling' ? state : 'reading']}</strong>
      <Progress
        percent={total ? Math.floor((done / total) * 100) : 0}
        status="active"
        aria-label={words.progress}
      />
      <span className={page.lead}>{total ? words.rows(done, total) : words.lead}</span>
      <Button disabled={state === 'cancelling'} onClick={() => void cancel()}>
        {t.rosterImport.stop}
      </Button>
    </div>
  );
}

function Header({ batch }: { batch: Batch }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  return (
    <PageHeader
      title={
        <>
          <Button
            type="text"
            size="small"
            icon={<ArrowLeftOutlined />}
            aria-label={t.review.back}
            onClick={() => navigate(`/batches/${batch.batchId}`)}
          />{' '}
          {t.batches.rosterTitle(`${batch.school} · ${batch.name}`)}
        </>
      }
    />
  );
}
