import type { ApprovalWithdrawal } from '@gradshot/contract';
import { eventsFor } from '@gradshot/domain';
import { Alert, Button, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import page from '../../ui/page.module.css';
import { useNotify } from '../../ui/use-notify.ts';
import { type ConsoleOrder, useRefreshOrder } from './order-queries.ts';

/** 撤销通过: asked for here by one, decided on here by another. */
export function WithdrawApproval({ order, withdrawals }: ConsoleOrder) {
  const { t } = useLanguage();
  const staff = useStaff();
  const [asking, setAsking] = useState(false);
  const asked = withdrawals.some(({ state }) => state === 'asked');
  const possible = eventsFor(order.state, 'reviewer').includes('returnToReview');
  if (!possible || asked || !mayAct(staff, 'review')) return null;
  return (
    <>
      <Button size="small" danger onClick={() => setAsking(true)}>
        {t.approval.ask}
      </Button>
      {asking ? <AskDialog orderId={order.orderId} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

type AskDialogProps = { readonly orderId: string; readonly onClose: () => void };

function AskDialog({ orderId, onClose }: AskDialogProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const refresh = useRefreshOrder();
  const [busy, setBusy] = useState(false);
  const send = async (body: { reason: string; goal: 'review' | 'retake' }) => {
    setBusy(true);
    const answer = await client.call('askApprovalWithdrawal', { params: { orderId }, body });
    setBusy(false);
    refresh();
    if (!answer.ok) return notify.failed(answer.error);
    notify.success(t.approval.asked);
    onClose();
  };
  return (
    <Modal
      open
      title={t.approval.ask}
      onCancel={onClose}
      confirmLoading={busy}
      okText={t.approval.send}
      okButtonProps={{ htmlType: 'submit', form: 'withdraw-approval', danger: true }}
    >
      <p>{t.approval.lead}</p>
      <Form
        id="withdraw-approval"
        layout="vertical"
        requiredMark={false}
        initialValues={{ goal: 'review' }}
        onFinish={send}
      >
        <Form.Item name="goal" label={t.approval.goal}>
          <Radio.Group
            options={[
              { value: 'review', label: t.approval.goals.review },
              { value: 'retake', label: t.approval.goals.retake },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t.approval.reason}
          rules={[{ required: true, whitespace: true, message: t.orders.reasonNeeded }]}
        >
          <Input.TextArea autoFocus rows={3} maxLength={200} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** What was asked for and waits for somebody else. */
export function AskedWithdrawal({ order, withdrawals }: ConsoleOrder) {
  const { t } = useLanguage();
  const asked = withdrawals.find(({ state }) => state === 'asked');
  if (!asked) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={`${t.approval.ask} · ${t.approval.goals[asked.goal]}`}
      description={
        <>
          <div>{asked.reason}</div>
          <small className="num">
            {asked.askedBy} · {dateTime(asked.askedAt)}
          </small>
        </>
      }
      action={<Decision orderId={order.orderId} asked={asked} />}
    />
  );
}

type DecisionProps = { readonly orderId: string; readonly asked: ApprovalWithdrawal };

function Decision({ orderId, asked }: DecisionProps) {
  const { t } = useLanguage();
  const staff = useStaff();
  const notify = useNotify();
  const refresh = useRefreshOrder();
  const [busy, setBusy] = useState(false);
  const own = asked.askedById === staff.staffId;
  if (!mayAct(staff, 'withdrawApprovals')) return <span>{t.approval.waits}</span>;
  const decide = async (approve: boolean) => {
    setBusy(true);
    const params = { orderId, withdrawalId: asked.withdrawalId };
    const answer = await client.call('decideApprovalWithdrawal', { params, body: { approve } });
    setBusy(false);
    refresh();
    if (!answer.ok) notify.failed(answer.error);
  };
  return (
    <div className={page.bar}>
      {own ? (
        <span>{t.approval.waits}</span>
      ) : (
        <Button size="small" type="primary" loading={busy} onClick={() => void decide(true)}>
          {t.approval.approve}
        </Button>
      )}
      <Button size="small" disabled={busy} onClick={() => void decide(false)}>
        {own ? t.approval.takeBack : t.approval.decline}
      </Button>
    </div>
  );
}
