import { Table } from 'antd';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import type { ConsoleOrder } from './order-queries.ts';

/** Who looked at whose photo, and when. */
export function AccessLog({ accesses }: Pick<ConsoleOrder, 'accesses'>) {
  const { t } = useLanguage();
  return (
    <Table
      size="small"
      rowKey={({ at, by, what }) => `${at}-${by}-${what}`}
      dataSource={accesses}
      locale={{ emptyText: t.orders.noAccesses }}
      pagination={{ pageSize: 8, hideOnSinglePage: true, size: 'small' }}
      columns={[
        { title: t.orders.at, key: 'at', className: 'num', render: (_, { at }) => dateTime(at) },
        {
          title: t.orders.by,
          key: 'by',
          render: (_, { by, role }) => `${by || '—'}（${t.orders.actors[role]}）`,
        },
        {
          title: t.orders.what,
          key: 'what',
          render: (_, { what }) => t.orders.looks[what] ?? what,
        },
      ]}
    />
  );
}
