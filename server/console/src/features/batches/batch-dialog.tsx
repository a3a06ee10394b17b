import type { Batch } from '@gradshot/contract';
import { DEFAULT_PROFILE_ID, PHOTO_PROFILES } from '@gradshot/domain';
import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { beijingToUtc } from '../../i18n/beijing-time.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import { useNotify } from '../../ui/use-notify.ts';

type Fields = {
  readonly schoolCode: string;
  readonly name: string;
  readonly price: number;
  readonly profileId: string;
  /** `2026-11-23T08:00`, Beijing time. */
  readonly opensAt: string;
  readonly closesAt?: string;
};

type BatchDialogProps = {
  /** Undefined: a new one. */
  readonly batch: Batch | undefined;
  readonly schools: readonly { readonly code: string; readonly name: string }[];
  readonly onClose: () => void;
};

const MAX_PRICE_YUAN = 1000;
/** Browsers let years of six digits be typed, which are no date. */
const LAST_MOMENT = '9999-12-31T23:59';
const localField = (iso: string) => dateTime(iso).replace(' ', 'T');

function initialValues({ batch, schools }: BatchDialogProps): Partial<Fields> {
  if (!batch)
    return {
      profileId: DEFAULT_PROFILE_ID,
      opensAt: localField(new Date().toISOString()),
      ...(schools[0] ? { schoolCode: schools[0].code } : {}),
    };
  return {
    schoolCode: batch.schoolCode,
    name: batch.name,
    price: batch.priceFen / 100,
    profileId: batch.profileId,
    opensAt: localField(batch.opensAt),
    ...(batch.closesAt ? { closesAt: localField(batch.closesAt) } : {}),
  };
}

export function BatchDialog(props: BatchDialogProps) {
  const { batch, schools, onClose } = props;
  const { t, pick } = useLanguage();
  const notify = useNotify();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  // One id for this dialog: saving twice makes one batch.
  const [batchId] = useState(() => batch?.batchId ?? crypto.randomUUID());
  const save = async ({ price, opensAt, closesAt, ...fields }: Fields) => {
    setBusy(true);
    const body = {
      ...fields,
      priceFen: Math.round(price * 100),
      opensAt: beijingToUtc(opensAt),
      closesAt: closesAt ? beijingToUtc(closesAt) : null,
    };
    const answer = await client.call('saveBatch', { params: { batchId }, body });
    setBusy(false);
    if (!answer.ok) return notify.failed(answer.error);
    void queries.invalidateQueries({ queryKey: ['batches'] });
    notify.success(t.common.saved);
    onClose();
  };
  const needed = [{ required: true, message: t.batches.needed }];
  return (
    <Modal
      open
      title={batch ? t.batches.edit : t.batches.add}
      onCancel={onClose}
      confirmLoading={busy}
      okText={t.common.save}
      okButtonProps={{ htmlType: 'submit', form: 'batch' }}
    >
      <Form<Fields>
        id="batch"
        layout="vertical"
        requiredMark={false}
        initialValues={initialValues(props)}
        onFinish={save}
      >
        <Form.Item name="schoolCode" label={t.batches.school} rules={needed}>
          <Select
            disabled={batch !== undefined}
            options={schools.map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Form.Item>
        <Form.Item name="name" label={t.batches.name} rules={needed}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="price" label={t.batches.price} extra={t.batches.priceLead} rules={needed}>
          <InputNumber min={0} max={MAX_PRICE_YUAN} precision={2} style={{ width: 160 }} />
        </Form.Item>
        <Form.Item name="profileId" label={t.batches.profile} rules={needed}>
          <Select
            options={PHOTO_PROFILES.map((profile) => ({
              value: profile.id,
              label: pick(profile),
            }))}
          />
        </Form.Item>
        <Form.Item name="opensAt" label={t.batches.opens} rules={needed}>
          <Input type="datetime-local" max={LAST_MOMENT} />
        </Form.Item>
        <Form.Item name="closesAt" label={t.batches.closes}>
          <Input type="datetime-local" max={LAST_MOMENT} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
