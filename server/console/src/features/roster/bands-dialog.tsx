import type { IdentityBands } from '@gradshot/contract';
import { Button, Form, InputNumber, Modal, Typography } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useNotify } from '../../ui/use-notify.ts';

/** Empty fields of the form are null. */
type Fields = { readonly [Name in keyof IdentityBands]?: number | null };

type BandsDialogProps = {
  readonly batchId: string;
  /** Undefined: the engine's own. */
  readonly bands: IdentityBands | undefined;
  readonly onSaved: () => void;
  readonly onClose: () => void;
};

const isNumber = (value: number | null | undefined) => typeof value === 'number';

/** Where the hint about the face changes from one word to the next, for the people of one roster. */
export function BandsDialog({ batchId, bands, onSaved, onClose }: BandsDialogProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const save = async ({ mismatchBelow, similarFrom }: Fields) => {
    setBusy(true);
    const both = isNumber(mismatchBelow) && isNumber(similarFrom);
    const body = { bands: both ? { mismatchBelow, similarFrom } : null } as {
      bands: IdentityBands | null;
    };
    const answer = await client.call('saveIdentityBands', { params: { batchId }, body });
    setBusy(false);
    if (!answer.ok) return notify.failed(answer.error);
    notify.success(t.common.saved);
    onSaved();
    onClose();
  };
  const fits = (_rule: unknown, similarFrom: number | null | undefined) => {
    const mismatchBelow: number | null | undefined = form.getFieldValue('mismatchBelow');
    if (isNumber(mismatchBelow) !== isNumber(similarFrom))
      return Promise.reject(new Error(t.roster.bands.bothOrNone));
    return (mismatchBelow ?? 0) <= (similarFrom ?? 0)
      ? Promise.resolve()
      : Promise.reject(new Error(t.roster.bands.order));
  };
  const field = <InputNumber min={-1} max={1} step={0.01} precision={3} style={{ width: 160 }} />;
  return (
    <Modal
      open
      title={t.roster.bands.title}
      onCancel={onClose}
      confirmLoading={busy}
      okText={t.common.save}
      okButtonProps={{ htmlType: 'submit', form: 'bands' }}
    >
      <Typography.Paragraph type="secondary">{t.roster.bands.lead}</Typography.Paragraph>
      <Form<Fields>
        id="bands"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={bands ?? {}}
        onFinish={save}
      >
        <Form.Item name="mismatchBelow" label={t.roster.bands.mismatchBelow}>
          {field}
        </Form.Item>
        <Form.Item
          name="similarFrom"
          label={t.roster.bands.similarFrom}
          dependencies={['mismatchBelow']}
          rules={[{ validator: fits }]}
        >
          {field}
        </Form.Item>
        <Button
          type="link"
          style={{ paddingInline: 0 }}
          onClick={() => form.setFieldsValue({ mismatchBelow: null, similarFrom: null })}
        >
          {t.roster.bands.defaults}
        </Button>
      </Form>
    </Modal>
  );
}
