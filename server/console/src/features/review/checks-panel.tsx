import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import type { ReviewItem } from '@gradshot/contract';
import { MACHINE_CHECKS, type MachineCheckCode } from '@gradshot/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './side-panel.module.css';

type Check = ReviewItem['report']['checks'][number];
type ChecksPanelProps = {
  readonly checks: readonly Check[];
  readonly onPoint: (code: string | undefined) => void;
};

const ICONS = {
  pass: <CheckCircleFilled />,
  warn: <ExclamationCircleFilled />,
  fail: <CloseCircleFilled />,
} as const;

/** What the engine measured: what it found first, the rest on request. */
export function ChecksPanel({ checks, onPoint }: ChecksPanelProps) {
  const { t } = useLanguage();
  const [all, setAll] = useState(false);
  const found = checks.filter(({ level }) => level !== 'pass');
  const passed = checks.length - found.length;
  return (
    <section className={styles.section}>
      <header>
        <h2>{t.review.checks}</h2>
        <Button type="link" size="small" onClick={() => setAll(!all)}>
          {t.review.passed(passed)}
        </Button>
      </header>
      {found.length === 0 ? (
        <p className={styles.good}>
          <CheckCircleFilled /> {t.review.allPassed}
        </p>
      ) : null}
      <ul>
        {(all ? [...found, ...checks.filter(({ level }) => level === 'pass')] : found).map(
          (check) => (
            <CheckRow key={check.code} check={check} onPoint={onPoint} />
          ),
        )}
      </ul>
    </section>
  );
}

function CheckRow({ check, onPoint }: { check: Check; onPoint: ChecksPanelProps['onPoint'] }) {
  const { pick, t } = useLanguage();
  const known = MACHINE_CHECKS[check.code as MachineCheckCode];
  return (
    <li
      className={styles.check}
      data-level={check.level}
      onMouseEnter={() => onPoint(check.code)}
      onMouseLeave={() => onPoint(undefined)}
    >
      <span className={styles.icon}>{ICONS[check.level]}</span>
      <span className={styles.label}>{known ? pick(known) : pick(check)}</span>
      <span className={`${styles.value} num`}>
        {check.value === null ? t.review.notMeasured : measured(check)}
      </span>
      {check.level !== 'pass' && known ? <small>{pick(check)}</small> : null}
    </li>
  );
}

function measured({ value, unit }: Check): string {
  const number =
    Math.abs(value ?? 0) >= 100 ? (value ?? 0).toFixed(0) : Number((value ?? 0).toFixed(2));
  return `${number}${unit === '°' || unit === '%' ? unit : unit && ` ${unit}`}`;
}
