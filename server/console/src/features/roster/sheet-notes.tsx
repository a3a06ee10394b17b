import type { RosterDraft } from '@gradshot/contract';
import { ROSTER_COLUMN_TEXT } from '@gradshot/domain';
import { Alert, Button } from 'antd';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './import-page.module.css';

type SheetNotesProps = { readonly draft: RosterDraft; readonly onPlan: () => void };

/** What of a file was not read, or was although nobody sees it there. */
export function SheetNotes({ draft, onPlan }: SheetNotesProps) {
  const { t, pick } = useLanguage();
  const words = t.rosterImport.notes;
  const used = draft.sheets.filter(({ plan }) => plan.used);
  const lacking = used.filter(({ missing }) => missing.length > 0);
  const named = (columns: (typeof used)[number]['missing']) =>
    columns.map((column) => pick(ROSTER_COLUMN_TEXT[column])).join('、');
  const notes = [
    ...lacking.map(({ name, missing }) => words.missing(name, named(missing))),
    ...used.filter((sheet) => sheet.lengthsDiffer).map(({ name }) => words.lengthsDiffer(name)),
    ...used.filter((sheet) => sheet.wider).map(({ name }) => words.wider(name)),
    ...draft.sheets
      .filter(({ plan, rows }) => !plan.used && rows > 0)
      .map(({ name }) => words.unused(name)),
    ...used.filter((sheet) => sheet.hidden).map(({ name }) => words.hiddenSheet(name)),
    ...used
      .filter(({ hiddenRows }) => hiddenRows.length > 0)
      .map(({ name, hiddenRows: rows }) =>
        words.hiddenRows(name, rows.slice(0, 8).join('、'), rows.length),
      ),
  ];
  if (notes.length === 0) return null;
  return (
    <Alert
      type={lacking.length > 0 ? 'warning' : 'info'}
      title={
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      }
      action={
        lacking.length > 0 ? (
          <Button size="small" onClick={onPlan}>
            {t.rosterImport.planAgain}
          </Button>
        ) : null
      }
    />
  );
}
