import type { MoneyTotal } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Checkbox, Form, Input, Modal, Table } from 'antd';
import { useState } from 'react';
import { answerOf, client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime, yuan } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { useNotify } from '../../ui/use-notify.ts';
import { DayRange, lastDays } from './day-input.tsx';
import { MoneyTabs } from './money-tabs.tsx';
import { saveTable } from './save-table.ts';
import { SchoolSelect } from './school-select.tsx';

const SHOWN_DAYS = 31;

type Wanted = {
  readonly from: string;
  readonly until: string;
  readonly schoolCode?: string | undefined;
};

/** What was paid and given back, by day and school; and the tables that leave for other programs. */
export function TotalsPage() {
  const { t } = useLanguage();
  const notify = useNotify();
  const queries = useQueryClient();
  const [wanted, setWanted] = useState<Wanted>(() => lastDays(SHOWN_DAYS));
  const [invoicing, setInvoicing] = useState(false);
  const query = useQuery({
    queryKey: ['money-totals', wanted],
    queryFn: async () => (await answerOf(client.call('listMoneyTotals', { query: wanted }))).totals,
  });
  const save = async () => {
    const failure = await saveTable(t.money.totalsFile, wanted, () =>
      client.call('exportMoneyTotals', { query: wanted }),
    );
    void queries.invalidateQueries({ queryKey: ['money-exports'] });
    if (failure) notify.failed(failure);
  };
  return (
    <div className={page.page}>
      <MoneyTabs />
      <div className={page.bar}>
        <DayRange value={wanted} onChange={(days) => setWanted({ ...wanted, ...days })} />
        <SchoolSelect
          value={wanted.schoolCode}
          onChange={(schoolCode) => setWanted({ ...wanted, schoolCode })}
        />
        <span className={page.grow} />
        <Button onClick={() => void save()}>{t.money.saveTotals}</Button>
        <Button onClick={() => setInvoicing(true)}>{t.money.saveInvoices}</Button>
      </div>
      {query.data ? <TotalTable totals={query.data} /> : <LoadState query={query} />}
      <Card size="small" title={t.money.exports}>
        <Exports />
      </Card>
      {invoicing ? <InvoiceDialog wanted={wanted} onClose={() => setInvoicing(false)} /> : null}
    </div>
  );
}

const SUMS = ['wechat', 'cash', 'campus', 'refunded'] as const;

function TotalTable({ totals }: { readonly totals: readonly MoneyTotal[] }) {
  const { t } = useLanguage();
  const money = (fen: number) => `¥${yuan(fen)}`;
  const right = { align: 'right', className: 'num' } as const;
  const all = (of: (total: MoneyTotal) => number) =>
    totals.reduce((sum, total) => sum + of(total), 0);
  const kept = ({ wechat, cash, refunded, feeFen }: MoneyTotal) =>
    wechat.fen + cash.fen - refunded.fen - feeFen;
  return (
    <Table
      size="middle"
      rowKey={({ day, schoolId }) => `${day}-${schoolId}`}
      dataSource={totals}
      pagination={{ pageSize: 31, hideOnSinglePage: true }}
      locale={{ emptyText: t.money.noTotals }}
      columns={[
        { title: t.stations.day, dataIndex: 'day', width: 120, className: 'num' },
        { title: t.orders.school, dataIndex: 'school', ellipsis: true },
        ...SUMS.map((name) => ({
          ...{ title: t.money.sums[name], key: name, ...right },
          render: (_: unknown, total: MoneyTotal) =>
            total[name].count > 0
              ? t.money.countAndSum(total[name].count, money(total[name].fen))
              : '—',
        })),
        { title: t.money.fee, key: 'fee', ...right, render: (_, { feeFen }) => money(feeFen) },
        { title: t.money.kept, key: 'kept', ...right, render: (_, total) => money(kept(total)) },
      ]}
      summary={() =>
        totals.length > 0 ? (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0} colSpan={2}>
              {t.money.sum}
            </Table.Summary.Cell>
            {SUMS.map((name, index) => (
              <Table.Summary.Cell key={name} index={index + 2} {...right}>
                {money(all((total) => total[name].fen))}
              </Table.Summary.Cell>
            ))}
            <Table.Summary.Cell index={6} {...right}>
              {money(all(({ feeFen }) => feeFen))}
            </Table.Summary.Cell>
            <Table.Summary.Cell index={7} {...right}>
              {money(all(kept))}
            </Table.Summary.Cell>
          </Table.Summary.Row>
        ) : null
      }
    />
  );
}

type InvoiceDialogProps = { readonly wanted: Wanted; readonly onClose: () => void };

/** Names are personal data: they leave only with a reason, which is written down. */
function InvoiceDialog({ wanted, onClose }: InvoiceDialogProps) {
  const { t, explain } = useLanguage();
  const queries = useQueryClient();
  const [names, setNames] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const send = async ({ reason = '' }: { reason?: string }) => {
    if (busy) return;
    setBusy(true);
    const query = { ...wanted, names: names ? ('true' as const) : ('false' as const), reason };
    const failed = await saveTable(t.money.invoicesFile, wanted, () =>
      client.call('exportInvoiceRows', { query }),
    );
    setBusy(false);
    void queries.invalidateQueries({ queryKey: ['money-exports'] });
    if (failed) return setFailure(failed);
    onClose();
  };
  return (
    <Modal
      open
      title={t.money.saveInvoices}
      onCancel={onClose}
      confirmLoading={busy}
      okText={t.money.save}
      okButtonProps={{ htmlType: 'submit', form: 'invoice-rows' }}
    >
      <p>{t.money.invoicesLead(wanted.from, wanted.until)}</p>
      {failure ? <Alert type="error" showIcon title={explain(failure)} /> : null}
      <Form id="invoice-rows" layout="vertical" requiredMark={false} onFinish={send}>
        <Form.Item>
          <Checkbox checked={names} onChange={(event) => setNames(event.target.checked)}>
            {t.money.withNames}
          </Checkbox>
        </Form.Item>
        {names ? (
          <Form.Item
            name="reason"
            label={t.money.purpose}
            rules={[{ required: true, whitespace: true, message: t.money.purposeNeeded }]}
          >
            <Input maxLength={80} />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}

function Exports() {
  const { t } = useLanguage();
  const query = useQuery({
    queryKey: ['money-exports'],
    queryFn: async () => (await answerOf(client.call('listMoneyExports'))).exports,
  });
  if (!query.data) return <LoadState query={query} />;
  return (
    <Table
      size="small"
      rowKey={({ at, what }) => `${at}-${what}`}
      dataSource={query.data}
      pagination={{ pageSize: 5, hideOnSinglePage: true }}
      locale={{ emptyText: t.money.noExports }}
      columns={[
        { title: t.orders.at, key: 'at', className: 'num', render: (_, { at }) => dateTime(at) },
        { title: t.orders.by, dataIndex: 'by' },
        { title: t.orders.what, key: 'what', render: (_, { what }) => t.money.exported[what] },
        {
          title: t.money.days,
          key: 'days',
          className: 'num',
          render: (_, { from, until }) => `${from} – ${until}`,
        },
        { title: t.money.rows, dataIndex: 'rows', align: 'right', className: 'num' },
        { title: t.money.purpose, dataIndex: 'reason' },
      ]}
    />
  );
}
