import { Button, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { send, useSnapshot } from '../../state/station-store.ts';
import { BrandMark } from '../shell/brand-mark.tsx';
import { LanguageButton } from '../shell/top-bar.tsx';
import { DiagnosticsList } from './diagnostics-list.tsx';
import { EnrolmentForm } from './enrolment-form.tsx';
import { OutboxList } from './outbox-list.tsx';
import { PinPad } from './pin-pad.tsx';
import { StaffFailure } from './staff-failure.tsx';
import styles from './staff-page.module.css';
import { StationFacts } from './station-facts.tsx';

/** Lies over the visit: enrolment while the station is new, else the PIN, else the staff's tabs. */
export default function StaffPage({ onClose }: { onClose: () => void }) {
  const { enrolled, staffUnlocked } = useSnapshot().station;
  return (
    <main className={styles.page} data-testid="page-staff">
      {!enrolled ? <FirstEnrolment /> : staffUnlocked ? <Desk onClose={onClose} /> : null}
      {enrolled && !staffUnlocked && <PinPad onClose={onClose} />}
    </main>
  );
}

function FirstEnrolment() {
  const { t } = useTranslation();
  return (
    <>
      <header className={styles.header}>
        <BrandMark className={styles.mark} />
        <div className={styles.headline}>
          <h1 className={styles.title}>{t('staff.enrolTitle')}</h1>
          <p className={styles.quiet}>{t('staff.enrolLead')}</p>
        </div>
        <LanguageButton />
      </header>
      <EnrolmentForm />
    </>
  );
}

function Desk({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { outbox, parked } = useSnapshot().connection;
  const lock = async () => {
    await send('staff.lock', {});
    onClose();
  };
  const waiting = outbox + parked;
  return (
    <>
      <header className={styles.header}>
        <BrandMark className={styles.mark} />
        <h1 className={`${styles.title} ${styles.headline}`}>{t('staff.title')}</h1>
        <Button data-testid="staff-lock" onClick={() => void lock()} size="large">
          {t('staff.lock')}
        </Button>
      </header>
      <StaffFailure />
      <Tabs
        className={styles.tabs ?? ''}
        items={[
          {
            key: 'outbox',
            label: `${t('staff.tabOutbox')}${waiting > 0 ? ` ${waiting}` : ''}`,
            children: <OutboxList />,
          },
          { key: 'diagnostics', label: t('staff.tabDiagnostics'), children: <DiagnosticsList /> },
          { key: 'station', label: t('staff.tabStation'), children: <StationFacts /> },
        ]}
        size="large"
      />
    </>
  );
}
