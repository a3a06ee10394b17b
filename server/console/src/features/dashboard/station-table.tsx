import { Badge, Table, Tag } from 'antd';
import { useLanguage } from '../../i18n/language.tsx';
import { ago } from '../../i18n/times.ts';
import type { Dashboard } from './dashboard-page.tsx';

/** A station reports every minute; three missed reports mean that it is away. */
const AWAY_MS = 3 * 60_000;

const isOnline = (lastSeenAt: string | undefined) =>
  lastSeenAt !== undefined && Date.now() - Date.parse(lastSeenAt) < AWAY_MS;

export function StationTable({ stations }: Pick<Dashboard, 'stations'>) {
  const { t, language } = useLanguage();
  return (
    <Table
      size="small"
      rowKey="stationId"
      dataSource={stations}
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      locale={{ emptyText: t.dashboard.noStations }}
      columns={[
        {
          title: t.dashboard.station,
          key: 'name',
          render: (_, { name, lastSeenAt }) => (
            <Badge status={isOnline(lastSeenAt) ? 'success' : 'default'} text={name} />
          ),
        },
        {
          title: t.dashboard.lastSeen,
          key: 'lastSeen',
          render: (_, { lastSeenAt }) =>
            isOnline(lastSeenAt)
              ? t.dashboard.online
              : lastSeenAt
                ? `${t.dashboard.offline} · ${ago(lastSeenAt, language)}`
                : t.dashboard.never,
        },
        { title: t.dashboard.outbox, dataIndex: 'outboxLength', className: 'num' },
        {
          title: t.dashboard.parked,
          key: 'parked',
          className: 'num',
          render: (_, { parked }) => (parked > 0 ? <Tag color="error">{parked}</Tag> : 0),
        },
        { title: t.dashboard.version, dataIndex: 'version', className: 'num' },
      ]}
    />
  );
}
