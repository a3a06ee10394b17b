import type { RefundRequest } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Segmented, Table, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { client } from '../../api/client.ts';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime, yuan } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { StateTag } from '../../ui/state-tag.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import styles from './refund-dialogs.module.css';
import { PAGE_SIZE, useRefundRequests } from './refund-queries.ts';

type Deciding = { readonly what: 'approve' | 'decline'; readonly request: RefundRequest };

/** What one asked for and another decides on. */
export function RefundRequests() {
  const { t } = useLanguage();
  const [decided, setDecided] = useState(false);
  const [current, setCurrent] = useState(1);
  const [deciding, setDeciding] = useState<Deciding>();
  const query = useRefundRequests(decided, current);
  return (
    <>
      <div className={page.bar}>
        <span className={page.lead}>{t.refunds.requestsLead}</span>
        <span className={page.grow} />
        <Segmented
          size="small"
          value={decided ? 'decided' : 'open'}
          options={[
            { value: 'open', label: t.refunds.undecided },
            { value: 'decided', label: t.refunds.decided },
          ]}
          onChange={(value) => {
            setDecided(value === 'decided');
            setCurrent(1);
          }}
        />
      </div>
      {query.data ? (
        <RequestTable
          requests={query.data.requests}
          total={query.data.total}
          decided={decided}
          page={current}
          onPage={setCurrent}
          onDecide={setDeciding}
        />
      ) : (
        <LoadState query={query} />
      )}
      {deciding ? <DecisionDialog {...deciding} onClose={() => setDeciding(undefined)} /> : null}
    </>
  );
}

type RequestTableProps = {
  readonly requests: readonly RefundRequest[];
  readonly total: number;
  readonly decided: boolean;
  readonly page: number;
  readonly onPage: (page: number) => void;
  readonly onDecide: (deciding: Deciding) => void;
};

const COLOURS = { asked: 'warning', approved: 'success', declined: 'default' } as const;

function RequestTable(props: RequestTableProps) {
  const { requests, total, decided, page: current, onPage, onDecide } = props;
  const { t } = useLanguage();
  return (
    <Table
      size="middle"
      rowKey="requestId"
      dataSource={requests}
      locale={{ emptyText: decided ? t.refunds.noneDecided : t.refunds.noRequests }}
      pagination={{
        ...{ current, total, pageSize: PAGE_SIZE, hideOnSinglePage: true, showSizeChanger: false },
        onChange: onPage,
      }}
      columns={[
        {
          title: t.orders.orderNo,
          width: 170,
          key: 'orderNo',
          className: 'num',
          render: (_, { orderId, orderNo }) => <Link to={`/orders/${orderId}`}>{orderNo}</Link>,
        },
        { title: t.orders.student, dataIndex: 'maskedName', width: 90 },
        { title: t.orders.school, dataIndex: 'school', ellipsis: true },
        {
          title: t.refunds.amount,
          width: 100,
          key: 'amount',
          align: 'right',
          className: 'num',
          render: (_, { amountFen }) => `¥${yuan(amountFen)}`,
        },
        {
          title: t.refunds.orderState,
          key: 'state',
          width: 120,
          render: (_, { orderState }) => <StateTag state={orderState} />,
        },
        { title: t.refunds.why, dataIndex: 'reason', ellipsis: true },
        {
          title: t.refunds.askedBy,
          key: 'asked',
          width: 150,
          render: (_, { askedBy, askedAt }) => <Who name={askedBy} at={askedAt} />,
        },
        decided
          ? {
              title: t.refunds.decidedBy,
              key: 'decided',
              width: 240,
              render: (_: unknown, { state, decidedBy, decidedAt, note }: RefundRequest) => (
                <>
                  <Tag color={COLOURS[state]}>{t.refunds.requestStates[state]}</Tag>
                  <Who name={decidedBy ?? ''} at={decidedAt ?? ''} note={note} />
                </>
              ),
            }
          : {
              title: t.common.actions,
              key: 'actions',
              width: 180,
              render: (_: unknown, request: RefundRequest) => (
                <Decide request={request} onDecide={onDecide} />
              ),
            },
      ]}
    />
  );
}

type WhoProps = { readonly name: string; readonly at: string; readonly note?: string };

function Who({ name, at, note }: WhoProps) {
  return (
    <>
      <div>{name}</div>
      <small className={`${page.lead} num`}>{at ? dateTime(at) : ''}</small>
      {note ? <div className={page.lead}>{note}</div> : null}
    </>
  );
}

type DecideProps = {
  readonly request: RefundRequest;
  readonly onDecide: (deciding: Deciding) => void;
};

/** Nobody decides on an own wish; the server refuses it as well. */
function Decide({ request, onDecide }: DecideProps) {
  const { t } = useLanguage();
  const staff = useStaff();
  if (!mayAct(staff, 'refund')) return <span className={page.lead}>{t.refunds.waiting}</span>;
  return (
    <Tooltip title={request.own ? t.refunds.ownWish : undefined}>
      <div className={page.bar}>
        <Button
          size="small"
          type="primary"
          disabled={request.own}
          onClick={() => onDecide({ what: 'approve', request })}
        >
          {t.refunds.approve}
        </Button>
        <Button
          size="small"
          disabled={request.own}
          onClick={() => onDecide({ what: 'decline', request })}
        >
          {t.refunds.decline}
        </Button>
      </div>
    </Tooltip>
  );
}

type DecisionDialogProps = Deciding & { readonly onClose: () => void };

function DecisionDialog({ what, request, onClose }: DecisionDialogProps) {
  const { t, explain } = useLanguage();
  const notify = useNotify();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const send = async ({ note = '' }: { note?: string }) => {
    if (busy) return;
    setBusy(true);
    const answer = await client.call('decideRefundRequest', {
      params: { requestId: request.requestId },
      body: what === 'approve' ? { decision: what } : { decision: what, note },
    });
    setBusy(false);
    for (const key of ['refunds', 'order', 'orders'])
      void queries.invalidateQueries({ queryKey: [key] });
    if (!answer.ok) return setFailure(answer.error);
    notify.success(what === 'approve' ? t.refunds.approved : t.refunds.declined);
    onClose();
  };
  return (
    <Modal
      open
      title={t.refunds[what]}
      onCancel={onClose}
      confirmLoading={busy}
      okText={what === 'approve' ? t.refunds.returnSum(yuan(request.amountFen)) : t.refunds.decline}
      okButtonProps={{ htmlType: 'submit', form: 'refund-decision', danger: what === 'approve' }}
    >
      <p className={styles.lead}>
        {what === 'approve'
          ? t.refunds.approveLead(request.askedBy, request.reason, yuan(request.amountFen))
          : t.refunds.declineLead(request.askedBy, request.reason)}
      </p>
      {failure ? <Alert type="error" showIcon title={explain(failure)} /> : null}
      <Form id="refund-decision" layout="vertical" requiredMark={false} onFinish={send}>
        {what === 'decline' ? (
          <Form.Item
            name="note"
            label={t.refunds.declineWhy}
            rules={[{ required: true, whitespace: true, message: t.orders.reasonNeeded }]}
          >
            <Input autoFocus maxLength={80} />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
