import type { ShownRefund } from '@gradshot/contract';
import { Alert, Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime, yuan } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { DoneDialog, ToCardDialog } from './abnormal-dialogs.tsx';
import { RefundHistory } from './refund-history.tsx';
import { PAGE_SIZE, type ShownRefundPage, useShownRefunds } from './refund-queries.ts';

type Show = 'abnormal' | 'running' | 'ended';
type Open = { readonly what: 'card' | 'done'; readonly refund: ShownRefund };

/** Refunds, whoever opened them; those that wait for a hand with what to do. */
export function ShownRefunds({ show }: { readonly show: Show }) {
  const { t } = useLanguage();
  const [current, setCurrent] = useState(1);
  const [open, setOpen] = useState<Open>();
  const query = useShownRefunds(show, current);
  const close = () => setOpen(undefined);
  return (
    <>
      {show === 'abnormal' ? (
        <Alert
          type="info"
          showIcon
          title={t.refunds.abnormalLead}
          description={
            <ol>
              {t.refunds.abnormalWays.map((way) => (
                <li key={way}>{way}</li>
              ))}
            </ol>
          }
        />
      ) : null}
      {query.data ? (
        <ShownTable
          data={query.data}
          show={show}
          page={current}
          onPage={setCurrent}
          onOpen={setOpen}
        />
      ) : (
        <LoadState query={query} />
      )}
      {open?.what === 'card' ? <ToCardDialog refund={open.refund} onClose={close} /> : null}
      {open?.what === 'done' ? <DoneDialog refund={open.refund} onClose={close} /> : null}
    </>
  );
}

type ShownTableProps = {
  readonly data: ShownRefundPage;
  readonly show: Show;
  readonly page: number;
  readonly onPage: (page: number) => void;
  readonly onOpen: (open: Open) => void;
};

const COLOURS: Readonly<Record<ShownRefund['state'], string>> = {
  requested: 'processing',
  processing: 'processing',
  abnormal: 'error',
  succeeded: 'success',
  failed: 'default',
};

function ShownTable({ data, show, page: current, onPage, onOpen }: ShownTableProps) {
  const { t } = useLanguage();
  return (
    <Table
      size="middle"
      rowKey="refundId"
      dataSource={data.refunds}
      locale={{ emptyText: t.refunds.noneShown[show] }}
      expandable={{
        expandedRowRender: ({ history, providerRefundId }) => (
          <RefundHistory history={history} transactionId={providerRefundId} />
        ),
        rowExpandable: () => true,
      }}
      pagination={{
        ...{ current, total: data.total, pageSize: PAGE_SIZE },
        ...{ hideOnSinglePage: true, showSizeChanger: false, onChange: onPage },
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
          key: 'amount',
          width: 120,
          align: 'right',
          className: 'num',
          render: (_, { amountFen, paidFen }) =>
            amountFen < paidFen
              ? t.refunds.partOf(yuan(amountFen), yuan(paidFen))
              : `¥${yuan(amountFen)}`,
        },
        {
          title: t.refunds.purpose,
          key: 'purpose',
          width: 110,
          render: (_, { purpose }) => t.refunds.purposes[purpose],
        },
        {
          title: t.refunds.askedBy,
          key: 'by',
          width: 220,
          render: (_, { by, reason, createdAt }) => (
            <>
              <div>
                {by || t.refunds.system}{' '}
                <small className={`${page.lead} num`}>{dateTime(createdAt)}</small>
              </div>
              <small className={page.lead}>{reason}</small>
            </>
          ),
        },
        {
          title: t.orders.state,
          key: 'state',
          width: 110,
          render: (_, { state, history }) => (
            <>
              <Tag color={COLOURS[state]}>{t.refunds.shownStates[state]}</Tag>
              {history.some(({ act }) => act === 'twice') ? (
                <Tag color="error">{t.refunds.twice}</Tag>
              ) : null}
            </>
          ),
        },
        ...(show === 'abnormal'
          ? [
              {
                title: t.common.actions,
                key: 'actions',
                width: 220,
                render: (_: unknown, refund: ShownRefund) => (
                  <div className={page.bar}>
                    <Button
                      size="small"
                      type="primary"
                      onClick={() => onOpen({ what: 'card', refund })}
                    >
                      {t.refunds.toCard}
                    </Button>
                    <Button size="small" onClick={() => onOpen({ what: 'done', refund })}>
                      {t.refunds.markDone}
                    </Button>
                  </div>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
