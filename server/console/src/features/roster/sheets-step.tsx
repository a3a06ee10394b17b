import type { RosterDraft, RosterSheet, RosterSheetPlan } from '@gradshot/contract';
import {
  NEEDED_ROSTER_COLUMNS,
  ROSTER_COLUMN_TEXT,
  ROSTER_COLUMNS,
  type RosterColumn,
} from '@gradshot/domain';
import { Alert, Button, Checkbox, InputNumber, Select, Table } from 'antd';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import page from '../../ui/page.module.css';
import { useNotify } from '../../ui/use-notify.ts';
import styles from './import-page.module.css';

type SheetsStepProps = {
  readonly draft: RosterDraft;
  readonly onPlanned: (draft: RosterDraft) => void;
  readonly onBack: () => void;
};

/** Which sheets are read, where their headers are and what the columns hold. */
export function SheetsStep({ draft, onPlanned, onBack }: SheetsStepProps) {
  const { t } = useLanguage();
  const notify = useNotify();
  const [plans, setPlans] = useState(() => draft.sheets.map(({ plan }) => plan));
  const [busy, setBusy] = useState(false);
  const change = (index: number, plan: RosterSheetPlan) =>
    setPlans(plans.map((one, place) => (place === index ? plan : one)));
  const save = async () => {
    setBusy(true);
    const input = { params: { draftId: draft.draftId }, body: { plans } };
    const answer = await client.call('planRosterDraft', input);
    setBusy(false);
    if (answer.ok) onPlanned(answer.value);
    else notify.failed(answer.error);
  };
  const lacking = draft.sheets.every(({ missing }) => missing.length > 0);
  return (
    <>
      {lacking ? (
        <Alert type="warning" showIcon title={t.rosterImport.columnsNeeded} />
      ) : (
        <p className={page.lead}>{t.rosterImport.columnsLead}</p>
      )}
      {draft.sheets.map((sheet, index) => (
        <SheetPlanCard
          key={sheet.name}
          sheet={sheet}
          plan={plans[index] ?? sheet.plan}
          onChange={(plan) => change(index, plan)}
        />
      ))}
      <div className={page.bar}>
        <Button
          type="primary"
          loading={busy}
          disabled={!plans.some((plan) => plan.used && isWhole(plan))}
          onClick={() => void save()}
        >
          {t.rosterImport.check}
        </Button>
        <Button onClick={onBack}>{t.review.back}</Button>
      </div>
    </>
  );
}

const isWhole = ({ columns }: RosterSheetPlan) =>
  NEEDED_ROSTER_COLUMNS.every((column) => columns.includes(column));

type CardProps = {
  readonly sheet: RosterSheet;
  readonly plan: RosterSheetPlan;
  readonly onChange: (plan: RosterSheetPlan) => void;
};

function SheetPlanCard({ sheet, plan, onChange }: CardProps) {
  const { t, pick } = useLanguage();
  const words = t.rosterImport;
  const missing = NEEDED_ROSTER_COLUMNS.filter((column) => !plan.columns.includes(column));
  const setColumn = (place: number, column: RosterColumn | null) => {
    // What was that column so far is nothing any more.
    const columns = sheet.columns.map((_, at) => {
      const before = plan.columns[at] ?? null;
      if (at === place) return column;
      return before === column ? null : before;
    });
    onChange({ ...plan, columns });
  };
  const header = plan.headerRows === 0 ? 0 : plan.headerFrom;
  return (
    <section className={styles.sheet} aria-label={sheet.name}>
      <div className={styles.sheetHead}>
        <Checkbox
          checked={plan.used}
          onChange={(event) => onChange({ ...plan, used: event.target.checked })}
        >
          <strong>{sheet.name}</strong>
        </Checkbox>
        <span className={page.lead}>{words.sheetRows(sheet.rows, sheet.empty)}</span>
        {plan.used ? (
          <span>
            {words.headerRow}{' '}
            <InputNumber
              size="small"
              aria-label={words.headerRow}
              min={0}
              max={Math.max(1, sheet.rows)}
              value={header}
              style={{ width: 76 }}
              onChange={(value) =>
                onChange({
                  ...plan,
                  headerFrom: value ?? 0,
                  headerRows: value ? Math.max(1, plan.headerRows) : 0,
                })
              }
            />{' '}
            <span className={page.lead}>{words.headerLead}</span>
          </span>
        ) : null}
      </div>
      {plan.used && missing.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={words.missing(
            missing.map((column) => pick(ROSTER_COLUMN_TEXT[column])).join('、'),
          )}
        />
      ) : null}
      {plan.used ? (
        <Table
          size="small"
          rowKey="place"
          dataSource={sheet.columns.map((column, place) => ({ ...column, place }))}
          pagination={false}
          columns={[
            {
              title: words.heading,
              key: 'heading',
              width: 220,
              render: (_, { heading, place }) => heading || words.columnNo(place + 1),
            },
            {
              title: words.samples,
              key: 'samples',
              className: styles.samples ?? '',
              render: (_, { samples }) => samples.join('　'),
            },
            {
              title: words.holds,
              key: 'holds',
              width: 240,
              render: (_, { place, heading }) => (
                <Select<RosterColumn | 'none'>
                  size="small"
                  style={{ width: 210 }}
                  aria-label={words.holdsOf(heading || words.columnNo(place + 1))}
                  value={plan.columns[place] ?? 'none'}
                  onChange={(value) => setColumn(place, value === 'none' ? null : value)}
                  options={[
                    { value: 'none', label: words.notTaken },
                    ...ROSTER_COLUMNS.map((column) => ({
                      value: column,
                      label: `${pick(ROSTER_COLUMN_TEXT[column])}（${column}）`,
                    })),
                  ]}
                />
              ),
            },
          ]}
        />
      ) : null}
    </section>
  );
}
