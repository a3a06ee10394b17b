import { Button, Card, Progress } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { mayAct, useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { ago } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import { PageHeader } from '../../ui/page-header.tsx';
import { BatchSelect } from '../batches/batch-select.tsx';
import { CalendarNotice } from '../calendar/calendar-notice.tsx';
import styles from './dashboard-page.module.css';
import { Funnel } from './funnel.tsx';
import { Rejections } from './rejections.tsx';
import { StationTable } from './station-table.tsx';
import { type Dashboard, useDashboard } from './use-dashboard.ts';

export function DashboardPage() {
  const { t } = useLanguage();
  const [batchId, setBatchId] = useState<string>();
  const query = useDashboard(batchId);
  return (
    <div className={page.page}>
      <PageHeader title={t.dashboard.title}>
        <BatchSelect size="small" value={batchId} onChange={setBatchId} />
      </PageHeader>
      {query.data ? <Panels data={query.data} /> : <LoadState query={query} />}
    </div>
  );
}

function Panels({ data }: { data: Dashboard }) {
  const { t } = useLanguage();
  return (
    <>
      <CalendarNotice />
      <Queue queue={data.queue} />
      <div className={styles.columns}>
        <Card
          size="small"
          title={t.dashboard.funnel}
          extra={<Lead text={t.dashboard.funnelLead} />}
        >
          <Funnel funnel={data.funnel} />
        </Card>
        <div className={styles.column}>
          <Card
            size="small"
            title={t.dashboard.rejections}
            extra={<Lead text={t.dashboard.rejectionsLead} />}
          >
            <Rejections rejections={data.rejections} />
          </Card>
          <Faces faces={data.faces} />
        </div>
      </div>
      <Card size="small" title={t.dashboard.stations}>
        <StationTable stations={data.stations} />
      </Card>
    </>
  );
}

function Lead({ text }: { text: string }) {
  return <span className={page.lead}>{text}</span>;
}

function Queue({ queue }: { queue: Dashboard['queue'] }) {
  const { t, language } = useLanguage();
  const mayReview = mayAct(useStaff(), 'review');
  const oldest = queue.oldestSubmittedAt;
  return (
    <div className={styles.queue}>
      <Figure label={t.dashboard.waiting} value={String(queue.waiting)}>
        {mayReview && queue.waiting > 0 ? (
          <Link to="/review">
            <Button type="primary" size="small">
              {t.dashboard.startReview}
            </Button>
          </Link>
        ) : null}
      </Figure>
      <Figure label={t.dashboard.oldest} value={oldest ? ago(oldest, language) : '—'} />
      <Figure
        label={t.dashboard.overdue}
        value={String(queue.overdue)}
        tone={queue.overdue > 0 ? 'bad' : 'plain'}
      />
      <Figure label={t.dashboard.decidedToday} value={String(queue.decidedToday)} />
    </div>
  );
}

type FigureProps = {
  readonly label: string;
  readonly value: string;
  readonly tone?: 'plain' | 'bad';
  readonly children?: ReactNode;
};

function Figure({ label, value, tone = 'plain', children }: FigureProps) {
  return (
    <div className={styles.figure} data-tone={tone}>
      <span>{label}</span>
      <strong className="num">{value}</strong>
      {children}
    </div>
  );
}

/** Storing 100,000 people's faces must be filed with the authority. */
function Faces({ faces }: { faces: Dashboard['faces'] }) {
  const { t } = useLanguage();
  const limit = faces.filingLimit.toLocaleString();
  const share = (faces.stored / faces.filingLimit) * 100;
  return (
    <Card size="small" title={t.dashboard.faces}>
      <p className={`${styles.faces} num`}>
        <strong>{faces.stored.toLocaleString()}</strong> {t.dashboard.facesOf(limit)}
      </p>
      <Progress
        percent={Math.min(100, share)}
        showInfo={false}
        size="small"
        status={share >= 80 ? 'exception' : 'normal'}
      />
      <p className={page.lead}>{t.dashboard.facesLead(limit)}</p>
    </Card>
  );
}
