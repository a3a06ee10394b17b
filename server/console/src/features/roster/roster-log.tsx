import { Drawer, Table } from 'antd';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import { useRosterLog } from './roster-queries.ts';

type RosterLogProps = { readonly batchId: string; readonly onClose: () => void };

/** Who imported and exported what. */
export function RosterLog({ batchId, onClose }: RosterLogProps) {
  const { t } = useLanguage();
  const query = useRosterLog(batchId, true);
  return (
    <Drawer open size={560} title={t.roster.log} onClose={onClose}>
      {query.data ? (
        <Table
          size="small"
          rowKey={({ at, act }) => `${at}-${act}`}
          dataSource={query.data}
          locale={{ emptyText: t.roster.noLog }}
          pagination={{ pageSize: 15, hideOnSinglePage: true, size: 'small' }}
          columns={[
            {
              title: t.orders.at,
              key: 'at',
              className: 'num',
              render: (_, { at }) => dateTime(at),
            },
            { title: t.orders.by, dataIndex: 'by' },
            { title: t.orders.what, key: 'act', render: (_, { act }) => t.roster.acts[act] },
            {
              title: t.roster.count,
              key: 'count',
              align: 'right',
              className: 'num',
              render: (_, { count }) => count.toLocaleString(),
            },
          ]}
        />
      ) : (
        <LoadState query={query} />
      )}
    </Drawer>
  );
}
