import { type ListedPayment, PAYMENT_STATES, PAYMENT_WAYS } from '@gradshot/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Input, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { answerOf, client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime, yuan } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { DayInput } from './day-input.tsx';
import { MoneyTabs } from './money-tabs.tsx';
import { SchoolSelect } from './school-select.tsx';

const STATES = [...PAYMENT_STATES, 'partlyRefunded', 'owed'] as const;
const PAGE_SIZE = 20;

type State = (typeof STATES)[number];
type Way = (typeof PAYMENT_WAYS)[number];
type Search = {
  readonly text: string;
  readonly state: State | undefined;
  readonly way: Way | undefined;
  readonly schoolCode: string | undefined;
  readonly day: string | undefined;
};

/** What is searched for stands in the address; where the pages end does not. */
function useSearch() {
  const [params, setParams] = useSearchParams();
  const search: Search = {
    text: params.get('text') ?? '',
    state: STATES.find((one) => one === params.get('state')),
    way: PAYMENT_WAYS.find((one) => one === params.get('way')),
    schoolCode: params.get('school') ?? undefined,
    day: params.get('day') ?? undefined,
  };
  const change = (changes: Partial<Search>) => {
    const { text, state, way, schoolCode: school, day } = { ...search, ...changes };
    const given = Object.entries({ text, state, way, school, day }).filter(([, value]) => value);
    setParams(Object.fromEntries(given) as Record<string, string>);
  };
  return { search, change };
}

/** Every payment, found by whatever number somebody has in hand. */
export function PaymentsPage() {
  const { search, change } = useSearch();
  const key = JSON.stringify(search);
  return (
    <div className={page.page}>
      <MoneyTabs />
      <SearchBar search={search} onChange={change} />
      <Pages key={key} search={search} />
    </div>
  );
}

type SearchBarProps = {
  readonly search: Search;
  readonly onChange: (changes: Partial<Search>) => void;
};

function SearchBar({ search, onChange }: SearchBarProps) {
  const { t } = useLanguage();
  return (
    <div className={page.bar}>
      <Input.Search
        key={search.text}
        defaultValue={search.text}
        placeholder={t.money.placeholder}
        aria-label={t.money.placeholder}
        enterButton={t.common.search}
        allowClear
        maxLength={64}
        style={{ width: 420 }}
        onSearch={(text) => onChange({ text: text.trim() })}
      />
      <Select
        allowClear
        placeholder={t.orders.state}
        aria-label={t.orders.state}
        style={{ width: 130 }}
        value={search.state}
        onChange={(state: State | undefined) => onChange({ state })}
        options={STATES.map((value) => ({ value, label: t.money.states[value] }))}
      />
      <Select
        allowClear
        placeholder={t.money.way}
        aria-label={t.money.way}
        style={{ width: 120 }}
        value={search.way}
        onChange={(way: Way | undefined) => onChange({ way })}
        options={PAYMENT_WAYS.map((value) => ({ value, label: t.money.ways[value] }))}
      />
      <SchoolSelect value={search.schoolCode} onChange={(schoolCode) => onChange({ schoolCode })} />
      <DayInput
        label={t.money.paidOn}
        value={search.day ?? ''}
        onChange={(day) => onChange({ day: day || undefined })}
      />
    </div>
  );
}

/** By where the page before ended: the hundred-thousandth row is as near as the first. */
function Pages({ search }: { readonly search: Search }) {
  const { t } = useLanguage();
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const after = cursors.at(-1);
  const query = useQuery({
    queryKey: ['payments', search, after],
    queryFn: () =>
      answerOf(
        client.call('listPayments', {
          query: { ...search, pageSize: PAGE_SIZE, ...(after ? { after } : {}) },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  if (!query.data) return <LoadState query={query} />;
  const { payments, next } = query.data;
  return (
    <>
      <PaymentList payments={payments} loading={query.isFetching} />
      {cursors.length > 1 || next ? (
        <div className={page.bar}>
          <span className={page.grow} />
          <Button disabled={cursors.length === 1} onClick={() => setCursors(cursors.slice(0, -1))}>
            {t.money.previous}
          </Button>
          <span className="num">{t.money.page(cursors.length)}</span>
          <Button disabled={!next} onClick={() => setCursors([...cursors, next])}>
            {t.money.next}
          </Button>
        </div>
      ) : null}
    </>
  );
}

type PaymentListProps = { readonly payments: readonly ListedPayment[]; readonly loading: boolean };

function PaymentList({ payments, loading }: PaymentListProps) {
  const { t } = useLanguage();
  return (
    <Table
      size="middle"
      rowKey="paymentId"
      dataSource={payments}
      loading={loading}
      pagination={false}
      locale={{ emptyText: t.money.none }}
      columns={[
        {
          title: t.money.at,
          key: 'at',
          width: 150,
          className: 'num',
          render: (_, { paidAt, createdAt }) => dateTime(paidAt ?? createdAt),
        },
        {
          title: t.orders.orderNo,
          key: 'orderNo',
          width: 160,
          className: 'num',
          render: (_, { orderId, orderNo }) => <Link to={`/orders/${orderId}`}>{orderNo}</Link>,
        },
        { title: t.orders.student, dataIndex: 'maskedName', width: 80 },
        { title: t.orders.school, dataIndex: 'school', ellipsis: true },
        {
          title: t.money.way,
          key: 'method',
          width: 100,
          render: (_, { method }) => t.orders.methods[method],
        },
        {
          title: t.refunds.numbers,
          key: 'numbers',
          width: 300,
          className: 'num',
          render: (_, { outTradeNo, transactionId, receiptNo }) => (
            <>
              <div>{receiptNo ? `${t.orders.receiptNo} ${receiptNo}` : outTradeNo}</div>
              <small className={page.lead}>{transactionId ?? ''}</small>
            </>
          ),
        },
        {
          title: t.refunds.amount,
          key: 'amount',
          width: 120,
          align: 'right',
          className: 'num',
          render: (_, { amountFen, askedFen, refundedFen }) => (
            <>
              <div>¥{yuan(amountFen)}</div>
              {askedFen === undefined ? null : <small>{t.refunds.askedSum(yuan(askedFen))}</small>}
              {refundedFen > 0 ? <small>{t.refunds.backSum(yuan(refundedFen))}</small> : null}
            </>
          ),
        },
        {
          title: t.orders.state,
          key: 'state',
          width: 110,
          render: (_, payment) => <State payment={payment} />,
        },
      ]}
    />
  );
}

const COLOURS: Readonly<Record<State, string>> = {
  pending: 'processing',
  paid: 'success',
  expired: 'default',
  closed: 'default',
  refunded: 'default',
  partlyRefunded: 'warning',
  owed: 'warning',
};

function State({ payment }: { readonly payment: ListedPayment }) {
  const { t } = useLanguage();
  const state = shownState(payment);
  return <Tag color={COLOURS[state]}>{t.money.states[state]}</Tag>;
}

function shownState({ state, refundDue, refundedFen }: ListedPayment): State {
  if (state !== 'paid') return state;
  if (refundDue) return 'owed';
  return refundedFen > 0 ? 'partlyRefunded' : 'paid';
}
