import { Alert, Button, Card, Statistic, Table } from 'antd';
import { Link } from 'react-router';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import styles from './publishing.module.css';
import type { ExportPreview } from './publishing-queries.ts';
import { megabytes } from './sizes.ts';

type ExportPreviewProps = {
  readonly preview: ExportPreview;
  readonly busy: boolean;
  readonly onAsk: () => void;
};

/** What a selection comes to; with doubled names nothing can be asked for. */
export function ExportPreviewCard({ preview, busy, onAsk }: ExportPreviewProps) {
  const { t } = useLanguage();
  const { count, bytes, parts, leftOut, doubled, rows } = preview;
  return (
    <Card size="small" title={t.publishing.result}>
      <div className={styles.stack}>
        <div className={styles.figures}>
          <Statistic title={t.publishing.photos} value={count} />
          <Statistic title={t.publishing.size} value={megabytes(bytes)} />
          <Statistic title={t.publishing.archives} value={parts} />
        </div>
        {doubled > 0 ? <Alert type="error" showIcon title={t.publishing.doubled(doubled)} /> : null}
        {leftOut.length > 0 ? (
          <Alert
            type="warning"
            showIcon
            title={t.publishing.leftOut}
            description={leftOut.map((left) => (
              <div key={left.why}>{t.publishing.whys[left.why](left.count)}</div>
            ))}
          />
        ) : null}
        {rows.length > 0 ? <TroubleRows rows={rows} /> : null}
        <p className={page.lead}>{t.publishing.askLead}</p>
        <div>
          <Button
            type="primary"
            disabled={count === 0 || doubled > 0}
            loading={busy}
            onClick={onAsk}
          >
            {t.publishing.ask(count)}
          </Button>
        </div>
      </div>
    </Card>
  );
}

function TroubleRows({ rows }: Pick<ExportPreview, 'rows'>) {
  const { t, pick } = useLanguage();
  return (
    <Table
      size="small"
      rowKey="orderId"
      dataSource={[...rows]}
      pagination={{ pageSize: 8, hideOnSinglePage: true, size: 'small' }}
      columns={[
        {
          title: t.orders.orderNo,
          key: 'orderNo',
          width: 170,
          className: 'num',
          render: (_, { orderId, orderNo }) => <Link to={`/orders/${orderId}`}>{orderNo}</Link>,
        },
        { title: t.orders.name, dataIndex: 'maskedName', width: 100 },
        { title: t.publishing.why, key: 'why', render: (_, row) => pick(row) },
      ]}
    />
  );
}
