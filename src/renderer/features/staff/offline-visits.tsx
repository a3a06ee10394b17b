import { errorSentence } from '@gradshot/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfflineView, OfflineVisitView } from '../../../shared/index.ts';
import { useSnapshot } from '../../state/station-store.ts';
import { moment } from '../../ui/amounts.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { ConfirmOfflineDialog } from './confirm-offline-dialog.tsx';
import { DiscardOfflineDialog } from './discard-offline-dialog.tsx';
import styles from './offline-visits.module.css';
import rows from './staff-page.module.css';

/** 离线采集待处理: whom the server has not confirmed, what it said, and what is to be done. */
export function OfflineVisits() {
  const { t } = useTranslation();
  const offline = useSnapshot().offline;
  if (!offline || (!offline.roster && offline.visits.length === 0)) return null;
  return (
    <section className={styles.offline} data-testid="offline-visits">
      <header>
        <h2 className={styles.title}>{t('staff.offline.title')}</h2>
        <Roster roster={offline.roster} />
      </header>
      {offline.visits.length > 0 && (
        <ul className={rows.rows}>
          {offline.visits.map((visit) => (
            <Visit key={visit.id} visit={visit} />
          ))}
        </ul>
      )}
      {offline.more > 0 && (
        <p className={styles.quiet}>{t('staff.offline.more', { count: offline.more })}</p>
      )}
    </section>
  );
}

function Roster({ roster }: { roster: OfflineView['roster'] | undefined }) {
  const { t } = useTranslation();
  if (!roster) return <p className={styles.quiet}>{t('staff.offline.noRoster')}</p>;
  const { people, ageDays } = roster;
  return (
    <p className={styles.quiet} data-testid="offline-roster">
      {ageDays === 0
        ? t('staff.offline.rosterToday', { people })
        : t('staff.offline.rosterAge', { people, count: ageDays })}
    </p>
  );
}

function Visit({ visit }: { visit: OfflineVisitView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [doing, setDoing] = useState<'confirm' | 'discard'>();
  const { state, maskedName, number, since, failure } = visit;
  const done = () => setDoing(undefined);
  return (
    <li
      className={rows.row}
      data-state={state === 'conflict' ? 'parked' : state}
      data-testid={`offline-${number}`}
    >
      <span className={rows.rowState}>{t(`staff.offline.state.${state}`)}</span>
      <span className={rows.rowMain}>
        {[maskedName, number].filter(Boolean).join('　')}
        <small>{moment(since, language)}</small>
        {failure && <small className={rows.rowError}>{errorSentence(failure, language)}</small>}
      </span>
      {state === 'conflict' && (
        <Button data-testid={`confirm-${number}`} onClick={() => setDoing('confirm')}>
          {t('staff.offline.confirm')}
        </Button>
      )}
      {state !== 'waiting' && (
        <Button danger data-testid={`discard-${number}`} onClick={() => setDoing('discard')}>
          {t('staff.offline.discard')}
        </Button>
      )}
      {doing === 'confirm' && <ConfirmOfflineDialog onClose={done} visit={visit} />}
      {doing === 'discard' && <DiscardOfflineDialog onClose={done} visit={visit} />}
    </li>
  );
}
