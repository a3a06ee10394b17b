import { GlobalOutlined, LogoutOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, send, useSnapshot } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { BrandMark } from './brand-mark.tsx';
import { ConnectionChip } from './connection-chip.tsx';
import { leaveRisk } from './journey.ts';
import { JourneyStepper } from './journey-stepper.tsx';
import styles from './top-bar.module.css';
import { useLongPress } from './use-long-press.ts';

/** Mark (held: staff page, where there is a way to it), journey, connection, language, 退出. */
export function TopBar({ onStaff }: { onStaff: (() => void) | undefined }) {
  const { session } = useSnapshot();
  return (
    <header className={styles.bar}>
      {onStaff ? (
        <Brand onStaff={onStaff} />
      ) : (
        <div className={styles.brand} data-testid="brand">
          <BrandFace />
        </div>
      )}
      <div className={styles.journey}>
        <JourneyStepper step={session.step} />
      </div>
      <div className={styles.end}>
        <ConnectionChip />
        <LanguageButton />
        {session.step !== 'welcome' && <LeaveButton />}
      </div>
    </header>
  );
}

function Brand({ onStaff }: { onStaff: () => void }) {
  const { t } = useTranslation();
  const hold = useLongPress(onStaff);
  return (
    <button
      aria-description={t('staff.openHint')}
      className={styles.brand}
      data-testid="brand"
      type="button"
      {...hold}
    >
      <BrandFace />
    </button>
  );
}

function BrandFace() {
  const { t } = useTranslation();
  const { station } = useSnapshot();
  return (
    <>
      <BrandMark className={styles.mark} />
      <span className={styles.names}>
        <span className={styles.name}>{t('app.name')}</span>
        {station.name && <span className={styles.station}>{station.name}</span>}
      </span>
    </>
  );
}

export function LanguageButton() {
  const { t } = useTranslation();
  const { language } = useSnapshot();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button
      aria-description={t('app.languageLabel')}
      className={styles.control ?? ''}
      data-testid="language"
      icon={<GlobalOutlined />}
      onClick={() => void ask('station.setLanguage', { language: other })}
      type="text"
    >
      {t('app.language')}
    </Button>
  );
}

function LeaveButton() {
  const { t } = useTranslation();
  const risk = leaveRisk(useSnapshot().session.step);
  const [asking, setAsking] = useState(false);
  const leave = () => {
    setAsking(false);
    void send('session.leave', {});
  };
  return (
    <>
      <Button
        className={styles.control ?? ''}
        data-testid="leave"
        icon={<LogoutOutlined />}
        onClick={() => (risk === 'none' ? leave() : setAsking(true))}
        type="text"
      >
        {t('leave.action')}
      </Button>
      <Dialog
        actions={
          <>
            <Button data-testid="leave-stay" onClick={() => setAsking(false)} size="large">
              {t('leave.stay')}
            </Button>
            <Button danger data-testid="leave-confirm" onClick={leave} size="large" type="primary">
              {t('leave.confirm')}
            </Button>
          </>
        }
        closable={false}
        onClose={() => setAsking(false)}
        open={asking}
        testId="leave-question"
        title={t('leave.title')}
      >
        {risk !== 'none' && <p>{t(`leave.${risk}`)}</p>}
      </Dialog>
    </>
  );
}
