import { ArrowLeftOutlined } from '@ant-design/icons';
import { ROUTES, routeUrl } from '@gradshot/contract';
import { Alert, Button, Card, Descriptions, Progress, Statistic, Table, Timeline } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { ExportActions } from './export-actions.tsx';
import { ExportItemList } from './export-items.tsx';
import { ExportStateTag } from './export-state-tag.tsx';
import styles from './publishing.module.css';
import { type ExportDetail, useExport } from './publishing-queries.ts';
import { megabytes } from './sizes.ts';

/** One batch: where it stands, its files, what 学信网 answered, and who did what. */
export function ExportPage() {
  const { exportId = '' } = useParams();
  const { t } = useLanguage();
  const navigate = useNavigate();
  const query = useExport(exportId);
  return (
    <div className={page.page}>
      <PageHeader
        title={
          <span className={page.bar}>
            <Button
              type="text"
              size="small"
              icon={<ArrowLeftOutlined />}
              aria-label={t.review.back}
              onClick={() => navigate('/publishing')}
            />
            {t.publishing.batch} <span className="num">{query.data?.batch.number}</span>
          </span>
        }
      >
        {query.data ? <ExportStateTag batch={query.data.batch} /> : null}
        <span className={page.grow} />
        {query.data ? <ExportActions {...query.data} /> : null}
      </PageHeader>
      {query.data ? <Detail {...query.data} /> : <LoadState query={query} />}
    </div>
  );
}

function Detail({ batch, files, receipts, acts }: ExportDetail) {
  const { t } = useLanguage();
  const [listed, setListed] = useState(false);
  return (
    <div className={styles.columns} style={{ gridTemplateColumns: 'minmax(0, 1fr) 320px' }}>
      <div className={styles.stack}>
        <Standing batch={batch} />
        <Card size="small" title={t.publishing.files}>
          <FileTable files={files} exportId={batch.exportId} made={batch.state === 'made'} />
        </Card>
        <Card size="small" title={t.publishing.receipts}>
          <ReceiptTable receipts={receipts} />
        </Card>
        <Card
          size="small"
          title={t.publishing.items}
          extra={
            listed ? null : (
              <Button size="small" onClick={() => setListed(true)}>
                {t.publishing.showItems}
              </Button>
            )
          }
        >
          {listed ? (
            <ExportItemList exportId={batch.exportId} />
          ) : (
            <p className={page.lead}>{t.publishing.itemsLead}</p>
          )}
        </Card>
      </div>
      <Card size="small" title={t.publishing.acts}>
        <Acts acts={acts} />
      </Card>
    </div>
  );
}

function Standing({ batch }: Pick<ExportDetail, 'batch'>) {
  const { t } = useLanguage();
  const { counts, state } = batch;
  const working = state === 'making' || state === 'cancelling';
  const items = [
    {
      key: 'scope',
      label: t.publishing.scope,
      children: [batch.school, batch.batchName, batch.level].filter(Boolean).join(' · '),
    },
    { key: 'naming', label: t.publishing.naming, children: batch.naming },
    { key: 'asked', label: t.publishing.askedBy, children: batch.askedBy },
    { key: 'approved', label: t.publishing.approvedBy, children: batch.approvedBy ?? '—' },
    ...(batch.filesUntil
      ? [
          {
            key: 'until',
            label: t.publishing.filesUntil,
            children: dateTime(batch.filesUntil),
          },
        ]
      : []),
    ...(batch.note ? [{ key: 'note', label: t.publishing.note, children: batch.note }] : []),
  ];
  return (
    <Card size="small" title={t.publishing.standing}>
      <div className={styles.stack}>
        {batch.trouble ? <Alert type="warning" showIcon title={t.publishing.trouble} /> : null}
        {working ? (
          <Progress
            percent={Math.round(batch.progress * 100)}
            aria-label={t.publishing.states[state]}
          />
        ) : null}
        <div className={styles.figures}>
          <Statistic title={t.publishing.photos} value={counts.total} />
          <Statistic title={t.publishing.itemStates.publishing} value={counts.publishing} />
          <Statistic title={t.publishing.itemStates.accepted} value={counts.accepted} />
          <Statistic title={t.publishing.itemStates.refused} value={counts.refused} />
          {counts.dropped > 0 ? (
            <Statistic title={t.publishing.itemStates.dropped} value={counts.dropped} />
          ) : null}
        </div>
        <Descriptions size="small" column={2} items={items} />
      </div>
    </Card>
  );
}

type FileTableProps = Pick<ExportDetail, 'files'> & {
  readonly exportId: string;
  readonly made: boolean;
};

/** A link: the browser writes to the disk what comes, instead of holding it. */
function FileTable({ files, exportId, made }: FileTableProps) {
  const { t } = useLanguage();
  const hrefOf = (name: string) =>
    routeUrl(window.location.origin, ROUTES.downloadExport, { params: { exportId, name } });
  return (
    <Table
      size="small"
      rowKey="name"
      dataSource={[...files]}
      pagination={false}
      locale={{ emptyText: t.publishing.noFiles }}
      columns={[
        { title: t.publishing.file, dataIndex: 'name', className: 'num' },
        {
          title: t.publishing.photos,
          key: 'photos',
          align: 'right',
          className: 'num',
          render: (_, { photos }) => photos || '—',
        },
        {
          title: t.publishing.size,
          key: 'bytes',
          align: 'right',
          className: 'num',
          render: (_, { bytes }) => megabytes(bytes),
        },
        {
          title: 'SHA-256',
          key: 'sha256',
          render: (_, { sha256 }) => (
            <span className={`${styles.digest} num`} title={sha256}>
              {sha256.slice(0, 16)}…
            </span>
          ),
        },
        {
          title: t.common.actions,
          key: 'actions',
          width: 100,
          render: (_, { name, gone }) =>
            gone ? (
              t.publishing.gone
            ) : made ? (
              <a href={hrefOf(name)} download={name}>
                {t.publishing.download}
              </a>
            ) : (
              '—'
            ),
        },
      ]}
    />
  );
}

function ReceiptTable({ receipts }: Pick<ExportDetail, 'receipts'>) {
  const { t } = useLanguage();
  return (
    <Table
      size="small"
      rowKey="importedAt"
      dataSource={[...receipts]}
      pagination={false}
      locale={{ emptyText: t.publishing.noReceipts }}
      columns={[
        {
          title: t.publishing.receivedAt,
          key: 'receivedAt',
          className: 'num',
          render: (_, { receivedAt }) => dateTime(receivedAt),
        },
        {
          title: t.publishing.importedBy,
          key: 'by',
          render: (_, { by, importedAt }) =>
            `${by || t.publishing.server} · ${dateTime(importedAt)}`,
        },
        {
          title: t.publishing.appliedRows,
          key: 'rows',
          align: 'right',
          className: 'num',
          render: (_, { rows, applied }) => `${applied} / ${rows}`,
        },
      ]}
    />
  );
}

function Acts({ acts }: Pick<ExportDetail, 'acts'>) {
  const { t } = useLanguage();
  return (
    <Timeline
      items={acts.map(({ at, by, act, count, note }, index) => ({
        key: `${at}-${act}-${index}`,
        color: index === 0 ? 'blue' : 'gray',
        content: (
          <>
            <div>{t.publishing.actTexts[act](count)}</div>
            {note ? <div className={styles.digest}>{note}</div> : null}
            <small className={`${styles.when} num`}>
              {dateTime(at)} · {by || t.publishing.server}
            </small>
          </>
        ),
      }))}
    />
  );
}
