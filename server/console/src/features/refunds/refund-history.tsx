import type { DueRefund } from '@gradshot/contract';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import page from '../../ui/page.module.css';
import styles from './refund-history.module.css';

type RefundHistoryProps = {
  readonly history: DueRefund['history'];
  readonly transactionId?: string | undefined;
};

/** Every step with its time and whoever did it. */
export function RefundHistory({ transactionId, history }: RefundHistoryProps) {
  const { t } = useLanguage();
  return (
    <div className={styles.history}>
      <p className={`${page.lead} num`}>
        {t.refunds.transaction} {transactionId ?? '—'}
      </p>
      {history.length === 0 ? <p className={page.lead}>{t.refunds.untouched}</p> : null}
      <ol>
        {history.map(({ at, act, by, note }) => (
          <li key={`${at}-${act}`}>
            <span className={`${page.lead} num`}>{dateTime(at)}</span>
            <span>{t.refunds.acts[act]}</span>
            <span>{by || t.refunds.provider}</span>
            <span className={page.lead}>{note}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
