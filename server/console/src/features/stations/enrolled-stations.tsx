import type { ConsoleStation } from '@gradshot/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { answerOf, client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ago, dateTime } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import { LastSeen, ParkedCount } from '../dashboard/station-table.tsx';
import { StationDialog } from './station-dialog.tsx';
import { StationRecord } from './station-record.tsx';
import { type RightWish, StationRightDialog, StationRights } from './station-rights.tsx';

/** Stations report every minute. */
const POLL_MS = 30_000;

/** Every station that was ever enrolled, for administrators: disabled ones are allowed again here. */
export function EnrolledStations() {
  const query = useQuery({
    queryKey: ['stations'],
    queryFn: async () => (await answerOf(client.call('listStations'))).stations,
    refetchInterval: POLL_MS,
  });
  const [changing, setChanging] = useState<ConsoleStation>();
  const [granting, setGranting] = useState<RightWish>();
  return (
    <>
      {query.data ? (
        <Stations stations={query.data} onChange={setChanging} onGrant={setGranting} />
      ) : (
        <LoadState query={query} />
      )}
      {changing ? (
        <StationDialog station={changing} onClose={() => setChanging(undefined)} />
      ) : null}
      {granting ? (
        <StationRightDialog {...granting} onClose={() => setGranting(undefined)} />
      ) : null}
    </>
  );
}

type StationsProps = {
  readonly stations: readonly ConsoleStation[];
  readonly onChange: (station: ConsoleStation) => void;
  readonly onGrant: (wish: RightWish) => void;
};

function Stations({ stations, onChange, onGrant }: StationsProps) {
  const { t, language } = useLanguage();
  return (
    <Table
      size="small"
      rowKey="stationId"
      dataSource={stations}
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      locale={{ emptyText: t.dashboard.noStations }}
      expandable={{
        expandedRowRender: (station) => (
          <>
            <StationRights station={station} onGrant={onGrant} />
            <StationRecord stationId={station.stationId} />
          </>
        ),
      }}
      columns={[
        { title: t.dashboard.station, dataIndex: 'name' },
        { title: t.stations.school, dataIndex: 'school', ellipsis: true },
        {
          title: t.stations.state,
          key: 'state',
          render: (_, { disabledAt }) =>
            disabledAt ? (
              <Tag color="error" title={dateTime(disabledAt)}>
                {t.stations.disabled}
              </Tag>
            ) : (
              <Tag color="success">{t.stations.inUse}</Tag>
            ),
        },
        {
          title: t.dashboard.lastSeen,
          key: 'lastSeen',
          // Its last report may be a moment old: it is shut out all the same.
          render: (_, { lastSeenAt, disabledAt }) =>
            disabledAt && lastSeenAt ? ago(lastSeenAt, language) : <LastSeen at={lastSeenAt} />,
        },
        { title: t.dashboard.outbox, dataIndex: 'outboxLength', className: 'num' },
        {
          title: t.dashboard.parked,
          key: 'parked',
          className: 'num',
          render: (_, { parked }) => <ParkedCount parked={parked} />,
        },
        { title: t.dashboard.version, dataIndex: 'version', className: 'num' },
        {
          title: t.common.actions,
          key: 'actions',
          width: 100,
          render: (_, station) => (
            <Button size="small" danger={!station.disabledAt} onClick={() => onChange(station)}>
              {station.disabledAt ? t.stations.enable : t.stations.disable}
            </Button>
          ),
        },
      ]}
    />
  );
}
