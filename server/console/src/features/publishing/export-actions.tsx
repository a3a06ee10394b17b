import type { ExportBatch } from '@gradshot/contract';
import type { Failure, Result } from '@gradshot/domain';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import { type ExportDetail, useRefreshExports } from './publishing-queries.ts';
import { ReceiptDrawer } from './receipt-drawer.tsx';

type Open = 'decline' | 'cancel' | 'receipt';

/** What may be done with a batch now, by whom it is looked at. */
export function ExportActions({ batch, files }: ExportDetail) {
  const { t } = useLanguage();
  const staff = useStaff();
  const [open, setOpen] = useState<Open>();
  const [busy, setBusy] = useState(false);
  const notify = useNotify();
  const refresh = useRefreshExports();
  const params = { exportId: batch.exportId };
  const send = async (work: Promise<Result<ExportBatch>>) => {
    setBusy(true);
    const answer = await work;
    setBusy(false);
    refresh();
    if (!answer.ok) notify.failed(answer.error);
  };
  const own = batch.askedById === staff.staffId;
  const asked = batch.state === 'asked';
  const made = batch.state === 'made';
  const open2 = made && !batch.downloadedAt;
  const gone = made && files.length > 0 && files.every((file) => file.gone);
  return (
    <>
      {asked && own ? <span>{t.publishing.waitsForOther}</span> : null}
      {asked && !own ? (
        <Button
          size="small"
          type="primary"
          loading={busy}
          onClick={() => void send(client.call('approveExport', { params }))}
        >
          {t.publishing.approve}
        </Button>
      ) : null}
      {asked ? (
        <Button size="small" onClick={() => setOpen('decline')}>
          {own ? t.publishing.takeBack : t.publishing.decline}
        </Button>
      ) : null}
      {made ? (
        <Button size="small" type="primary" onClick={() => setOpen('receipt')}>
          {t.publishing.importReceipt}
        </Button>
      ) : null}
      {gone ? (
        <Button
          size="small"
          loading={busy}
          onClick={() => void send(client.call('askExportAgain', { params }))}
        >
          {t.publishing.again}
        </Button>
      ) : null}
      {open2 || batch.state === 'making' ? (
        <Button size="small" danger onClick={() => setOpen('cancel')}>
          {t.publishing.cancel}
        </Button>
      ) : null}
      {open === 'receipt' ? (
        <ReceiptDrawer exportId={batch.exportId} onClose={() => setOpen(undefined)} />
      ) : null}
      {open === 'decline' || open === 'cancel' ? (
        <ReasonDialog act={open} batch={batch} onClose={() => setOpen(undefined)} />
      ) : null}
    </>
  );
}

type ReasonDialogProps = {
  readonly act: 'decline' | 'cancel';
  readonly batch: ExportBatch;
  readonly onClose: () => void;
};

function ReasonDialog({ act, batch, onClose }: ReasonDialogProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const refresh = useRefreshExports();
  const [busy, setBusy] = useState(false);
  const send = async (body: { reason: string }) => {
    setBusy(true);
    const failure = await carryOut(act, batch.exportId, body);
    setBusy(false);
    refresh();
    if (failure) return notify.failed(failure);
    onClose();
  };
  return (
    <Modal
      open
      title={t.publishing[act]}
      onCancel={onClose}
      confirmLoading={busy}
      okText={t.publishing[act]}
      okButtonProps={{ htmlType: 'submit', form: 'export-reason', danger: act === 'cancel' }}
    >
      <p>{act === 'cancel' ? t.publishing.cancelLead : t.publishing.declineLead}</p>
      <Form id="export-reason" layout="vertical" requiredMark={false} onFinish={send}>
        <Form.Item
          name="reason"
          label={t.orders.reason}
          rules={[{ required: true, whitespace: true, message: t.orders.reasonNeeded }]}
        >
          <Input.TextArea autoFocus rows={3} maxLength={200} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}

async function carryOut(
  act: 'decline' | 'cancel',
  exportId: string,
  body: { readonly reason: string },
): Promise<Failure | undefined> {
  const input = { params: { exportId }, body };
  const answer =
    act === 'cancel'
      ? await client.call('cancelExport', input)
      : await client.call('declineExport', input);
  return answer.ok ? undefined : answer.error;
}
