import { ToolOutlined } from '@ant-design/icons';
import { Switch } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandPayload } from '../../shared/index.ts';
import { ask, showFailure } from '../state/station-store.ts';
import { Dialog } from '../ui/dialog.tsx';
import styles from './dev-dock.module.css';

type Fault = CommandPayload<'dev.setFault'>['fault'];
const FAULTS: readonly Fault[] = ['offline', 'slowNetwork', 'diskFull', 'imagingCrash'];

/** Sample mode alone: rehearses failures and says where the demo data are. */
export default function DevDock() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        className={styles.tab}
        data-testid="dev-dock"
        onClick={() => setOpen(true)}
        type="button"
      >
        <ToolOutlined />
        {t('devDock.tab')}
      </button>
      <Dialog
        onClose={() => setOpen(false)}
        open={open}
        place="left"
        testId="dev-dock-drawer"
        title={t('devDock.title')}
      >
        <div className={styles.body}>
          <p className={styles.lead}>{t('devDock.lead')}</p>
          <Faults />
          <section>
            <h3 className={styles.heading}>{t('devDock.hints')}</h3>
            <ul className={styles.hints}>
              <li>{t('devDock.hintCode')}</li>
              <li>{t('devDock.hintLastFour')}</li>
              <li>{t('devDock.hintPay')}</li>
            </ul>
          </section>
        </div>
      </Dialog>
    </>
  );
}

function Faults() {
  const { t } = useTranslation();
  const [active, setActive] = useState<readonly string[]>([]);
  const refresh = async () => {
    const result = await ask('dev.faults', {});
    if (result.ok) setActive(result.value);
  };
  useEffect(() => {
    void ask('dev.faults', {}).then((result) => result.ok && setActive(result.value));
  }, []);
  const toggle = async (fault: Fault, on: boolean) => {
    const result = await ask('dev.setFault', { fault, on });
    if (!result.ok) showFailure(result.error);
    await refresh();
  };
  return (
    <section>
      <h3 className={styles.heading}>{t('devDock.faults')}</h3>
      {FAULTS.map((fault) => (
        <label className={styles.fault} htmlFor={`fault-${fault}`} key={fault}>
          {t(`devDock.${fault}`)}
          <Switch
            checked={active.includes(fault)}
            data-testid={`fault-${fault}`}
            id={`fault-${fault}`}
            onChange={(on) => void toggle(fault, on)}
          />
        </label>
      ))}
    </section>
  );
}
