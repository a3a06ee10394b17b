import { EditOutlined, PlusOutlined, TeamOutlined } from '@ant-design/icons';
import type { Batch } from '@gradshot/contract';
import { findPhotoProfile } from '@gradshot/domain';
import { Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime, yuan } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { BatchDialog } from './batch-dialog.tsx';
import { useBatches } from './batch-queries.ts';
import { SchoolDialog } from './school-dialog.tsx';

type Open =
  | { readonly what: 'edit'; readonly batch: Batch | undefined }
  | { readonly what: 'school' };

export function BatchesPage() {
  const { t } = useLanguage();
  const query = useBatches();
  const [open, setOpen] = useState<Open>();
  const mayEdit = mayAct(useStaff(), 'keepBatches');
  const close = () => setOpen(undefined);
  return (
    <div className={page.page}>
      <PageHeader title={t.batches.title}>
        <span className={page.grow} />
        {mayEdit ? (
          <Button size="small" onClick={() => setOpen({ what: 'school' })}>
            {t.batches.addSchool}
          </Button>
        ) : null}
        {mayEdit ? (
          <Button
            type="primary"
            size="small"
            icon={<PlusOutlined />}
            onClick={() => setOpen({ what: 'edit', batch: undefined })}
          >
            {t.batches.add}
          </Button>
        ) : null}
      </PageHeader>
      {query.data ? (
        <BatchTable batches={query.data.batches} mayEdit={mayEdit} onOpen={setOpen} />
      ) : (
        <LoadState query={query} />
      )}
      {open?.what === 'edit' && query.data ? (
        <BatchDialog batch={open.batch} schools={query.data.schools} onClose={close} />
      ) : null}
      {open?.what === 'school' ? <SchoolDialog onClose={close} /> : null}
    </div>
  );
}

type BatchTableProps = {
  readonly batches: readonly Batch[];
  readonly mayEdit: boolean;
  readonly onOpen: (open: Open) => void;
};

function BatchTable({ batches, mayEdit, onOpen }: BatchTableProps) {
  const { t, pick } = useLanguage();
  const mayOpen = mayAct(useStaff(), 'seeRosters');
  return (
    <Table
      size="middle"
      rowKey="batchId"
      dataSource={batches}
      locale={{ emptyText: t.batches.none }}
      pagination={{ pageSize: 12, hideOnSinglePage: true }}
      columns={[
        { title: t.batches.school, dataIndex: 'school' },
        { title: t.batches.name, dataIndex: 'name' },
        {
          title: t.batches.price,
          key: 'price',
          className: 'num',
          align: 'right',
          render: (_, { priceFen }) => yuan(priceFen),
        },
        {
          title: t.batches.profile,
          key: 'profile',
          render: (_, { profileId }) => {
            const profile = findPhotoProfile(profileId);
            return profile ? pick(profile) : profileId;
          },
        },
        {
          title: t.batches.window,
          key: 'window',
          className: 'num',
          render: (_, { opensAt, closesAt }) =>
            `${dateTime(opensAt)} — ${closesAt ? dateTime(closesAt) : t.batches.unlimited}`,
        },
        { title: t.orders.state, key: 'state', render: (_, batch) => <Window batch={batch} /> },
        ...(mayOpen
          ? [
              {
                title: t.common.actions,
                key: 'actions',
                render: (_: unknown, batch: Batch) => (
                  <Actions batch={batch} mayEdit={mayEdit} onOpen={onOpen} />
                ),
              },
            ]
          : []),
      ]}
    />
  );
}

function Window({ batch }: { batch: Batch }) {
  const { t } = useLanguage();
  const now = Date.now();
  if (Date.parse(batch.opensAt) > now) return <Tag>{t.batches.state.soon}</Tag>;
  if (batch.closesAt && Date.parse(batch.closesAt) <= now) return <Tag>{t.batches.state.over}</Tag>;
  return <Tag color="success">{t.batches.state.open}</Tag>;
}

type ActionsProps = Omit<BatchTableProps, 'batches'> & { readonly batch: Batch };

function Actions({ batch, mayEdit, onOpen }: ActionsProps) {
  const { t } = useLanguage();
  return (
    <div className={page.bar}>
      {mayEdit ? (
        <Button
          size="small"
          icon={<EditOutlined />}
          onClick={() => onOpen({ what: 'edit', batch })}
        >
          {t.common.edit}
        </Button>
      ) : null}
      <Link to={`/batches/${batch.batchId}`}>
        <Button size="small" icon={<TeamOutlined />}>
          {t.roster.open}
        </Button>
      </Link>
    </div>
  );
}
