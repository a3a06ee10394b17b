import { PlusOutlined } from '@ant-design/icons';
import type { ExportBatch } from '@gradshot/contract';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { ExportStateTag } from './export-state-tag.tsx';
import { PAGE_SIZE, useExports } from './publishing-queries.ts';

/** Batches for 学信网: what was asked for, made, handed over and answered. */
export function PublishingPage() {
  const { t } = useLanguage();
  const [current, setCurrent] = useState(1);
  const query = useExports(current);
  return (
    <div className={page.page}>
      <PageHeader title={t.publishing.title}>
        <span className={page.grow} />
        <Link to="/publishing/new">
          <Button type="primary" size="small" icon={<PlusOutlined />}>
            {t.publishing.add}
          </Button>
        </Link>
      </PageHeader>
      {query.data ? (
        <>
          <p className={page.lead}>
            {t.publishing.lead} {t.publishing.unexported(query.data.unexported)}
          </p>
          <BatchTable
            batches={query.data.exports}
            total={query.data.total}
            current={current}
            onPage={setCurrent}
          />
        </>
      ) : (
        <LoadState query={query} />
      )}
    </div>
  );
}

type BatchTableProps = {
  readonly batches: readonly ExportBatch[];
  readonly total: number;
  readonly current: number;
  readonly onPage: (page: number) => void;
};

function BatchTable({ batches, total, current, onPage }: BatchTableProps) {
  const { t } = useLanguage();
  return (
    <Table
      size="middle"
      rowKey="exportId"
      dataSource={[...batches]}
      locale={{ emptyText: t.publishing.none }}
      pagination={{
        ...{ current, total, pageSize: PAGE_SIZE, hideOnSinglePage: true },
        ...{ showSizeChanger: false, onChange: onPage },
      }}
      columns={[
        {
          title: t.publishing.number,
          key: 'number',
          width: 80,
          className: 'num',
          render: (_, { exportId, number }) => <Link to={`/publishing/${exportId}`}>{number}</Link>,
        },
        {
          title: t.orders.school,
          key: 'school',
          render: (_, { school, batchName, level }) =>
            [school, batchName, level].filter(Boolean).join(' · '),
        },
        {
          title: t.publishing.photos,
          key: 'photos',
          width: 90,
          align: 'right',
          className: 'num',
          render: (_, { counts }) => counts.total,
        },
        {
          title: t.publishing.outcome,
          key: 'outcome',
          className: 'num',
          render: (_, { counts }) =>
            counts.accepted + counts.refused > 0
              ? t.publishing.answered(counts.accepted, counts.refused, counts.publishing)
              : '—',
        },
        {
          title: t.publishing.people,
          key: 'people',
          render: (_, { askedBy, approvedBy }) =>
            approvedBy ? `${askedBy} / ${approvedBy}` : askedBy,
        },
        {
          title: t.publishing.askedAt,
          key: 'askedAt',
          className: 'num',
          render: (_, { askedAt }) => dateTime(askedAt),
        },
        {
          title: t.orders.state,
          key: 'state',
          render: (_, batch) => <ExportStateTag batch={batch} />,
        },
      ]}
    />
  );
}
