import { ExpandOutlined, MobileOutlined } from '@ant-design/icons';
import { Button, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send, useBusy, useSnapshot } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ArrivalCard } from '../welcome/arrival-card.tsx';
import styles from './queue-desk.module.css';

/** 手机到场: switched on and off, and its code in large for whoever stands at the desk. */
export function ArrivalBar() {
  const { t } = useTranslation();
  const busy = useBusy();
  const { arrivals } = useSnapshot();
  const [large, setLarge] = useState(false);
  const open = arrivals !== undefined;
  const state = open ? (arrivals.qrText === undefined ? 'away' : 'on') : 'off';
  return (
    <div className={styles.checkIn}>
      <MobileOutlined className={styles.icon ?? ''} />
      <div className={styles.words}>
        <p id="arrivals-title">{t('staff.queue.arrivals.title')}</p>
        <p className={styles.last}>{t(`staff.queue.arrivals.${state}`)}</p>
      </div>
      {open && (
        <Button
          data-testid="show-arrival-code"
          icon={<ExpandOutlined />}
          onClick={() => setLarge(true)}
          size="large"
        >
          {t('staff.queue.arrivals.show')}
        </Button>
      )}
      <Switch
        aria-labelledby="arrivals-title"
        checked={open}
        className={styles.switch ?? ''}
        data-testid="arrivals-switch"
        disabled={busy}
        onChange={(next) => void send('staff.setArrivals', { open: next })}
      />
      <Dialog
        onClose={() => setLarge(false)}
        open={large && open}
        testId="arrival-code"
        title={t('staff.queue.arrivals.title')}
      >
        <ArrivalCard />
      </Dialog>
    </div>
  );
}
