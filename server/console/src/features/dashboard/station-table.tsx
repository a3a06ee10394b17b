import { Badge, Table, Tag } from 'antd';
import { useLanguage } from '../../i18n/language.tsx';
import { ago } from '../../i18n/times.ts';
import type { Dashboard } from './use-dashboard.ts';

/** A station reports every minute; three missed reports mean that it is away. */
const AWAY_MS = 3 * 60_000;

const isOnline = (lastSeenAt: string | undefined) =>
  lastSeenAt !== undefined && Date.now() - Date.parse(lastSeenAt) < AWAY_MS;

export function StationTable({ stations }: Pick<Dashboard, 'stations'>) {
  const { t } = useLanguage();
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
          render: (_, { lastSeenAt }) => <LastSeen at={lastSeenAt} />,
        },
        { title: t.dashboard.outbox, dataIndex: 'outboxLength', className: 'num' },
        {
          title: t.dashboard.parked,
          key: 'parked',
          className: 'num',
          render: (_, { parked }) => <ParkedCount parked={parked} />,
        },
        { title: t.dashboard.version, dataIndex: 'version', className: 'num' },
      ]}
    />
  );
}

/** `at`: ISO time of the last report; undefined for none. */
export function LastSeen({ at }: { readonly at: string | undefined }) {
  const { t, language } = useLanguage();
  if (isOnline(at)) return t.dashboard.online;
  return at ? `${t.dashboard.offline} · ${ago(at, language)}` : t.dashboard.never;
}

/** Deliveries that a person has to look at. */
export function ParkedCount({ parked }: { readonly parked: number }) {
  return parked > 0 ? <Tag color="error">{parked}</Tag> : 0;
}
