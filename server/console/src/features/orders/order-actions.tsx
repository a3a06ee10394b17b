import { eventsFor, type Failure } from '@gradshot/domain';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { yuan } from '../../i18n/times.ts';
import { useNotify } from '../../ui/use-notify.ts';
import { type ConsoleOrder, useRefreshOrder } from './order-queries.ts';

type Action = 'withdraw' | 'refund';
const MAX_REASON = { withdraw: 200, refund: 80 } as const;

/** What the order's life cycle and the role allow now. */
export function OrderActions({ order }: Pick<ConsoleOrder, 'order'>) {
  const { t } = useLanguage();
  const staff = useStaff();
  const [asking, setAsking] = useState<Action>();
  const events = eventsFor(order.state, 'staff');
  return (
    <>
      {events.includes('withdraw') && mayAct(staff, 'withdrawOrders') ? (
        <Button size="small" onClick={() => setAsking('withdraw')}>
          {t.orders.withdraw}
        </Button>
      ) : null}
      {events.includes('requestRefund') && mayAct(staff, 'askRefund') ? (
        <Button size="small" danger onClick={() => setAsking('refund')}>
          {t.orders.refund}
        </Button>
      ) : null}
      {asking ? (
        <ReasonDialog action={asking} order={order} onClose={() => setAsking(undefined)} />
      ) : null}
    </>
  );
}

type ReasonDialogProps = {
  readonly action: Action;
  readonly order: ConsoleOrder['order'];
  readonly onClose: () => void;
};

function ReasonDialog({ action, order, onClose }: ReasonDialogProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const refresh = useRefreshOrder();
  const [busy, setBusy] = useState(false);
  // One key for this dialog: pressing twice is one refund.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const send = async ({ reason }: { reason: string }) => {
    setBusy(true);
    const failure = await act(action, { orderId: order.orderId, reason, idempotencyKey });
    setBusy(false);
    refresh();
    if (failure) return notify.failed(failure);
    notify.success(action === 'withdraw' ? t.orders.withdrawn : t.orders.refunded);
    onClose();
  };
  return (
    <Modal
      open
      title={t.orders[action]}
      onCancel={onClose}
      confirmLoading={busy}
      okButtonProps={{ htmlType: 'submit', form: 'order-action', danger: action === 'refund' }}
      okText={t.orders[action]}
    >
      <p>
        {action === 'withdraw' ? t.orders.withdrawLead : t.orders.refundLead(yuan(order.priceFen))}
      </p>
      <Form id="order-action" layout="vertical" onFinish={send} requiredMark={false}>
        <Form.Item
          name="reason"
          label={t.orders.reason}
          rules={[{ required: true, whitespace: true, message: t.orders.reasonNeeded }]}
        >
          <Input.TextArea autoFocus rows={3} maxLength={MAX_REASON[action]} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}

type ActionInput = {
  readonly orderId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
};

async function act(
  action: Action,
  { orderId, reason, idempotencyKey }: ActionInput,
): Promise<Failure | undefined> {
  const params = { orderId };
  const answer =
    action === 'withdraw'
      ? await client.call('withdrawOrder', { params, body: { reason } })
      : await client.call('askRefund', { params, body: { reason, idempotencyKey } });
  return answer.ok ? undefined : answer.error;
}
