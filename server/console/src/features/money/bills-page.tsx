import type { Bill } from '@gradshot/contract';
import { dayInBeijing } from '@gradshot/domain';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Table, Tag } from 'antd';
import { useState } from 'react';
import { answerOf, client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime, yuan } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { useNotify } from '../../ui/use-notify.ts';
import { BillDifferences } from './bill-differences.tsx';
import styles from './bills-page.module.css';
import { DayInput, DayRange, lastDays } from './day-input.tsx';
import { MoneyTabs } from './money-tabs.tsx';

const SHOWN_DAYS = 31;
const DAY_MS = 86_400_000;

/** WeChat Pay's daily bills against our own books. */
export function BillsPage() {
  const { t } = useLanguage();
  const [days, setDays] = useState(() => lastDays(SHOWN_DAYS));
  const query = useQuery({
    queryKey: ['bills', days],
    queryFn: () => answerOf(client.call('listBills', { query: days })),
  });
  return (
    <div className={page.page}>
      <MoneyTabs />
      <p className={page.lead}>{t.money.billsLead}</p>
      <Card size="small" title={t.money.differences(query.data?.open ?? 0)}>
        <BillDifferences />
      </Card>
      <Card size="small" title={t.money.bills} extra={<FetchBill />}>
        <div className={styles.stack}>
          <div className={page.bar}>
            <DayRange value={days} onChange={setDays} />
          </div>
          {query.data ? <BillTable bills={query.data.bills} /> : <LoadState query={query} />}
        </div>
      </Card>
    </div>
  );
}

/** Yesterday's, or that of another day. */
function FetchBill() {
  const { t } = useLanguage();
  const [day, setDay] = useState(() => dayInBeijing(new Date(Date.now() - DAY_MS)));
  const { busy, fetchBill } = useFetchBill();
  return (
    <div className={page.bar}>
      <DayInput label={t.money.billDay} value={day} onChange={setDay} />
      <Button type="primary" loading={busy} disabled={!day} onClick={() => void fetchBill(day)}>
        {t.money.fetchBill}
      </Button>
    </div>
  );
}

function useFetchBill() {
  const { t } = useLanguage();
  const notify = useNotify();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const fetchBill = async (day: string) => {
    setBusy(true);
    const answer = await client.call('fetchBill', { params: { day } });
    setBusy(false);
    for (const key of ['bills', 'bill-differences', 'money-totals', 'payments'])
      void queries.invalidateQueries({ queryKey: [key] });
    if (!answer.ok) return notify.failed(answer.error);
    notify.success(t.money.fetched(answer.value.day, answer.value.open));
  };
  return { busy, fetchBill };
}

const COLOURS: Readonly<Record<Bill['state'], string>> = {
  waiting: 'processing',
  none: 'default',
  done: 'success',
  damaged: 'error',
  failed: 'error',
};

function BillTable({ bills }: { readonly bills: readonly Bill[] }) {
  const { t } = useLanguage();
  const money = (fen: number) => `¥${yuan(fen)}`;
  const right = { align: 'right', className: 'num' } as const;
  return (
    <Table
      size="small"
      rowKey="day"
      dataSource={bills}
      pagination={{ pageSize: 31, hideOnSinglePage: true }}
      locale={{ emptyText: t.money.noBills }}
      columns={[
        { title: t.stations.day, dataIndex: 'day', className: 'num' },
        {
          title: t.orders.state,
          key: 'state',
          render: (_, { state, triedAt }) => (
            <>
              <Tag color={COLOURS[state]}>{t.money.billStates[state]}</Tag>
              {state === 'done' || state === 'none' ? null : (
                <small className={page.lead}>{t.money.triedAt(dateTime(triedAt))}</small>
              )}
            </>
          ),
        },
        {
          ...{ title: t.money.paid, key: 'paid', ...right },
          render: (_, { payments, paidFen }) =>
            payments > 0 ? t.money.countAndSum(payments, money(paidFen)) : '—',
        },
        {
          ...{ title: t.money.refunded, key: 'refunded', ...right },
          render: (_, { refunds, refundedFen }) =>
            refunds > 0 ? t.money.countAndSum(refunds, money(refundedFen)) : '—',
        },
        { title: t.money.fee, key: 'fee', ...right, render: (_, { feeFen }) => money(feeFen) },
        {
          ...{ title: t.money.open, key: 'open', ...right },
          render: (_, { open, differences }) =>
            open > 0 ? <Tag color="warning">{t.money.openOf(open, differences)}</Tag> : differences,
        },
      ]}
    />
  );
}
