import type { ConsoleStation } from '@gradshot/contract';
import { STATION_RIGHT_TEXT } from '@gradshot/domain';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import page from '../../ui/page.module.css';
import styles from './stations-page.module.css';

/** How often its staff looked into the school's rosters, day by day. */
export function RosterLooks({ rosterLooks }: Pick<ConsoleStation, 'rosterLooks'>) {
  const { t } = useLanguage();
  if (rosterLooks.length === 0) return null;
  return (
    <section aria-label={t.stations.looks}>
      <h4 className={styles.looks}>{t.stations.looks}</h4>
      <ol className={styles.history}>
        {rosterLooks.map(({ day, searchedBy, searches, found }) => (
          <li key={`${day}-${searchedBy}`}>
            <span className={`${page.lead} num`}>{day}</span>
            <span>{t.stations.lookedBy[searchedBy]}</span>
            <span>{t.stations.lookedTimes(searches)}</span>
            <span className={page.lead}>{t.stations.lookedFound(found)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What was done about it and at it: when, by whom and why. */
export function StationHistory({ history }: Pick<ConsoleStation, 'history'>) {
  const { t, language } = useLanguage();
  return (
    <ol className={styles.history}>
      {history.map(({ at, act, staff, reason, right, student }) => (
        <li key={`${at}-${act}`}>
          <span className={`${page.lead} num`}>{dateTime(at)}</span>
          <span>{t.stations.acts[act]}</span>
          <span>{staff ?? (act === 'enrolled' ? t.stations.byCode : t.stations.atStation)}</span>
          <span className={page.lead}>
            {[right && STATION_RIGHT_TEXT[right][language], student, reason]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  );
}
