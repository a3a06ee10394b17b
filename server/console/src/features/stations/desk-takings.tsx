import type { DeskTakings as Takings } from '@gradshot/contract';
import { dayInBeijing } from '@gradshot/domain';
import { useQuery } from '@tanstack/react-query';
import { Card, Segmented, Table } from 'antd';
import { useState } from 'react';
import { answerOf, client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { yuan } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import styles from './stations-page.module.css';

const SPANS = { today: 1, week: 7, month: 31 } as const;
type Span = keyof typeof SPANS;
const DAY_MS = 86_400_000;

/** What stations took in cash or on their school's account, to be compared with boxes and bills. */
export function DeskTakings() {
  const { t } = useLanguage();
  const [span, setSpan] = useState<Span>('today');
  const query = useQuery({
    queryKey: ['desk-takings', span],
    queryFn: async () => {
      const now = Date.now();
      const from = dayInBeijing(new Date(now - (SPANS[span] - 1) * DAY_MS));
      const days = { from, until: dayInBeijing(new Date(now)) };
      return (await answerOf(client.call('listDeskTakings', { query: days }))).takings;
    },
  });
  return (
    <Card
      size="small"
      title={t.stations.takings}
      extra={
        <Segmented
          size="small"
          value={span}
          options={(Object.keys(SPANS) as Span[]).map((value) => ({
            value,
            label: t.stations.takingsDays[value],
          }))}
          onChange={setSpan}
        />
      }
    >
      <p className={`${page.lead} ${styles.takingsLead}`}>{t.stations.takingsLead}</p>
      {query.data ? <TakingsTable takings={query.data} /> : <LoadState query={query} />}
    </Card>
  );
}

function TakingsTable({ takings }: { readonly takings: readonly Takings[] }) {
  const { t } = useLanguage();
  const money = (fen: number) => `¥${yuan(fen)}`;
  return (
    <Table
      size="small"
      rowKey={({ day, stationId, method }) => `${day}-${stationId}-${method}`}
      dataSource={takings}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      locale={{ emptyText: t.stations.takingsNone }}
      columns={[
        { title: t.stations.day, dataIndex: 'day', className: 'num' },
        { title: t.dashboard.station, dataIndex: 'station' },
        { title: t.stations.school, dataIndex: 'school', ellipsis: true },
        {
          title: t.stations.method,
          key: 'method',
          render: (_, { method }) => t.orders.methods[method],
        },
        { title: t.stations.count, dataIndex: 'count', align: 'right', className: 'num' },
        {
          title: t.stations.sum,
          key: 'sum',
          align: 'right',
          className: 'num',
          render: (_, { amountFen }) => money(amountFen),
        },
        {
          title: t.stations.returned,
          key: 'returned',
          align: 'right',
          className: 'num',
          render: (_, { returned, returnedFen }) =>
            returned > 0 ? `${returned} · ${money(returnedFen)}` : '—',
        },
        {
          title: t.stations.left,
          key: 'left',
          align: 'right',
          className: 'num',
          render: (_, { amountFen, returnedFen }) => money(amountFen - returnedFen),
        },
      ]}
    />
  );
}
