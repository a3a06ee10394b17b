import type { DueRefund } from '@gradshot/contract';
import { Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useLanguage } from '../../i18n/language.tsx';
import { ago, dateTime, yuan } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { ByHandDialog, ReturnDialog } from './refund-dialogs.tsx';
import { RefundHistory } from './refund-history.tsx';
import { type DueRefundPage, PAGE_SIZE, useDueRefunds } from './refund-queries.ts';

type Open = { readonly what: 'return' | 'byHand'; readonly refund: DueRefund };

type DueRefundsProps = { readonly returned: boolean };

/** Money that no order has a use for: to be returned, and what became of it. */
export function DueRefunds({ returned }: DueRefundsProps) {
  const { t } = useLanguage();
  const [current, setCurrent] = useState(1);
  const [open, setOpen] = useState<Open>();
  const query = useDueRefunds(returned, current);
  const close = () => setOpen(undefined);
  return (
    <>
      {query.data ? (
        <>
          <p className={page.lead}>
            {t.refunds.lead}{' '}
            {query.data.owed > 0 ? t.refunds.sum(query.data.owed, yuan(query.data.owedFen)) : ''}
          </p>
          <RefundTable
            data={query.data}
            returned={returned}
            page={current}
            loading={query.isPlaceholderData}
            onPage={setCurrent}
            onOpen={setOpen}
          />
        </>
      ) : (
        <LoadState query={query} />
      )}
      {open?.what === 'return' ? <ReturnDialog refund={open.refund} onClose={close} /> : null}
      {open?.what === 'byHand' ? <ByHandDialog refund={open.refund} onClose={close} /> : null}
    </>
  );
}

type RefundTableProps = {
  readonly data: DueRefundPage;
  readonly returned: boolean;
  readonly page: number;
  readonly loading: boolean;
  readonly onPage: (page: number) => void;
  readonly onOpen: (open: Open) => void;
};

function RefundTable({ data, returned, page: current, loading, onPage, onOpen }: RefundTableProps) {
  const { t, language } = useLanguage();
  return (
    <Table
      size="middle"
      rowKey="paymentId"
      dataSource={data.refunds}
      loading={loading}
      locale={{ emptyText: returned ? t.refunds.noneDone : t.refunds.none }}
      expandable={{
        expandedRowRender: (refund) => <RefundHistory {...refund} />,
        rowExpandable: () => true,
      }}
      pagination={{
        current,
        total: data.total,
        pageSize: PAGE_SIZE,
        hideOnSinglePage: true,
        showSizeChanger: false,
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
        { title: t.orders.student, dataIndex: 'maskedName' },
        { title: t.orders.school, dataIndex: 'school', ellipsis: true },
        {
          title: t.refunds.amount,
          width: 100,
          key: 'amount',
          align: 'right',
          className: 'num',
          render: (_, { amountFen }) => `¥${yuan(amountFen)}`,
        },
        { title: t.refunds.cause, key: 'cause', render: (_, { cause }) => t.refunds.causes[cause] },
        {
          title: t.refunds.paidAt,
          key: 'paidAt',
          className: 'num',
          render: (_, { paidAt }) =>
            returned ? (
              dateTime(paidAt)
            ) : (
              <span title={dateTime(paidAt)}>{ago(paidAt, language)}</span>
            ),
        },
        { title: t.orders.state, key: 'state', render: (_, refund) => <State refund={refund} /> },
        ...(returned
          ? []
          : [
              {
                title: t.common.actions,
                key: 'actions',
                width: 220,
                render: (_: unknown, refund: DueRefund) => (
                  <Actions refund={refund} onOpen={onOpen} />
                ),
              },
            ]),
      ]}
    />
  );
}

const COLOURS: Readonly<Record<DueRefund['state'], string>> = {
  due: 'warning',
  running: 'processing',
  abnormal: 'error',
  failed: 'error',
  returned: 'success',
  returnedByHand: 'success',
};

function State({ refund: { state } }: { refund: DueRefund }) {
  const { t } = useLanguage();
  return <Tag color={COLOURS[state]}>{t.refunds.states[state]}</Tag>;
}

type ActionsProps = { readonly refund: DueRefund; readonly onOpen: (open: Open) => void };

function Actions({ refund, onOpen }: ActionsProps) {
  const { t } = useLanguage();
  const running = refund.state === 'running' || refund.state === 'abnormal';
  return (
    <div className={page.bar}>
      {refund.cause === 'cash' ? null : (
        <Button
          size="small"
          type="primary"
          disabled={running}
          onClick={() => onOpen({ what: 'return', refund })}
        >
          {t.refunds.return}
        </Button>
      )}
      <Button size="small" disabled={running} onClick={() => onOpen({ what: 'byHand', refund })}>
        {t.refunds.byHand}
      </Button>
    </div>
  );
}
