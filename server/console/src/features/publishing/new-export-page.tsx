import { type Failure, NAMING_FAULT_TEXT, namingFault, USUAL_NAMINGS } from '@gradshot/domain';
import {
  Alert,
  AutoComplete,
  Button,
  Card,
  DatePicker,
  Form,
  Input,
  InputNumber,
  Select,
} from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { useBatches } from '../batches/batch-queries.ts';
import { ExportPreviewCard } from './export-preview.tsx';
import styles from './publishing.module.css';
import { type ExportPreview, useRefreshExports } from './publishing-queries.ts';

type Wish = {
  readonly schoolCode: string;
  readonly batchId?: string;
  readonly level?: string;
  readonly approvedSince?: { toISOString(): string } | null;
  readonly naming: string;
  readonly maxPartMb: number;
  readonly maxPartPhotos: number;
  readonly note?: string;
};

/** Undefined fields say nothing; the contract takes none. */
function bodyOf({ batchId, level, approvedSince, note: _, ...wish }: Wish) {
  return {
    ...wish,
    ...(batchId ? { batchId } : {}),
    ...(level ? { level } : {}),
    ...(approvedSince ? { approvedSince: approvedSince.toISOString() } : {}),
  };
}

/** Choose, look at what it comes to, then ask a colleague for approval. */
export function NewExportPage() {
  const { t, explain } = useLanguage();
  const navigate = useNavigate();
  const refresh = useRefreshExports();
  const [form] = Form.useForm<Wish>();
  const [preview, setPreview] = useState<ExportPreview>();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  // Asking twice is asking once.
  const [exportId] = useState(() => crypto.randomUUID());
  const run = async (work: () => Promise<Failure | undefined>) => {
    if (busy) return;
    setBusy(true);
    setFailure(await work());
    setBusy(false);
  };
  const look = (wish: Wish) =>
    run(async () => {
      const answer = await client.call('previewExport', { body: bodyOf(wish) });
      setPreview(answer.ok ? answer.value : undefined);
      return answer.ok ? undefined : answer.error;
    });
  const ask = () =>
    run(async () => {
      const wish = await form.validateFields();
      const body = { ...bodyOf(wish), note: wish.note ?? '' };
      const answer = await client.call('askExport', { params: { exportId }, body });
      refresh();
      if (!answer.ok) return answer.error;
      navigate(`/publishing/${exportId}`, { replace: true });
      return undefined;
    });
  return (
    <div className={page.page}>
      <PageHeader title={t.publishing.newTitle} />
      <div className={styles.columns}>
        <Card size="small" title={t.publishing.selection}>
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            onFinish={look}
            onValuesChange={() => setPreview(undefined)}
            initialValues={{ naming: '{SFZH}', maxPartMb: 200, maxPartPhotos: 5000 }}
          >
            <SelectionFields />
            <NamingFields />
            <Button htmlType="submit" type={preview ? 'default' : 'primary'} loading={busy}>
              {t.publishing.preview}
            </Button>
          </Form>
        </Card>
        <div className={styles.stack}>
          {failure ? <Alert type="error" showIcon title={explain(failure)} /> : null}
          {preview ? (
            <ExportPreviewCard preview={preview} busy={busy} onAsk={() => void ask()} />
          ) : (
            <Card size="small" title={t.publishing.result}>
              <p className={page.lead}>{t.publishing.previewFirst}</p>
            </Card>
          )}
        </div>
      </div>
    </div>
  );
}

/** The school brings its last naming along. */
function SelectionFields() {
  const { t } = useLanguage();
  const { data } = useBatches();
  const form = Form.useFormInstance<Wish>();
  const schoolCode = Form.useWatch<string | undefined>('schoolCode', form);
  useEffect(() => {
    form.resetFields(['batchId']);
    if (!schoolCode) return;
    const params = { schoolCode };
    void client.call('getExportSettings', { params }).then((answer) => {
      if (answer.ok) form.setFieldsValue(answer.value);
    });
  }, [form, schoolCode]);
  const batches = (data?.batches ?? []).filter((batch) => batch.schoolCode === schoolCode);
  return (
    <>
      <Form.Item
        name="schoolCode"
        label={t.orders.school}
        rules={[{ required: true, message: t.publishing.schoolNeeded }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(data?.schools ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Form.Item>
      <Form.Item name="batchId" label={t.orders.batch}>
        <Select
          allowClear
          placeholder={t.dashboard.allBatches}
          options={batches.map(({ batchId, name }) => ({ value: batchId, label: name }))}
        />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="level" label={t.orders.level}>
          <Input maxLength={20} placeholder={t.publishing.everyLevel} />
        </Form.Item>
        <Form.Item name="approvedSince" label={t.publishing.approvedSince}>
          <DatePicker style={{ width: '100%' }} placeholder={t.publishing.anyTime} />
        </Form.Item>
      </div>
    </>
  );
}

function NamingFields() {
  const { t, pick } = useLanguage();
  return (
    <>
      <Form.Item
        name="naming"
        label={t.publishing.naming}
        extra={t.publishing.namingLead}
        rules={[
          {
            validator: async (_, pattern: string = '') => {
              const fault = namingFault(pattern);
              if (fault) throw new Error(pick(NAMING_FAULT_TEXT[fault]));
            },
          },
        ]}
      >
        <AutoComplete
          options={USUAL_NAMINGS.map((value) => ({
            value,
            label: `${value}　${t.publishing.namings[value]}`,
          }))}
        />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="maxPartMb" label={t.publishing.maxPartMb}>
          <InputNumber min={1} max={2000} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="maxPartPhotos" label={t.publishing.maxPartPhotos}>
          <InputNumber min={1} max={20_000} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t.publishing.note}>
        <Input.TextArea rows={2} maxLength={200} showCount />
      </Form.Item>
    </>
  );
}
