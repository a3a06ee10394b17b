import type { DueRefund } from '@gradshot/contract';
import type { Failure, Result } from '@gradshot/domain';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { yuan } from '../../i18n/times.ts';
import { useNotify } from '../../ui/use-notify.ts';
import { HandedBackDialog } from './handed-back-dialog.tsx';
import styles from './refund-dialogs.module.css';

type DialogProps = { readonly refund: DueRefund; readonly onClose: () => void };

/** Sends once, whoever clicks how often, and shows what became of it. */
function useSend({ onClose }: DialogProps) {
  const notify = useNotify();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  // A refused wish is over: another try is another one.
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const send = async (done: string, work: (key: string) => Promise<Result<DueRefund>>) => {
    if (busy) return;
    setBusy(true);
    const answer = await work(idempotencyKey);
    setBusy(false);
    void queries.invalidateQueries({ queryKey: ['refunds'] });
    void queries.invalidateQueries({ queryKey: ['order'] });
    if (answer.ok) {
      notify.success(done);
      return onClose();
    }
    setFailure(answer.error);
    if (answer.error.code === 'payment.refundRefused') setKey(crypto.randomUUID());
  };
  return { busy, failure, send };
}

export function ReturnDialog(props: DialogProps) {
  const { refund, onClose } = props;
  const { t, explain } = useLanguage();
  const { busy, failure, send } = useSend(props);
  const params = { paymentId: refund.paymentId };
  const submit = ({ reason }: { reason: string }) =>
    send(t.refunds.sent, (idempotencyKey) =>
      client.call('returnDuePayment', { params, body: { reason, idempotencyKey } }),
    );
  return (
    <Modal
      open
      title={t.refunds.return}
      onCancel={onClose}
      confirmLoading={busy}
      okText={t.refunds.returnSum(yuan(refund.amountFen))}
      okButtonProps={{ htmlType: 'submit', form: 'return-payment', danger: true }}
    >
      <p className={styles.lead}>{t.refunds.returnLead(yuan(refund.amountFen))}</p>
      {failure ? <Alert type="error" showIcon title={explain(failure)} /> : null}
      <Form
        id="return-payment"
        layout="vertical"
        requiredMark={false}
        initialValues={{ reason: t.refunds.causes[refund.cause] }}
        onFinish={submit}
      >
        <Form.Item
          name="reason"
          label={t.refunds.reason}
          rules={[{ required: true, whitespace: true, message: t.orders.reasonNeeded }]}
        >
          <Input autoFocus maxLength={80} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export function ByHandDialog(props: DialogProps) {
  const { refund, onClose } = props;
  const { t } = useLanguage();
  const { busy, failure, send } = useSend(props);
  const params = { paymentId: refund.paymentId };
  return (
    <HandedBackDialog
      title={t.refunds.byHand}
      lead={t.refunds.byHandLead(yuan(refund.amountFen))}
      busy={busy}
      failure={failure}
      onClose={onClose}
      onSaid={(said) =>
        void send(t.refunds.noted, (idempotencyKey) =>
          client.call('noteDuePaymentReturned', { params, body: { ...said, idempotencyKey } }),
        )
      }
    />
  );
}
