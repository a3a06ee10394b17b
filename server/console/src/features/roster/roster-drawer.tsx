import { InboxOutlined } from '@ant-design/icons';
import { type Batch, MAX_ROSTER_BYTES, type RosterResult } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { Alert, Button, Drawer, Spin, Table, Upload } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import { Figures } from './figures.tsx';
import styles from './import-drawer.module.css';

type Step =
  | { readonly step: 'choose'; readonly failure?: Failure | 'tooLarge' }
  | { readonly step: 'busy'; readonly importing: boolean }
  | { readonly step: 'checked'; readonly file: File; readonly result: RosterResult };

type RosterDrawerProps = {
  readonly batch: Batch;
  readonly onImported: () => void;
  readonly onClose: () => void;
};

/** A register comes in: checked first, shown with the errors of each row, then imported whole. */
export function RosterDrawer({ batch, onImported, onClose }: RosterDrawerProps) {
  const { t } = useLanguage();
  const [step, setStep] = useState<Step>({ step: 'choose' });
  const send = async (file: File, dryRun: boolean) => {
    if (file.size > MAX_ROSTER_BYTES) return setStep({ step: 'choose', failure: 'tooLarge' });
    setStep({ step: 'busy', importing: !dryRun });
    const answer = await client.sendBytes('importRoster', {
      params: { batchId: batch.batchId },
      query: { dryRun: dryRun ? 'true' : 'false' },
      bytes: file,
    });
    if (answer.ok) {
      setStep({ step: 'checked', file, result: answer.value });
      if (answer.value.imported) onImported();
    } else setStep({ step: 'choose', failure: answer.error });
  };
  return (
    <Drawer open size={720} title={t.batches.rosterTitle(batch.name)} onClose={onClose}>
      {step.step === 'choose' ? (
        <Choose failure={step.failure} onFile={(file) => void send(file, true)} />
      ) : null}
      {step.step === 'busy' ? (
        <Spin
          className={styles.busy ?? ''}
          description={step.importing ? t.batches.importing : t.batches.checking}
        >
          <div className={styles.room} />
        </Spin>
      ) : null}
      {step.step === 'checked' ? (
        <Checked
          result={step.result}
          onImport={() => void send(step.file, false)}
          onAgain={() => setStep({ step: 'choose' })}
          onClose={onClose}
        />
      ) : null}
    </Drawer>
  );
}

type ChooseProps = {
  readonly failure: Failure | 'tooLarge' | undefined;
  readonly onFile: (file: File) => void;
};

function Choose({ failure, onFile }: ChooseProps) {
  const { t, explain } = useLanguage();
  return (
    <div className={styles.stack}>
      <p>{t.batches.rosterLead}</p>
      <p className={page.lead}>{t.batches.rosterAllOrNothing}</p>
      {failure ? (
        <Alert
          type="error"
          showIcon
          title={failure === 'tooLarge' ? t.batches.tooLarge : explain(failure)}
        />
      ) : null}
      <Upload.Dragger
        accept=".xlsx,.csv"
        maxCount={1}
        showUploadList={false}
        beforeUpload={(file) => {
          onFile(file);
          return false;
        }}
      >
        <p className={styles.icon}>
          <InboxOutlined />
        </p>
        <p>{t.batches.drop}</p>
        <p className={page.lead}>{t.batches.dropLead}</p>
      </Upload.Dragger>
    </div>
  );
}

type CheckedProps = {
  readonly result: RosterResult;
  readonly onImport: () => void;
  readonly onAgain: () => void;
  readonly onClose: () => void;
};

function Checked({ result, onImport, onAgain, onClose }: CheckedProps) {
  const { t } = useLanguage();
  const clean = result.errors.length === 0;
  const count = result.added + result.updated;
  return (
    <div className={styles.stack}>
      <Verdict result={result} />
      <Figures
        figures={[
          [t.batches.total, result.total],
          [t.batches.added, result.added],
          [t.batches.updated, result.updated],
          [t.batches.unchanged, result.unchanged],
        ]}
      />
      {clean ? null : <RowErrors errors={result.errors} />}
      <div className={page.bar}>
        {result.imported ? (
          <Button type="primary" onClick={onClose}>
            {t.common.close}
          </Button>
        ) : (
          <>
            <Button type="primary" disabled={!clean || count === 0} onClick={onImport}>
              {t.batches.import}
            </Button>
            <Button onClick={onAgain}>{t.batches.again}</Button>
          </>
        )}
      </div>
    </div>
  );
}

function Verdict({ result }: { result: RosterResult }) {
  const { t } = useLanguage();
  const count = result.added + result.updated;
  if (result.imported) return <Alert type="success" showIcon title={t.batches.imported(count)} />;
  return result.errors.length === 0 ? (
    <Alert type="info" showIcon title={t.batches.clean(count)} />
  ) : (
    <Alert type="error" showIcon title={t.batches.dirty(result.errors.length)} />
  );
}

function RowErrors({ errors }: Pick<RosterResult, 'errors'>) {
  const { t, pick } = useLanguage();
  return (
    <Table
      size="small"
      rowKey={(error) => `${error.row}-${error.column}-${error.zh}`}
      dataSource={errors}
      pagination={{ pageSize: 10, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
      columns={[
        { title: t.batches.row, dataIndex: 'row', width: 64, className: 'num' },
        { title: t.batches.column, dataIndex: 'column', width: 120 },
        { title: t.batches.problem, key: 'problem', render: (_, error) => pick(error) },
      ]}
    />
  );
}
