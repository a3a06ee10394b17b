import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, send, useSnapshot } from '../../state/station-store.ts';
import styles from './idle-warning.module.css';

/** Covers everything while the core counts down to clearing the visit. */
export function IdleWarning() {
  const seconds = useSnapshot().idleSecondsLeft;
  return seconds === undefined ? null : <Overlay seconds={seconds} />;
}

function Overlay({ seconds }: { seconds: number }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const stay = useRef<HTMLButtonElement>(null);
  // A modal dialog lies above the drawers and holds the focus by itself.
  useEffect(() => {
    dialog.current?.showModal?.();
    stay.current?.focus();
  }, []);
  return (
    <dialog
      aria-labelledby="idle-title"
      className={styles.overlay}
      data-testid="idle-warning"
      onCancel={() => void ask('station.touch', {})}
      ref={dialog}
    >
      <div className={styles.card}>
        <h2 className={styles.title} id="idle-title">
          {t('idle.title')}
        </h2>
        <p className={styles.number}>
          {seconds}
          <small>{t('idle.seconds')}</small>
        </p>
        <p className={styles.detail}>{t('idle.detail', { seconds })}</p>
        <div className={styles.actions}>
          <Button
            data-testid="idle-leave"
            onClick={() => void send('session.leave', {})}
            size="large"
          >
            {t('idle.leave')}
          </Button>
          <Button
            data-testid="idle-stay"
            onClick={() => void ask('station.touch', {})}
            ref={stay}
            size="large"
            type="primary"
          >
            {t('idle.stay')}
          </Button>
        </div>
      </div>
    </dialog>
  );
}
