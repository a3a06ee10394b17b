import { EXPORT_ITEM_STATES } from '@gradshot/contract';
import { Select, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import styles from './publishing.module.css';
import { PAGE_SIZE, useExportItems } from './publishing-queries.ts';

type State = (typeof EXPORT_ITEM_STATES)[number];

/** The people of a batch, masked; that they were looked at is written down. */
export function ExportItemList({ exportId }: { exportId: string }) {
  const { t } = useLanguage();
  const [state, setState] = useState<State>();
  const [current, setCurrent] = useState(1);
  const query = useExportItems(exportId, state, current);
  if (!query.data) return <LoadState query={query} />;
  return (
    <div className={styles.stack}>
      <Select
        size="small"
        style={{ width: 160 }}
        allowClear
        aria-label={t.orders.state}
        placeholder={t.orders.state}
        value={state}
        onChange={(chosen: State | undefined) => {
          setState(chosen);
          setCurrent(1);
        }}
        options={EXPORT_ITEM_STATES.map((value) => ({
          value,
          label: t.publishing.itemStates[value],
        }))}
      />
      <Table
        size="small"
        rowKey="position"
        dataSource={query.data.items}
        pagination={{
          ...{ current, total: query.data.total, pageSize: PAGE_SIZE, hideOnSinglePage: true },
          ...{ showSizeChanger: false, onChange: setCurrent },
        }}
        columns={[
          { title: '#', dataIndex: 'position', width: 60, className: 'num' },
          {
            title: t.orders.orderNo,
            key: 'orderNo',
            className: 'num',
            render: (_, { orderId, orderNo }) => <Link to={`/orders/${orderId}`}>{orderNo}</Link>,
          },
          { title: t.orders.name, dataIndex: 'maskedName' },
          {
            title: t.orders.state,
            key: 'state',
            render: (_, item) => t.publishing.itemStates[item.state],
          },
          {
            title: t.publishing.outcome,
            key: 'outcome',
            render: (_, { outcomeAt, reason }) =>
              [outcomeAt ? dateTime(outcomeAt) : '', reason].filter(Boolean).join(' · ') || '—',
          },
        ]}
      />
    </div>
  );
}
