import { Button, Card, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import { useNotify } from '../../ui/use-notify.ts';
import { type ConsoleOrder, useRefreshOrder } from './order-queries.ts';

/** 图像校对: when the photo came to 学信网, and what the graduate says about it there. */
export function ImageCheckCard({ order, imageCheckNote }: ConsoleOrder) {
  const { t } = useLanguage();
  const staff = useStaff();
  const [open, setOpen] = useState(false);
  const check = order.imageCheck;
  if (!check) return null;
  return (
    <Card
      size="small"
      title={t.imageCheck.title}
      extra={
        mayAct(staff, 'chat') ? (
          <Button size="small" onClick={() => setOpen(true)}>
            {t.imageCheck.record}
          </Button>
        ) : null
      }
    >
      <p>{t.imageCheck.publishedAt(dateTime(check.publishedAt), dateTime(check.checkFrom))}</p>
      <p>
        {check.answer && check.answeredAt
          ? `${t.imageCheck.answers[check.answer]} · ${dateTime(check.answeredAt)}`
          : t.imageCheck.unanswered}
        {imageCheckNote ? ` · ${imageCheckNote}` : ''}
      </p>
      {open ? <RecordDialog orderId={order.orderId} onClose={() => setOpen(false)} /> : null}
    </Card>
  );
}

type RecordDialogProps = { readonly orderId: string; readonly onClose: () => void };

function RecordDialog({ orderId, onClose }: RecordDialogProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const refresh = useRefreshOrder();
  const [busy, setBusy] = useState(false);
  const send = async (said: { answer: 'confirmed' | 'differs'; note?: string }) => {
    setBusy(true);
    const body = { answer: said.answer, note: said.note ?? '' };
    const answer = await client.call('recordImageCheck', { params: { orderId }, body });
    setBusy(false);
    refresh();
    if (!answer.ok) return notify.failed(answer.error);
    notify.success(t.common.saved);
    onClose();
  };
  return (
    <Modal
      open
      title={t.imageCheck.record}
      onCancel={onClose}
      confirmLoading={busy}
      okText={t.common.save}
      okButtonProps={{ htmlType: 'submit', form: 'image-check' }}
    >
      <Form
        id="image-check"
        layout="vertical"
        initialValues={{ answer: 'confirmed' }}
        onFinish={send}
      >
        <Form.Item name="answer" label={t.imageCheck.title}>
          <Radio.Group
            options={[
              { value: 'confirmed', label: t.imageCheck.answers.confirmed },
              { value: 'differs', label: t.imageCheck.answers.differs },
            ]}
          />
        </Form.Item>
        <Form.Item name="note" label={t.imageCheck.note}>
          <Input.TextArea rows={3} maxLength={200} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}
