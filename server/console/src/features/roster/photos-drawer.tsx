import { InboxOutlined } from '@ant-design/icons';
import { type Batch, MAX_ROSTER_PHOTOS_BYTES, type RosterPhotosResult } from '@gradshot/contract';
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
  | { readonly step: 'checked'; readonly file: File; readonly result: RosterPhotosResult };

type PhotosDrawerProps = {
  readonly batch: Batch;
  readonly onImported: () => void;
  readonly onClose: () => void;
};

/** A thousand portraits are decoded one by one. */
const TIMEOUT_MS = 300_000;

/** Reference photos come in: checked first, shown with what does not fit, then taken. */
export function PhotosDrawer({ batch, onImported, onClose }: PhotosDrawerProps) {
  const { t } = useLanguage();
  const [step, setStep] = useState<Step>({ step: 'choose' });
  const send = async (file: File, dryRun: boolean) => {
    if (file.size > MAX_ROSTER_PHOTOS_BYTES)
      return setStep({ step: 'choose', failure: 'tooLarge' });
    setStep({ step: 'busy', importing: !dryRun });
    const answer = await client.sendBytes(
      'importRosterPhotos',
      {
        params: { batchId: batch.batchId },
        query: { dryRun: dryRun ? 'true' : 'false' },
        bytes: file,
      },
      { timeoutMs: TIMEOUT_MS },
    );
    if (!answer.ok) return setStep({ step: 'choose', failure: answer.error });
    setStep({ step: 'checked', file, result: answer.value });
    if (answer.value.imported) onImported();
  };
  return (
    <Drawer open size={720} title={t.roster.photosTitle(batch.name)} onClose={onClose}>
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
      <p>{t.roster.photosLead}</p>
      <p className={page.lead}>{t.roster.photosUse}</p>
      {failure ? (
        <Alert
          type="error"
          showIcon
          title={failure === 'tooLarge' ? t.roster.photosTooLarge : explain(failure)}
        />
      ) : null}
      <Upload.Dragger
        accept=".zip"
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
        <p>{t.roster.photosDrop}</p>
        <p className={page.lead}>{t.roster.photosDropLead}</p>
      </Upload.Dragger>
    </div>
  );
}

type CheckedProps = {
  readonly result: RosterPhotosResult;
  readonly onImport: () => void;
  readonly onAgain: () => void;
  readonly onClose: () => void;
};

function Checked({ result, onImport, onAgain, onClose }: CheckedProps) {
  const { t } = useLanguage();
  const count = result.added + result.replaced;
  return (
    <div className={styles.stack}>
      <Verdict result={result} />
      <Figures
        figures={[
          [t.roster.files, result.total],
          [t.batches.added, result.added],
          [t.roster.replaced, result.replaced],
          [t.batches.unchanged, result.unchanged],
        ]}
      />
      <p className={page.lead}>{t.roster.withPhoto(result.withPhoto, result.people)}</p>
      {result.errors.length > 0 ? <FileErrors errors={result.errors} /> : null}
      <div className={page.bar}>
        {result.imported ? (
          <Button type="primary" onClick={onClose}>
            {t.common.close}
          </Button>
        ) : (
          <Button type="primary" disabled={count === 0} onClick={onImport}>
            {t.roster.takePhotos(count)}
          </Button>
        )}
        <Button onClick={onAgain}>{result.imported ? t.roster.more : t.batches.again}</Button>
      </div>
    </div>
  );
}

function Verdict({ result }: { result: RosterPhotosResult }) {
  const { t } = useLanguage();
  const count = result.added + result.replaced;
  const wrong = result.errors.length;
  if (result.imported)
    return <Alert type="success" showIcon title={t.roster.photosImported(count)} />;
  if (wrong > 0) return <Alert type="warning" showIcon title={t.roster.photosDirty(wrong)} />;
  return <Alert type="info" showIcon title={t.roster.photosClean(count)} />;
}

function FileErrors({ errors }: Pick<RosterPhotosResult, 'errors'>) {
  const { t, pick } = useLanguage();
  return (
    <Table
      size="small"
      rowKey={(error) => error.file}
      dataSource={errors}
      pagination={{ pageSize: 10, hideOnSinglePage: true, size: 'small', showSizeChanger: false }}
      columns={[
        { title: t.roster.file, dataIndex: 'file', width: 260, ellipsis: true },
        { title: t.batches.problem, key: 'problem', render: (_, error) => pick(error) },
      ]}
    />
  );
}
