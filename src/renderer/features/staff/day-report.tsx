import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { DESK_PAYMENT_TEXT, PHOTO_STEP_TEXT, RELEASE_CAUSES, type Result } from '@gradshot/domain';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type DayReport,
  type PrintOutcome,
  printAdvice,
  refusalText,
  DAY_REPORT_TEXT as TEXT,
} from '../../../shared/index.ts';
import { ask, dismissFailure, send, showFailure, useSnapshot } from '../../state/station-store.ts';
import { day as dayName, yuan } from '../../ui/amounts.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { printGiven } from '../printing/ask-to-print.ts';
import styles from './day-report.module.css';
import { PrintAndSave } from './print-and-save.tsx';

/** 当日汇总: what was done here on a day, to look at, to print and to keep. */
export function DayReportPage() {
  const { t } = useTranslation();
  const { outbox, parked } = useSnapshot().connection;
  const [day, setDay] = useState(today);
  const [report, setReport] = useState<DayReport>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the counts say that something was sent
  useEffect(() => {
    let wanted = true;
    void ask('staff.dayReport', { day }).then((result) => {
      // Another day has been asked for meanwhile.
      if (!wanted) return;
      if (result.ok) setReport(result.value);
      else showFailure(result.error);
    });
    return () => {
      wanted = false;
    };
  }, [day, outbox, parked]);
  const photoPrinter = useSnapshot().printDesk?.choices.photo;
  const [printed, setPrinted] = useState<Result<PrintOutcome>>();
  const print = async () => {
    // Without a printer of staff's choice the page prints itself, as any page.
    if (photoPrinter === undefined) return window.print();
    setPrinted(undefined);
    setPrinted(await printGiven(ask('staff.print', { kind: 'report', day })));
  };
  const go = (days: number) => {
    dismissFailure();
    setDay(moved(day, days));
  };
  return (
    <>
      <div className={styles.tools}>
        <Button
          aria-label={t('staff.dayBefore')}
          data-testid="day-before"
          icon={<LeftOutlined />}
          onClick={() => go(-1)}
          size="large"
        />
        <Button
          aria-label={t('staff.dayAfter')}
          data-testid="day-after"
          disabled={day >= today()}
          icon={<RightOutlined />}
          onClick={() => go(1)}
          size="large"
        />
        <PrintAndSave
          id="report"
          onPrint={() => void print()}
          save={() => send('staff.saveDayReport', { day })}
        />
      </div>
      {printed && <Printed printed={printed} />}
      {report && <Sheet report={report} />}
    </>
  );
}

/** How the printing went; the browser's own dialog tells itself. */
function Printed({ printed }: { printed: Result<PrintOutcome> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (printed.ok && printed.value.outcome === 'given') return null;
  return (
    <p className={styles.printed} data-level={printed.ok ? 'pass' : 'fail'} role="status">
      {printed.ok ? t('print.state.handedOver') : printAdvice(printed.error, language)}
    </p>
  );
}

/** The station's own calendar is that of the computer, which the page shares. */
function today(): string {
  return iso(new Date());
}

function moved(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return iso(new Date(year, month - 1, date + days));
}

function iso(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function Sheet({ report }: { report: DayReport }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { name, school } = useSnapshot().station;
  const { visits, handedIn, takesMean, takesMost, secondsMedian, secondsSlowest } = report;
  const most = t('staff.reportMost', { count: takesMost });
  const slowest = t('staff.reportSlowest', { seconds: figure(secondsSlowest) });
  return (
    <article className={styles.sheet} data-testid="day-report">
      <header className={styles.title}>
        <h2>{`${TEXT.title[language]} · ${dayName(`${report.day}T12:00`, language)}`}</h2>
        <p>{[school, name].filter(Boolean).join(' · ')}</p>
      </header>
      <dl className={styles.figures}>
        <Figure label={TEXT.handedIn[language]} main value={handedIn} />
        <Figure label={TEXT.visits[language]} value={visits} />
        <Figure label={TEXT.leftWithout[language]} value={visits - handedIn} />
        <Figure
          detail={handedIn > 0 ? most : undefined}
          label={TEXT.takesMean[language]}
          value={figure(takesMean)}
        />
        <Figure
          detail={handedIn > 0 ? slowest : undefined}
          label={TEXT.secondsMedian[language]}
          value={figure(secondsMedian)}
        />
        <Figure
          detail={report.parked > 0 ? `${TEXT.parked[language]} ${report.parked}` : undefined}
          label={TEXT.waiting[language]}
          value={report.waiting}
          warns={report.parked > 0}
        />
        {report.takings.map(({ method, count, fen }) => (
          <Figure
            detail={`¥${yuan(fen)}`}
            key={method}
            label={DESK_PAYMENT_TEXT[method][language]}
            value={count}
          />
        ))}
      </dl>
      <div className={styles.columns}>
        <Counts
          rows={report.hours.map(({ hour, handedIn: count }) => ({
            name: `${hour}:00`,
            count,
          }))}
          title={TEXT.hours[language]}
        />
        <div className={styles.stack}>
          <Counts
            rows={report.photos.map(({ step, count }) => ({
              name: PHOTO_STEP_TEXT[step][language],
              count,
            }))}
            title={TEXT.photos[language]}
          />
          {report.releases.length > 0 && (
            <Counts
              rows={report.releases.map(({ cause, count }) => ({
                name: RELEASE_CAUSES[cause][language],
                count,
              }))}
              title={TEXT.releases[language]}
            />
          )}
        </div>
        <Counts
          rows={report.refusals.map(({ code, count }) => ({
            name: refusalText(code)[language],
            count,
          }))}
          title={TEXT.refusals[language]}
        />
      </div>
    </article>
  );
}

const figure = (value: number | null) => (value === null ? '—' : Math.round(value * 10) / 10);

type FigureProps = {
  readonly label: string;
  readonly value: number | string;
  readonly detail?: string | undefined;
  readonly main?: boolean;
  readonly warns?: boolean;
};

function Figure({ label, value, detail, main = false, warns = false }: FigureProps) {
  return (
    <div className={styles.figure} data-main={main} data-warns={warns}>
      <dt>{label}</dt>
      <dd>{value}</dd>
      {detail !== undefined && <dd className={styles.detail}>{detail}</dd>}
    </div>
  );
}

type CountsProps = {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly count: number }[];
};

function Counts({ title, rows }: CountsProps) {
  const { t } = useTranslation();
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <section className={styles.counts}>
      <h3>{title}</h3>
      {rows.length === 0 && <p className={styles.none}>{t('staff.reportNone')}</p>}
      <ul>
        {rows.map(({ name, count }) => (
          <li key={name}>
            <span className={styles.name}>{name}</span>
            <span className={styles.bar}>
              <span style={{ width: `${(100 * count) / most}%` }} />
            </span>
            <span className={styles.count}>{count}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
