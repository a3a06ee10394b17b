import { Button, Segmented, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import {
  BROWSER_PRINTER,
  PRINTER_TROUBLES,
  type PrinterChoice,
  type PrinterChoices,
  type PrinterTask,
  type PrinterView,
  printAdvice,
  SHEET_PAPERS,
  type SheetPaper,
} from '../../../shared/index.ts';
import { ask, send, stationShell, useBusy } from '../../state/station-store.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { printGiven } from '../printing/ask-to-print.ts';
import styles from './print-desk.module.css';
import staff from './staff-page.module.css';

type PanelProps = {
  readonly task: PrinterTask;
  readonly choices: PrinterChoices;
  /** Undefined until the station has answered. */
  readonly printers: readonly PrinterView[] | undefined;
};

/** No printer has no name. */
const NONE = '';

/** The printer for one kind of paper, how it fares, and a page to try it with. */
export function PrinterPanel({ task, choices, printers }: PanelProps) {
  const { t } = useTranslation();
  const busy = useBusy();
  const title = useId();
  const chosen = choices[task];
  return (
    <section className={styles.panel} data-testid={`printer-${task}`}>
      <h2 className={staff.paceTitle} id={title}>
        {t(`print.desk.task.${task}`)}
      </h2>
      <div className={styles.choice}>
        <Select
          aria-labelledby={title}
          className={styles.select ?? ''}
          data-testid={`choose-printer-${task}`}
          disabled={busy || printers === undefined}
          onChange={(name: string) => choose(task, name || null, choices.paper)}
          options={useOptions(chosen, printers)}
          size="large"
          value={chosen ?? NONE}
        />
        {task === 'photo' && <Paper chosen={chosen} paper={choices.paper} />}
      </div>
      <div className={styles.foot}>
        <Condition chosen={chosen} printers={printers} />
        <Button
          data-testid={`test-${task}`}
          disabled={chosen === undefined || busy}
          onClick={() => void printGiven(ask('staff.print', { kind: 'test', task }))}
          size="large"
        >
          {t('print.kind.test')}
        </Button>
      </div>
    </section>
  );
}

function choose(task: PrinterTask, printer: string | null, paper: SheetPaper): void {
  const choice: PrinterChoice = task === 'receipt' ? { task, printer } : { task, printer, paper };
  void send('staff.choosePrinter', choice);
}

/** The one in use is among them, also while it is unplugged. */
function useOptions(chosen: string | undefined, printers: PanelProps['printers']) {
  const { t } = useTranslation();
  const name = usePrinterName(printers);
  const known = (printers ?? []).map((printer) => printer.name);
  const own = stationShell() === 'browser' ? [BROWSER_PRINTER] : known;
  const gone = chosen !== undefined && !own.includes(chosen) ? [chosen] : [];
  return [
    { value: NONE, label: t('print.desk.notOffered') },
    ...[...own, ...gone].map((value) => ({ value, label: name(value) })),
  ];
}

/** As the system calls it for people. */
export function usePrinterName(printers: PanelProps['printers']): (name: string) => string {
  const { t } = useTranslation();
  return (name) => {
    if (name === BROWSER_PRINTER) return t('print.desk.byBrowser');
    return printers?.find((printer) => printer.name === name)?.label ?? name;
  };
}

const PAPER_TEXT = {
  '5in': 'print.desk.paper5',
  '6in': 'print.desk.paper6',
  a4: 'print.desk.paperA4',
} as const;

function Paper({ chosen, paper }: { chosen: string | undefined; paper: SheetPaper }) {
  const { t } = useTranslation();
  const busy = useBusy();
  return (
    <Segmented
      aria-label={t('print.desk.paper')}
      className={styles.paper ?? ''}
      data-testid="sheet-paper"
      disabled={busy}
      onChange={(next) => choose('photo', chosen ?? null, next)}
      options={SHEET_PAPERS.map((value) => ({ value, label: t(PAPER_TEXT[value]) }))}
      size="large"
      value={paper}
    />
  );
}

function Condition({
  chosen,
  printers,
}: Pick<PanelProps, 'printers'> & { chosen: string | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const shown = ((): { level: 'pass' | 'fail' | 'none'; text: string } | undefined => {
    if (chosen === undefined) return { level: 'none', text: t('print.desk.offHint') };
    if (chosen === BROWSER_PRINTER) return { level: 'none', text: t('print.desk.browserHint') };
    if (!printers) return undefined;
    const found = printers.find(({ name }) => name === chosen);
    if (!found)
      return { level: 'fail', text: printAdvice({ code: 'station.printerMissing' }, language) };
    if (!found.trouble) return { level: 'pass', text: t('print.desk.ready') };
    return {
      level: 'fail',
      text: printAdvice({ code: PRINTER_TROUBLES[found.trouble] }, language),
    };
  })();
  return (
    <p aria-live="polite" className={styles.condition} data-level={shown?.level}>
      {shown?.text}
    </p>
  );
}
