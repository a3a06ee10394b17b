import type { ConsoleStation } from '@gradshot/contract';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import page from '../../ui/page.module.css';
import styles from './stations-page.module.css';

/** When it was enrolled, disabled and allowed again, by whom and why. */
export function StationHistory({ history }: Pick<ConsoleStation, 'history'>) {
  const { t } = useLanguage();
  return (
    <ol className={styles.history}>
      {history.map(({ at, act, staff, reason }) => (
        <li key={`${at}-${act}`}>
          <span className={`${page.lead} num`}>{dateTime(at)}</span>
          <span>{t.stations.acts[act]}</span>
          <span>{staff ?? t.stations.byCode}</span>
          <span className={page.lead}>{reason}</span>
        </li>
      ))}
    </ol>
  );
}
