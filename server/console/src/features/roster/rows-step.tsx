import { DownloadOutlined } from '@ant-design/icons';
import type { RosterDraft, RosterDraftRow } from '@gradshot/contract';
import {
  NEEDED_ROSTER_COLUMNS,
  ROSTER_COLUMN_TEXT,
  ROSTER_COLUMNS,
  type RosterColumn,
} from '@gradshot/domain';
import { Alert, Button, Empty, Input, Table, Tabs, Tag } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import { useNotify } from '../../ui/use-notify.ts';
import { ROWS_A_PAGE, type RowKind, useDraftRows } from './draft-queries.ts';
import styles from './import-page.module.css';
import { saveBadRows } from './save-bad-rows.ts';
import { SheetNotes } from './sheet-notes.tsx';

type RowsStepProps = {
  readonly draft: RosterDraft;
  readonly onChanged: (draft: RosterDraft) => void;
  readonly onPlan: () => void;
  readonly onAgain: () => void;
};

/** What somebody has typed and not sent yet, by row and column. */
type Typed = Readonly<Record<number, Partial<Record<RosterColumn, string>>>>;

/** Every row of the file: to be mended, to be imported, or set aside with its reason. */
export function RowsStep({ draft, onChanged, onPlan, onAgain }: RowsStepProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const { counts, draftId } = draft;
  const [kind, setKind] = useState<RowKind>(counts.bad > 0 ? 'bad' : 'good');
  const [typed, setTyped] = useState<Typed>({});
  const [busy, setBusy] = useState(false);
  const words = t.rosterImport;
  const send = async (
    call: () => ReturnType<typeof client.call<'editRosterDraft' | 'importRosterDraft'>>,
  ) => {
    setBusy(true);
    const answer = await call();
    setBusy(false);
    if (!answer.ok) return notify.failed(answer.error);
    setTyped({});
    onChanged(answer.value);
  };
  const edit = (edits: readonly Edit[]) =>
    send(() =>
      client.call('editRosterDraft', { params: { draftId }, body: { edits: [...edits] } }),
    );
  const mend = () =>
    edit(Object.entries(typed).map(([at, fields]) => ({ at: Number(at), fields })));
  const download = async () => {
    const failure = await saveBadRows(draft);
    if (failure) notify.failed(failure);
  };
  const changes = Object.keys(typed).length;
  const people = counts.added + counts.changed;
  return (
    <>
      <Verdict draft={draft} />
      <Counts draft={draft} />
      <SheetNotes draft={draft} onPlan={onPlan} />
      <div className={page.bar}>
        <Button
          type="primary"
          loading={busy}
          disabled={people === 0 || changes > 0}
          onClick={() => void send(() => client.call('importRosterDraft', { params: { draftId } }))}
        >
          {counts.bad > 0 ? words.importGood(people) : t.batches.import}
        </Button>
        {changes > 0 ? (
          <Button type="primary" ghost loading={busy} onClick={() => void mend()}>
            {words.checkAgain(changes)}
          </Button>
        ) : null}
        {counts.bad > 0 ? (
          <Button icon={<DownloadOutlined />} onClick={() => void download()}>
            {words.downloadBad}
          </Button>
        ) : null}
        <span className={page.grow} />
        <Button onClick={onPlan}>{words.planAgain}</Button>
        <Button onClick={onAgain}>{t.batches.again}</Button>
      </div>
      <Tabs
        activeKey={kind}
        onChange={(key) => setKind(key as RowKind)}
        items={(['bad', 'good', 'aside'] as const).map((key) => ({
          key,
          label: words.tabs[key](counts[key]),
        }))}
      />
      <Rows
        draft={draft}
        kind={kind}
        typed={typed}
        onType={(at, column, text) =>
          setTyped({ ...typed, [at]: { ...typed[at], [column]: text } })
        }
        onMend={() => void mend()}
        onLeaveOut={(at, leftOut) => void edit([{ at, leftOut }])}
      />
    </>
  );
}

type Edit = {
  readonly at: number;
  readonly fields?: Partial<Record<RosterColumn, string>>;
  readonly leftOut?: boolean;
};

function Verdict({ draft: { counts } }: { draft: RosterDraft }) {
  const { t } = useLanguage();
  const words = t.rosterImport;
  const people = counts.added + counts.changed;
  if (counts.bad > 0)
    return <Alert type="warning" showIcon title={words.someBad(counts.bad, people)} />;
  if (counts.good === 0) return <Alert type="warning" showIcon title={words.nobody} />;
  return people > 0 ? (
    <Alert type="info" showIcon title={t.batches.clean(people)} />
  ) : (
    <Alert type="info" showIcon title={words.nothingChanges} />
  );
}

