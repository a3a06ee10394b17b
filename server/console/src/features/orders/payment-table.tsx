import { Table, Tag } from 'antd';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime, yuan } from '../../i18n/times.ts';
import type { ConsoleOrder } from './order-queries.ts';

export function PaymentTable({ payments }: Pick<ConsoleOrder, 'payments'>) {
  const { t } = useLanguage();
  return (
    <Table
      size="small"
      rowKey="paymentId"
      dataSource={payments}
      pagination={false}
      locale={{ emptyText: t.orders.noPayments }}
      columns={[
        {
          title: t.orders.at,
          key: 'at',
          className: 'num',
          render: (_, { paidAt, createdAt }) => dateTime(paidAt ?? createdAt),
        },
        {
          title: t.orders.fee,
          key: 'fee',
          render: (_, { amountFen, askedFen, refundedFen }) => (
            <>
              <div>¥{yuan(amountFen)}</div>
              {askedFen === undefined ? null : <small>{t.refunds.askedSum(yuan(askedFen))}</small>}
              {refundedFen > 0 && refundedFen < amountFen ? (
                <small>{t.refunds.backSum(yuan(refundedFen))}</small>
              ) : null}
            </>
          ),
        },
        {
          title: t.refunds.numbers,
          key: 'numbers',
          className: 'num',
          render: (_, { outTradeNo, transactionId }) => (
            <>
              <div>{outTradeNo}</div>
              <small>{transactionId ?? ''}</small>
            </>
          ),
        },
        {
          title: t.orders.what,
          key: 'method',
          render: (_, { method, receiptNo }) =>
            [t.orders.methods[method] ?? method, receiptNo && `${t.orders.receiptNo} ${receiptNo}`]
              .filter(Boolean)
              .join(' · '),
        },
        {
          title: t.orders.state,
          key: 'state',
          render: (_, { state, refundDue }) =>
            refundDue && state === 'paid' ? (
              <Tag color="warning">{t.refunds.owed}</Tag>
            ) : (
              (t.orders.paymentStates[state] ?? state)
            ),
        },
      ]}
    />
  );
}
