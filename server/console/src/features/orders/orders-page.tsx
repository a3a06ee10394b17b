import type { CONSOLE_ROUTES, OutputOf } from '@gradshot/contract';
import { ORDER_STATE_TEXT, ORDER_STATES, type OrderState } from '@gradshot/domain';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Input, Select, Table } from 'antd';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { answerOf, client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { BatchSelect } from '../batches/batch-select.tsx';
import { BatchClassSelect } from '../roster/class-select.tsx';

const PAGE_SIZE = 15;

type Search = {
  readonly text: string;
  readonly state: OrderState | undefined;
  readonly batchId: string | undefined;
  readonly className: string | undefined;
  readonly page: number;
};

/** What is searched for stands in the address, so that going back finds the same list. */
function useSearch(): [Search, (changes: Partial<Search>) => void] {
  const [params, setParams] = useSearchParams();
  const state = ORDER_STATES.find((x) => x === params.get('state'));
  const search: Search = {
    text: params.get('text') ?? '',
    state,
    batchId: params.get('batch') ?? undefined,
    className: params.get('class') ?? undefined,
    page: Math.max(1, Number(params.get('page')) || 1),
  };
  const change = (changes: Partial<Search>) => {
    const next = { ...search, page: 1, ...changes };
    setParams({
      ...(next.text ? { text: next.text } : {}),
      ...(next.state ? { state: next.state } : {}),
      ...(next.batchId ? { batch: next.batchId } : {}),
      ...(next.className ? { class: next.className } : {}),
      ...(next.page > 1 ? { page: String(next.page) } : {}),
    });
  };
  return [search, change];
}

export function OrdersPage() {
  const { t } = useLanguage();
  const [search, change] = useSearch();
  const orders = useQuery({
    queryKey: ['orders', search],
    queryFn: () =>
      answerOf(client.call('searchOrders', { query: { ...search, pageSize: PAGE_SIZE } })),
    placeholderData: keepPreviousData,
  });
  return (
    <div className={page.page}>
      <PageHeader title={t.orders.title} />
      <SearchBar search={search} onChange={change} />
      {orders.data ? (
        <OrderTable
          {...orders.data}
          page={search.page}
          loading={orders.isFetching}
          onPage={(next) => change({ page: next })}
        />
      ) : (
        <LoadState query={orders} />
      )}
    </div>
  );
}

type SearchBarProps = {
  readonly search: Search;
  readonly onChange: (changes: Partial<Search>) => void;
};

function SearchBar({ search, onChange }: SearchBarProps) {
  const { t, pick } = useLanguage();
  return (
    <div className={page.bar}>
      <Input.Search
        key={search.text}
        defaultValue={search.text}
        placeholder={t.orders.placeholder}
        enterButton={t.common.search}
        allowClear
        maxLength={60}
        style={{ width: 380 }}
        onSearch={(text) => onChange({ text: text.trim() })}
      />
      <Select
        allowClear
        placeholder={t.orders.state}
        style={{ width: 150 }}
        value={search.state}
        onChange={(state: OrderState | undefined) => onChange({ state })}
        options={ORDER_STATES.map((state) => ({
          value: state,
          label: pick(ORDER_STATE_TEXT[state]),
        }))}
      />
      <BatchSelect
        value={search.batchId}
        onChange={(batchId) => onChange({ batchId, className: undefined })}
      />
      <BatchClassSelect
        batchId={search.batchId}
        value={search.className}
        onChange={(className) => onChange({ className })}
      />
    </div>
  );
}

type Hits = OutputOf<typeof CONSOLE_ROUTES.searchOrders>;

type OrderTableProps = Hits & {
  readonly page: number;
  readonly loading: boolean;
  readonly onPage: (page: number) => void;
};

function OrderTable({ orders, total, page: current, loading, onPage }: OrderTableProps) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  return (
    <Table
      size="middle"
      rowKey="orderId"
      dataSource={orders}
      loading={loading}
      locale={{ emptyText: t.orders.none }}
      onRow={({ orderId }) => ({
        onClick: () => navigate(`/orders/${orderId}`),
        style: { cursor: 'pointer' },
      })}
      pagination={{
        current,
        total,
        pageSize: PAGE_SIZE,
        showSizeChanger: false,
        showTotal: t.orders.total,
        onChange: onPage,
      }}
      columns={[
        {
          title: t.orders.orderNo,
          width: 160,
          key: 'orderNo',
          className: 'num',
          render: (_, { orderNo, orderId }) => (
            <Link to={`/orders/${orderId}`} onClick={(event) => event.stopPropagation()}>
              {orderNo}
            </Link>
          ),
        },
        {
          title: t.orders.student,
          key: 'student',
          render: (_, { student }) => student.maskedName,
        },
        {
          title: t.orders.idNumber,
          width: 170,
          key: 'idNumber',
          className: 'num',
          render: (_, { student }) => student.maskedIdNumber,
        },
        {
          title: t.orders.school,
          key: 'school',
          ellipsis: true,
          render: (_, { student }) => student.school,
        },
        { title: t.orders.batch, dataIndex: 'batchName', ellipsis: true },
        { title: t.roster.className, key: 'class', render: (_, hit) => hit.className ?? '—' },
        {
          title: t.orders.state,
          key: 'state',
          render: (_, { state }) => <StateTag state={state} />,
        },
        {
          title: t.orders.updated,
          width: 160,
          key: 'updatedAt',
          className: 'num',
          render: (_, { updatedAt }) => dateTime(updatedAt),
        },
      ]}
    />
  );
}
