import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import type { StaffMember } from '@gradshot/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { answerOf, client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { useBatches } from '../batches/batch-queries.ts';
import { StaffDialog } from './staff-dialog.tsx';

export function StaffPage() {
  const { t } = useLanguage();
  const query = useQuery({
    queryKey: ['staff'],
    queryFn: () => answerOf(client.call('listStaff')),
  });
  const [editing, setEditing] = useState<StaffMember | 'new'>();
  return (
    <div className={page.page}>
      <PageHeader title={t.staff.title}>
        <span className={page.grow} />
        <Button
          type="primary"
          size="small"
          icon={<PlusOutlined />}
          onClick={() => setEditing('new')}
        >
          {t.staff.add}
        </Button>
      </PageHeader>
      {query.data ? (
        <Members staff={query.data.staff} onEdit={setEditing} />
      ) : (
        <LoadState query={query} />
      )}
      {editing ? (
        <StaffDialog
          member={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      ) : null}
    </div>
  );
}

function Schools({ codes }: { codes: StaffMember['schools'] }) {
  const { t } = useLanguage();
  const { schools = [] } = useBatches().data ?? {};
  if (codes === null) return t.staff.everySchool;
  return codes
    .map((code) => schools.find((school) => school.code === code)?.name ?? code)
    .join(t.staff.comma);
}

type MembersProps = {
  readonly staff: readonly StaffMember[];
  readonly onEdit: (member: StaffMember) => void;
};

function Members({ staff, onEdit }: MembersProps) {
  const { t } = useLanguage();
  return (
    <Table
      size="middle"
      rowKey="staffId"
      dataSource={staff}
      pagination={{ pageSize: 12, hideOnSinglePage: true }}
      columns={[
        { title: t.staff.account, dataIndex: 'account' },
        { title: t.staff.name, dataIndex: 'name' },
        {
          title: t.staff.roles,
          key: 'roles',
          render: (_, { roles }) => roles.map((role) => <Tag key={role}>{t.roles[role]}</Tag>),
        },
        {
          title: t.staff.schools,
          key: 'schools',
          render: (_, { schools }) => <Schools codes={schools} />,
        },
        {
          title: t.staff.state,
          key: 'state',
          render: (_, { enabled, mustChangePassword }) => (
            <>
              <Tag color={enabled ? 'success' : 'default'}>
                {enabled ? t.staff.enabled : t.staff.disabled}
              </Tag>
              {mustChangePassword ? <Tag color="warning">{t.staff.mustChange}</Tag> : null}
            </>
          ),
        },
        {
          title: t.common.actions,
          key: 'actions',
          render: (_, member) => (
            <Button size="small" icon={<EditOutlined />} onClick={() => onEdit(member)}>
              {t.common.edit}
            </Button>
          ),
        },
      ]}
    />
  );
}