function Counts({ draft: { counts } }: { draft: RosterDraft }) {
  const { t } = useLanguage();
  const { added, updated, unchanged } = t.batches;
  const figures: readonly (readonly [string, number])[] = [
    [added, counts.added],
    [updated, counts.changed],
    [unchanged, counts.unchanged],
    [t.rosterImport.figures.bad, counts.bad],
    [t.rosterImport.figures.aside, counts.aside],
    [t.rosterImport.figures.empty, counts.empty],
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(([label, count]) => (
        <div key={label}>
          <dt className={page.lead}>{label}</dt>
          <dd className="num">{count.toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  );
}

type RowsProps = {
  readonly draft: RosterDraft;
  readonly kind: RowKind;
  readonly typed: Typed;
  readonly onType: (at: number, column: RosterColumn, text: string) => void;
  readonly onMend: () => void;
  readonly onLeaveOut: (at: number, leftOut: boolean) => void;
};

function Rows({ draft, kind, typed, onType, onMend, onLeaveOut }: RowsProps) {
  const { t, pick } = useLanguage();
  const [place, setPlace] = useState({ kind, page: 1 });
  const current = place.kind === kind ? place.page : 1;
  const { counts } = draft;
  const version = counts.good * 1_000_003 + counts.bad * 1009 + counts.aside;
  const query = useDraftRows(draft.draftId, kind, current, version);
  const words = t.rosterImport;
  const columns = columnsOf(draft, query.data?.rows ?? []);
  const where = [
    ...(draft.sheets.length > 1
      ? [{ title: words.sheet, dataIndex: 'sheet', width: 120, ellipsis: true }]
      : []),
    { title: t.batches.row, dataIndex: 'row', width: 72, className: 'num' },
  ];
  return (
    <Table<RosterDraftRow>
      size="small"
      rowKey="at"
      dataSource={query.data?.rows ?? []}
      loading={query.isFetching}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty description={words.none[kind]} /> }}
      pagination={{
        current,
        total: query.data?.total ?? 0,
        pageSize: ROWS_A_PAGE,
        showSizeChanger: false,
        hideOnSinglePage: true,
        onChange: (next) => setPlace({ kind, page: next }),
      }}
      columns={
        kind === 'aside'
          ? [
              ...where,
              {
                title: words.reason,
                key: 'reason',
                width: 260,
                render: (_, row) => <Reason row={row} />,
              },
              { title: words.contents, dataIndex: 'text', className: styles.samples ?? '' },
              {
                title: '',
                key: 'act',
                width: 90,
                render: (_, { at, reason }) =>
                  reason === 'leftOut' ? (
                    <Button size="small" type="link" onClick={() => onLeaveOut(at, false)}>
                      {words.takeIn}
                    </Button>
                  ) : null,
              },
            ]
          : [
              ...where,
              ...columns.map((column) => ({
                title: pick(ROSTER_COLUMN_TEXT[column]),
                key: column,
                className: styles.cell ?? '',
                render: (_: unknown, row: RosterDraftRow) => (
                  <Cell
                    row={row}
                    column={column}
                    text={typed[row.at]?.[column]}
                    onType={(text) => onType(row.at, column, text)}
                    onMend={onMend}
                  />
                ),
              })),
              ...(kind === 'bad'
                ? [
                    {
                      title: '',
                      key: 'act',
                      fixed: 'right' as const,
                      width: 100,
                      render: (_: unknown, { at }: RosterDraftRow) => (
                        <Button size="small" type="link" onClick={() => onLeaveOut(at, true)}>
                          {words.leaveOut}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]
      }
    />
  );
}

/** What has to be mended stands beside who it is, not beyond the edge of the screen. */
function columnsOf(draft: RosterDraft, rows: readonly RosterDraftRow[]): readonly RosterColumn[] {
  const there = ROSTER_COLUMNS.filter((column) =>
    draft.sheets.some(({ plan }) => plan.used && plan.columns.includes(column)),
  );
  const wrong = new Set(rows.flatMap(({ faults }) => faults.map(({ column }) => column)));
  const rankOf = (column: RosterColumn) =>
    NEEDED.includes(column) ? 0 : wrong.has(column) ? 1 : 2;
  return there.toSorted((a, b) => rankOf(a) - rankOf(b));
}

const NEEDED: readonly RosterColumn[] = NEEDED_ROSTER_COLUMNS;

type CellProps = {
  readonly row: RosterDraftRow;
  readonly column: RosterColumn;
  readonly text: string | undefined;
  readonly onType: (text: string) => void;
  readonly onMend: () => void;
};

/** What is wrong stands where it is, and is mended there. */
function Cell({ row, column, text, onType, onMend }: CellProps) {
  const { t, pick } = useLanguage();
  const value = text ?? row.fields[column] ?? '';
  const faults = row.faults.filter((fault) => fault.column === column);
  if (faults.length === 0) return value || '—';
  return (
    <>
      <Input
        size="small"
        status={text === undefined ? 'error' : ''}
        value={value}
        aria-label={t.rosterImport.mendOf(pick(ROSTER_COLUMN_TEXT[column]), row.row)}
        onChange={(event) => onType(event.target.value)}
        onPressEnter={onMend}
      />
      {faults.map((fault) => (
        <div key={fault.zh} className={styles.fault}>
          {pick(fault)}
        </div>
      ))}
    </>
  );
}

function Reason({ row: { reason, same } }: { row: RosterDraftRow }) {
  const { t } = useLanguage();
  if (!reason) return null;
  const words = t.rosterImport;
  return same ? words.sameAs(same.sheet, same.row) : <Tag>{words.reasons[reason]}</Tag>;
}
