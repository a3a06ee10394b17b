import { ClockCircleOutlined, PauseOutlined } from '@ant-design/icons';
import type { ReviewItem } from '@gradshot/contract';
import { Button, Tag, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { ago, countdown, shortTime } from '../../i18n/times.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import type { DeskState } from './review-desk.ts';
import styles from './review-header.module.css';
import { LOW_SECONDS } from './use-lease.ts';

type ReviewHeaderProps = {
  readonly desk: DeskState;
  readonly leaseLeft: number;
  readonly onPause: () => void;
  /** The last decision, while it can be taken back. */
  readonly lastHeld: ReactNode;
};

export function ReviewHeader({ desk, leaseLeft, onPause, lastHeld }: ReviewHeaderProps) {
  const { t } = useLanguage();
  return (
    <PageHeader title={t.nav.review}>
      {desk.current ? <Facts item={desk.current} /> : <span className={styles.grow} />}
      {lastHeld}
      <Tag className="num">{t.review.waiting(desk.waiting)}</Tag>
      <Tag className="num">{t.review.done(desk.done)}</Tag>
      {desk.current ? <LeaseClock left={leaseLeft} /> : null}
      {desk.mode === 'working' || desk.mode === 'empty' ? (
        <Button size="small" icon={<PauseOutlined />} onClick={onPause}>
          {t.review.pause}
        </Button>
      ) : null}
    </PageHeader>
  );
}

function Facts({ item }: { item: ReviewItem }) {
  const { t, language } = useLanguage();
  const { order } = item;
  const overdue = order.promisedAt !== undefined && Date.parse(order.promisedAt) < Date.now();
  return (
    <div className={styles.facts}>
      <strong className="num">{order.orderNo}</strong>
      <span>{order.student.maskedName}</span>
      <span className={styles.optional}>{order.school}</span>
      {item.roster ? (
        <span className={styles.optional}>
          {item.roster.className ?? item.roster.college ?? ''}
        </span>
      ) : null}
      <span>{t.review.sources[item.source]}</span>
      <Tooltip title={shortTime(item.handedInAt)}>
        <span>
          {t.review.submitted} {ago(item.handedInAt, language)}
        </span>
      </Tooltip>
      {overdue ? <Tag color="error">{t.review.overdue}</Tag> : null}
    </div>
  );
}

function LeaseClock({ left }: { left: number }) {
  const { t } = useLanguage();
  const low = left < LOW_SECONDS * 1000;
  return (
    <Tooltip title={low ? t.review.leaseLow : t.review.leaseHint}>
      <span className={`${styles.lease} num`} data-low={low}>
        <ClockCircleOutlined /> {countdown(left)}
      </span>
    </Tooltip>
  );
}
