import { PrinterOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrintDeskView, PrinterView, PrintJobView } from '../../../shared/index.ts';
import { printAdvice } from '../../../shared/index.ts';
import { ask, dismissFailure, showFailure, useSnapshot } from '../../state/station-store.ts';
import { moment } from '../../ui/amounts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import { printGiven } from '../printing/ask-to-print.ts';
import styles from './print-desk.module.css';
import { PrinterPanel, usePrinterName } from './printer-panel.tsx';
import staff from './staff-page.module.css';

/** 打印: which printer does what, a page to try it with, and what became of the latest jobs. */
export function PrintDesk() {
  const desk = useSnapshot().printDesk;
  return desk ? <Desk desk={desk} /> : null;
}

function Desk({ desk }: { desk: PrintDeskView }) {
  const { t } = useTranslation();
  const [printers, refresh] = usePrinters(desk);
  return (
    <div className={styles.desk} data-testid="print-desk">
      <div className={styles.panels}>
        <PrinterPanel choices={desk.choices} printers={printers} task="receipt" />
        <PrinterPanel choices={desk.choices} printers={printers} task="photo" />
      </div>
      <header className={styles.head}>
        <h2 className={staff.paceTitle}>{t('print.desk.jobs')}</h2>
        <p className={staff.quiet}>{t('print.desk.jobsLead')}</p>
        <Button
          data-testid="refresh-printers"
          icon={<ReloadOutlined />}
          onClick={() => {
            dismissFailure();
            void refresh();
          }}
          type="text"
        >
          {t('staff.refresh')}
        </Button>
      </header>
      <Jobs jobs={desk.jobs} printers={printers} />
    </div>
  );
}

/** Undefined until the station has answered; looked at again whenever a job has ended. */
function usePrinters({ jobs }: PrintDeskView) {
  const [printers, setPrinters] = useState<readonly PrinterView[]>();
  const refresh = useCallback(async () => {
    const result = await ask('staff.printers', {});
    if (result.ok) setPrinters(result.value);
    else showFailure(result.error);
  }, []);
  const ended = jobs.filter(({ state }) => state !== 'running').length;
  const [{ id: latest } = { id: '' }] = jobs;
  // biome-ignore lint/correctness/useExhaustiveDependencies: they say that a printer was at work
  useEffect(() => void refresh(), [refresh, ended, latest]);
  return [printers, refresh] as const;
}

type JobsProps = {
  readonly jobs: readonly PrintJobView[];
  readonly printers: readonly PrinterView[] | undefined;
};

function Jobs({ jobs, printers }: JobsProps) {
  const { t } = useTranslation();
  if (jobs.length === 0)
    return (
      <EmptyState
        detail={t('print.desk.noneDetail')}
        icon={<PrinterOutlined />}
        title={t('print.desk.none')}
      />
    );
  return (
    <ul className={staff.rows} data-testid="print-jobs">
      {jobs.map((job) => (
        <Job job={job} key={job.id} printers={printers} />
      ))}
    </ul>
  );
}

const LEVEL = { running: 'warn', handedOver: 'pass', failed: 'fail' } as const;

function Job({ job, printers }: { job: PrintJobView; printers: JobsProps['printers'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = usePrinterName(printers);
  const { id: jobId, kind, orderNo } = job;
  const order = orderNo === undefined ? '' : `　${t('staff.outboxOrder')} ${orderNo}`;
  return (
    <li
      className={`${staff.row} ${styles.job}`}
      data-level={LEVEL[job.state]}
      data-testid="print-job"
    >
      <span className={`${staff.rowLevel} ${styles.state}`}>{t(`print.state.${job.state}`)}</span>
      <span className={staff.rowMain}>
        <span>
          {`${t(`print.kind.${kind}`)}${order}　`}
          <small>{`${moment(job.at, language)}　${name(job.printer)}`}</small>
        </span>
        {job.state === 'failed' && (
          <small className={staff.rowError}>{printAdvice(job.failure, language)}</small>
        )}
      </span>
      {job.state !== 'running' && !job.repeatable && (
        <span className={styles.over}>{t('print.desk.visitOver')}</span>
      )}
      {job.repeatable && (
        <>
          <Button
            data-testid="save-print"
            onClick={() => void tell(printGiven(ask('staff.savePrint', { jobId })))}
          >
            {t('print.desk.savePdf')}
          </Button>
          <Button
            data-testid="print-again"
            onClick={() => void printGiven(ask('staff.printAgain', { jobId }))}
          >
            {t('print.again')}
          </Button>
        </>
      )}
    </li>
  );
}

/** A job tells of itself how it went; what is no job has nobody else to tell. */
async function tell(asked: ReturnType<typeof printGiven>): Promise<void> {
  const result = await asked;
  if (!result.ok) showFailure(result.error);
}
