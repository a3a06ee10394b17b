import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, stationShell, useSnapshot } from '../../state/station-store.ts';
import { moment } from '../../ui/amounts.ts';
import { Facts } from '../../ui/facts.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import { EnrolmentForm } from './enrolment-form.tsx';
import styles from './staff-page.module.css';

/** What this station is and how it fares; language; enrolling it anew. */
export function StationFacts() {
  const { t } = useTranslation();
  const [enrolling, setEnrolling] = useState(false);
  const language = useLanguage();
  const facts = useStationFacts();
  if (enrolling) return <EnrolmentForm onDone={() => setEnrolling(false)} />;
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <>
      <Facts facts={facts} />
      <div className={styles.tools}>
        <Button onClick={() => void ask('station.setLanguage', { language: other })}>
          {`${t('staff.language')}：${t('app.language')}`}
        </Button>
        <Button data-testid="enrol-again" onClick={() => setEnrolling(true)}>
          {t('staff.enrolAgain')}
        </Button>
      </div>
    </>
  );
}

function useStationFacts() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { station, imaging, connection } = useSnapshot();
  const electron = stationShell() === 'electron';
  return [
    { label: t('staff.stationNameLabel'), value: station.name },
    { label: t('verify.school'), value: station.school },
    { label: t('staff.version'), value: station.version },
    {
      label: t('staff.shell'),
      value: electron ? t('staff.shellElectron') : t('staff.shellBrowser'),
    },
    {
      label: t('staff.imaging'),
      value: imaging.ready
        ? t('staff.imagingReady', { provider: imaging.provider ?? '—' })
        : t('staff.imagingNotReady'),
    },
    {
      label: t('staff.connection'),
      value: connection.online ? t('connection.online') : t('connection.offline'),
    },
    {
      label: t('staff.lastSync'),
      value: connection.lastSyncAt ? moment(connection.lastSyncAt, language) : t('staff.never'),
    },
  ];
}
