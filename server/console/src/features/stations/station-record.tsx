import type { StationRecord as Record } from '@gradshot/contract';
import { STATION_RIGHT_TEXT } from '@gradshot/domain';
import { useQuery } from '@tanstack/react-query';
import { answerOf, client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import page from '../../ui/page.module.css';
import styles from './stations-page.module.css';

/** What is known of one station, asked for when somebody opens it. */
export function StationRecord({ stationId }: { stationId: string }) {
  const query = useQuery({
    queryKey: ['stations', stationId],
    queryFn: () => answerOf(client.call('getStationRecord', { params: { stationId } })),
  });
  if (!query.data) return <LoadState query={query} />;
  return (
    <>
      <StationHistory history={query.data.history} />
      <RosterLooks rosterLooks={query.data.rosterLooks} />
    </>
  );
}

/** How often its staff looked into the school's rosters, day by day. */
function RosterLooks({ rosterLooks }: Pick<Record, 'rosterLooks'>) {
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
function StationHistory({ history }: Pick<Record, 'history'>) {
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
