import type { BillDifference } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Segmented, Table, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { answerOf, client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime, yuan } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { useNotify } from '../../ui/use-notify.ts';
import styles from './bills-page.module.css';

const PAGE_SIZE = 10;

/** Where a bill and our books differ, to be worked off one by one. */
export function BillDifferences() {
  const { t } = useLanguage();
  const [settled, setSettled] = useState(false);
  const [current, setCurrent] = useState(1);
  const [settling, setSettling] = useState<BillDifference>();
  const query = useQuery({
    queryKey: ['bill-differences', { settled, current }],
    queryFn: () =>
      answerOf(
        client.call('listBillDifferences', {
          query: { settled: settled ? 'true' : 'false', page: current, pageSize: PAGE_SIZE },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <div className={styles.stack}>
      <div className={page.bar}>
        <Segmented
          size="small"
          value={settled ? 'settled' : 'open'}
          options={[
            { value: 'open', label: t.money.unsettled },
            { value: 'settled', label: t.money.settled },
          ]}
          onChange={(value) => {
            setSettled(value === 'settled');
            setCurrent(1);
          }}
        />
      </div>
      {query.data ? (
        <DifferenceTable
          {...query.data}
          settled={settled}
          page={current}
          onPage={setCurrent}
          onSettle={setSettling}
        />
      ) : (
        <LoadState query={query} />
      )}
      {settling ? (
        <SettleDialog difference={settling} onClose={() => setSettling(undefined)} />
      ) : null}
    </div>
  );
}

type DifferenceTableProps = {
  readonly differences: readonly BillDifference[];
  readonly total: number;
  readonly settled: boolean;
  readonly page: number;
  readonly onPage: (page: number) => void;
  readonly onSettle: (difference: BillDifference) => void;
};

function DifferenceTable(props: DifferenceTableProps) {
  const { differences, total, settled, page: current, onPage, onSettle } = props;
  const { t } = useLanguage();
  return (
    <Table
      size="small"
      rowKey="differenceId"
      dataSource={differences}
      locale={{ emptyText: settled ? t.money.noneSettled : t.money.noDifferences }}
      pagination={{
        ...{ current, total, pageSize: PAGE_SIZE, hideOnSinglePage: true, showSizeChanger: false },
        onChange: onPage,
      }}
      columns={[
        { title: t.stations.day, dataIndex: 'day', width: 110, className: 'num' },
        {
          title: t.money.what,
          key: 'what',
          width: 190,
          render: (_, { subject, what }) => (
            <>
              <Tag>{t.money.subjects[subject]}</Tag>
              {t.money.whats[what]}
            </>
          ),
        },
        {
          title: t.refunds.numbers,
          key: 'number',
          className: 'num',
          render: (_, { number, providerNumber }) => (
            <>
              <div>{number}</div>
              <small className={page.lead}>{providerNumber}</small>
            </>
          ),
        },
        {
          title: t.orders.orderNo,
          key: 'order',
          width: 160,
          className: 'num',
          render: (_, { orderId, orderNo }) =>
            orderId ? <Link to={`/orders/${orderId}`}>{orderNo}</Link> : '—',
        },
        {
          title: t.money.here,
          key: 'here',
          width: 130,
          render: (_, { hereFen, hereState }) => <Side fen={hereFen} state={hereState} />,
        },
        {
          title: t.money.there,
          key: 'there',
          width: 130,
          render: (_, { thereFen, thereState }) => <Side fen={thereFen} state={thereState} />,
        },
        settled
          ? {
              title: t.money.result,
              key: 'result',
              render: (_: unknown, { settledBy, settledAt, note }: BillDifference) => (
                <>
                  <div>{settledBy ? note : t.money.bookedByItself}</div>
                  <small className={`${page.lead} num`}>
                    {settledBy || t.refunds.system} · {settledAt ? dateTime(settledAt) : ''}
                  </small>
                </>
              ),
            }
          : {
              title: t.common.actions,
              key: 'actions',
              width: 100,
              render: (_: unknown, difference: BillDifference) => (
                <Button size="small" type="primary" onClick={() => onSettle(difference)}>
                  {t.money.settle}
                </Button>
              ),
            },
      ]}
    />
  );
}

type SideProps = { readonly fen: number | undefined; readonly state: string | undefined };

function Side({ fen, state }: SideProps) {
  const { t } = useLanguage();
  if (fen === undefined) return '—';
  return (
    <>
      <div className="num">¥{yuan(fen)}</div>
      <small>{state ? (t.money.sideStates[state] ?? state) : ''}</small>
    </>
  );
}

type SettleDialogProps = {
  readonly difference: BillDifference;
  readonly onClose: () => void;
};

function SettleDialog({ difference, onClose }: SettleDialogProps) {
  const { t, explain } = useLanguage();
  const notify = useNotify();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const send = async ({ note }: { note: string }) => {
    if (busy) return;
    setBusy(true);
    const params = { differenceId: difference.differenceId };
    const answer = await client.call('settleBillDifference', { params, body: { note } });
    setBusy(false);
    for (const key of ['bills', 'bill-differences'])
      void queries.invalidateQueries({ queryKey: [key] });
    if (!answer.ok) return setFailure(answer.error);
    notify.success(t.money.settledNow);
    onClose();
  };
  return (
    <Modal
      open
      title={t.money.settle}
      onCancel={onClose}
      confirmLoading={busy}
      okText={t.common.save}
      okButtonProps={{ htmlType: 'submit', form: 'settle-difference' }}
    >
      <p>{t.money.settleLead(t.money.subjects[difference.subject], difference.number)}</p>
      {failure ? <Alert type="error" showIcon title={explain(failure)} /> : null}
      <Form id="settle-difference" layout="vertical" requiredMark={false} onFinish={send}>
        <Form.Item
          name="note"
          label={t.money.result}
          rules={[{ required: true, whitespace: true, min: 2, message: t.money.noteNeeded }]}
        >
          <Input.TextArea autoFocus rows={3} maxLength={200} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}
