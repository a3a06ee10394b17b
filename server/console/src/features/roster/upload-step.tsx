import { InboxOutlined } from '@ant-design/icons';
import { type Batch, MAX_ROSTER_BYTES, type RosterDraft } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { Alert, Spin, Upload } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import styles from './import-page.module.css';

type UploadStepProps = {
  readonly batch: Batch;
  /** One that failed or was cancelled. */
  readonly former: RosterDraft | undefined;
  readonly onUploaded: (draft: RosterDraft) => void;
};

const TYPES = '.xlsx,.xls,.xlsb,.xlsm,.ods,.csv,.txt';
/** 20 MB over a poor campus network. */
const TIMEOUT_MS = 180_000;

export function UploadStep({ batch, former, onUploaded }: UploadStepProps) {
  const { t, explain, pick } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | 'tooLarge'>();
  const bring = async (file: File) => {
    if (file.size > MAX_ROSTER_BYTES) return setFailure('tooLarge');
    setBusy(true);
    setFailure(undefined);
    const input = {
      params: { batchId: batch.batchId },
      query: { fileName: file.name.slice(0, 200) },
    };
    const answer = await client.sendBytes(
      'uploadRoster',
      { ...input, bytes: file },
      { timeoutMs: TIMEOUT_MS },
    );
    setBusy(false);
    if (answer.ok) onUploaded(answer.value);
    else setFailure(answer.error);
  };
  const told =
    failure === 'tooLarge'
      ? t.batches.tooLarge
      : failure
        ? explain(failure)
        : former?.failure && pick(former.failure);
  return (
    <div className={styles.narrow}>
      <p>{t.rosterImport.lead}</p>
      {told ? <Alert type="error" showIcon title={told} /> : null}
      {!told && former?.state === 'cancelled' ? (
        <Alert type="info" showIcon title={t.rosterImport.cancelled} />
      ) : null}
      <Spin spinning={busy} description={t.rosterImport.uploading}>
        <Upload.Dragger
          accept={TYPES}
          maxCount={1}
          showUploadList={false}
          disabled={busy}
          beforeUpload={(file) => {
            void bring(file);
            return false;
          }}
        >
          <p className={styles.icon}>
            <InboxOutlined />
          </p>
          <p>{t.batches.drop}</p>
          <p className={page.lead}>{t.rosterImport.dropLead}</p>
        </Upload.Dragger>
      </Spin>
      <p className={page.lead}>{t.rosterImport.kept}</p>
    </div>
  );
}
