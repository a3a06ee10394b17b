import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import type { CheckLevel, CheckResult, RefusalReason } from '@gradshot/domain';
import { useTranslation } from 'react-i18next';
import card from '../../ui/card.module.css';
import { useSentence } from '../../ui/use-language.ts';
import styles from './check-list.module.css';
import { limitText, measure, type SortedChecks } from './sort-checks.ts';
import { useCheckLabel } from './use-check-label.ts';

type CheckListProps = {
  readonly sorted: SortedChecks;
  readonly reason: RefusalReason | undefined;
  readonly chosen: CheckResult | undefined;
  readonly onChoose: (check: CheckResult) => void;
};

/** What to change first, then what to note, then what is well. */
export function CheckList({ sorted, reason, chosen, onChoose }: CheckListProps) {
  const { t } = useTranslation();
  const { fail, warn, pass } = sorted;
  const told = fail.some(({ code }) => code === reason?.code);
  return (
    <section className={styles.list} data-testid="checks">
      {reason && !told && <Reason reason={reason} />}
      {reason && fail.length + warn.length + pass.length === 0 && <Advice />}
      {fail.length + warn.length > 0 && (
        <div className={styles.groups}>
          <Group checks={fail} level="fail" {...{ chosen, onChoose }} />
          <Group checks={warn} level="warn" {...{ chosen, onChoose }} />
        </div>
      )}
      {pass.length > 0 && (
        <div className={styles.passed}>
          <h2 className={styles.heading} data-level="pass">
            <CheckCircleFilled />
            {fail.length + warn.length === 0
              ? t('judged.allPassed')
              : t('judged.passed', { count: pass.length })}
          </h2>
          {/* Where something is wrong, what is right would only stand in its way. */}
          {fail.length === 0 && <Passed checks={pass} />}
        </div>
      )}
    </section>
  );
}

function Reason({ reason }: { reason: RefusalReason }) {
  const sentence = useSentence();
  return (
    <p className={styles.reason} data-code={reason.code} data-testid="refusal-reason">
      <CloseCircleFilled /> {sentence(reason)}
    </p>
  );
}

/** No check could be made: what usually helps. */
function Advice() {
  const { t } = useTranslation();
  return (
    <div className={card.card}>
      <h2 className={card.heading}>{t('judged.advice')}</h2>
      <ul className={styles.advice}>
        <li>{t('judged.advice1')}</li>
        <li>{t('judged.advice2')}</li>
        <li>{t('judged.advice3')}</li>
      </ul>
    </div>
  );
}

const HEADING = { fail: 'judged.failed', warn: 'judged.warned' } as const;

type GroupProps = Pick<CheckListProps, 'chosen' | 'onChoose'> & {
  readonly checks: readonly CheckResult[];
  readonly level: 'fail' | 'warn';
};

function Group({ checks, level, chosen, onChoose }: GroupProps) {
  const { t } = useTranslation();
  if (checks.length === 0) return null;
  return (
    <>
      <h2 className={styles.heading} data-level={level}>
        {level === 'fail' ? <CloseCircleFilled /> : <ExclamationCircleFilled />}
        {t(HEADING[level], { count: checks.length })}
      </h2>
      <ul className={styles.items}>
        {checks.map((check) => (
          <li key={check.code}>
            <Check check={check} chosen={chosen?.code === check.code} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </>
  );
}

type CheckProps = {
  check: CheckResult;
  chosen: boolean;
  onChoose: (check: CheckResult) => void;
};

function Check({ check, chosen, onChoose }: CheckProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const label = useCheckLabel();
  const { code, level, value, unit, hint } = check;
  const limit = limitText(check);
  return (
    <button
      aria-description={t(LEVEL[level])}
      className={styles.check}
      data-chosen={chosen && hint !== undefined}
      data-level={level}
      data-testid={`check-${code}`}
      onClick={() => onChoose(check)}
      type="button"
    >
      <span className={styles.label}>{label(code)}</span>
      <span className={styles.sentence}>{sentence(check)}</span>
      <span className={styles.value}>
        {value !== null && t('judged.measured', { value: measure(value, unit) })}
        {value !== null && limit !== undefined && ' · '}
        {limit !== undefined && t('judged.allowed', { limit })}
      </span>
    </button>
  );
}

const LEVEL = {
  fail: 'judged.level.fail',
  warn: 'judged.level.warn',
  pass: 'judged.level.pass',
} as const satisfies Record<CheckLevel, string>;

function Passed({ checks }: { checks: readonly CheckResult[] }) {
  const label = useCheckLabel();
  return <p className={styles.names}>{checks.map(({ code }) => label(code)).join(' · ')}</p>;
}
