import type { ShownRefund } from '@gradshot/contract';
import type { Failure, Result } from '@gradshot/domain';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { yuan } from '../../i18n/times.ts';
import { useNotify } from '../../ui/use-notify.ts';
import { CARD_BANKS } from './card-banks.ts';
import { HandedBackDialog } from './handed-back-dialog.tsx';
import styles from './refund-dialogs.module.css';

type DialogProps = { readonly refund: ShownRefund; readonly onClose: () => void };

/** Sends once, whoever clicks how often, and shows what became of it. */
function useSend({ onClose }: DialogProps) {
  const notify = useNotify();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const send = async (done: string, work: Promise<Result<ShownRefund>>) => {
    setBusy(true);
    const answer = await work;
    setBusy(false);
    for (const key of ['refunds', 'order', 'orders'])
      void queries.invalidateQueries({ queryKey: [key] });
    if (!answer.ok) return setFailure(answer.error);
    notify.success(done);
    onClose();
  };
  return { busy, failure, send };
}

type Card = { readonly bankType: string; readonly bankAccount: string; readonly realName: string };

export function ToCardDialog(props: DialogProps) {
  const { refund, onClose } = props;
  const { t, explain } = useLanguage();
  const { busy, failure, send } = useSend(props);
  const params = { refundId: refund.refundId };
  const submit = ({ bankType, bankAccount, realName }: Card) => {
    const body = { bankType, bankAccount: bankAccount.replaceAll(' ', ''), realName };
    return busy
      ? undefined
      : send(t.refunds.sent, client.call('sendRefundToCard', { params, body }));
  };
  const needed = { required: true, whitespace: true, message: t.refunds.cardNeeded };
  return (
    <Modal
      open
      title={t.refunds.toCard}
      onCancel={onClose}
      confirmLoading={busy}
      okText={t.refunds.returnSum(yuan(refund.amountFen))}
      okButtonProps={{ htmlType: 'submit', form: 'refund-to-card', danger: true }}
    >
      <p className={styles.lead}>{t.refunds.toCardLead}</p>
      {failure ? <Alert type="error" showIcon title={explain(failure)} /> : null}
      <Form id="refund-to-card" layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item name="bankType" label={t.refunds.bank} rules={[needed]}>
          <Select showSearch optionFilterProp="label" options={[...CARD_BANKS]} />
        </Form.Item>
        <Form.Item
          name="bankAccount"
          label={t.refunds.cardNumber}
          rules={[
            { required: true, pattern: /^(\d ?){12,19}$/, message: t.refunds.cardNumberNeeded },
          ]}
        >
          <Input autoComplete="off" inputMode="numeric" maxLength={23} />
        </Form.Item>
        <Form.Item name="realName" label={t.refunds.cardHolder} rules={[needed]}>
          <Input autoComplete="off" maxLength={60} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export function DoneDialog(props: DialogProps) {
  const { refund, onClose } = props;
  const { t } = useLanguage();
  const { busy, failure, send } = useSend(props);
  const params = { refundId: refund.refundId };
  return (
    <HandedBackDialog
      title={t.refunds.markDone}
      lead={t.refunds.markDoneLead(yuan(refund.amountFen))}
      busy={busy}
      failure={failure}
      onClose={onClose}
      onSaid={(body) =>
        busy
          ? undefined
          : void send(t.refunds.noted, client.call('markRefundDone', { params, body }))
      }
    />
  );
}
