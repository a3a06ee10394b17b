import type { Batch, RosterPerson } from '@gradshot/contract';
import { Table, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { PeopleActions } from './people-actions.tsx';
import { PAGE_SIZE, type Roster } from './roster-queries.ts';

type RosterTableProps = {
  readonly batch: Batch;
  readonly roster: Roster;
  readonly page: number;
  readonly loading: boolean;
  readonly onPage: (page: number) => void;
};

export function RosterTable({ batch, roster, page, loading, onPage }: RosterTableProps) {
  const { t } = useLanguage();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const mayChange = mayAct(useStaff(), 'keepRosters');
  return (
    <>
      <PeopleActions batch={batch} chosen={chosen} onDone={() => setChosen([])} />
      <Table
        size="middle"
        rowKey="entryId"
        {...(mayChange
          ? {
              rowSelection: {
                selectedRowKeys: [...chosen],
                preserveSelectedRowKeys: true,
                onChange: (keys: readonly unknown[]) => setChosen(keys.map(String)),
                getCheckboxProps: ({ studentNumber }: RosterPerson) => ({
                  'aria-label': t.rosterImport.people.choose(studentNumber),
                }),
              },
            }
          : {})}
        dataSource={roster.people}
        loading={loading}
        locale={{ emptyText: t.roster.nobody }}
        pagination={{
          current: page,
          total: roster.total,
          pageSize: PAGE_SIZE,
          showSizeChanger: false,
          showTotal: t.roster.total,
          onChange: onPage,
        }}
        columns={[
          { title: t.roster.studentNumber, dataIndex: 'studentNumber', className: 'num' },
          { title: t.orders.name, dataIndex: 'maskedName' },
          { title: t.orders.idNumber, dataIndex: 'maskedIdNumber', className: 'num' },
          { title: t.roster.college, key: 'college', render: (_, { college }) => college ?? '—' },
          {
            title: t.roster.className,
            key: 'class',
            render: (_, person) => person.className ?? '—',
          },
          {
            title: t.review.reference,
            key: 'photo',
            render: (_, { hasPhoto }) => (hasPhoto ? t.roster.has : '—'),
          },
          { title: t.orders.state, key: 'state', render: (_, person) => <Standing {...person} /> },
          { title: '', key: 'order', width: 90, render: (_, person) => <Order {...person} /> },
        ]}
      />
    </>
  );
}

function Standing({ orderState }: RosterPerson) {
  const { t } = useLanguage();
  return orderState ? <StateTag state={orderState} /> : <Tag>{t.roster.steps.unstarted}</Tag>;
}

function Order({ orderId }: RosterPerson) {
  const { t } = useLanguage();
  return orderId ? <Link to={`/orders/${orderId}`}>{t.roster.order}</Link> : null;
}
