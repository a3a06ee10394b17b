import { DisconnectOutlined } from '@ant-design/icons';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMirror } from '../../state/station-store.ts';
import styles from './connection-lost.module.css';

/**
 * Over everything, dialogs too, while a tablet does not reach the station: what lies below is not what is, and
 * nothing of it can be pressed. What was typed is still there when it comes back.
 */
export function ConnectionLost() {
  const reached = useMirror((mirror) => mirror.reached);
  return reached ? null : <Cover />;
}

function Cover() {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal?.(), []);
  return (
    <dialog
      aria-label={t('staff.tablets.lost')}
      className={styles.cover}
      data-testid="connection-lost"
      onCancel={(event) => event.preventDefault()}
      ref={dialog}
    >
      <div className={styles.words} role="alert">
        <DisconnectOutlined className={styles.icon ?? ''} />
        <h1 className={styles.title}>{t('staff.tablets.lost')}</h1>
        <p>{t('staff.tablets.lostDetail')}</p>
      </div>
    </dialog>
  );
}
