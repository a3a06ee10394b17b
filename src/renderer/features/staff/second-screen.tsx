import { DesktopOutlined } from '@ant-design/icons';
import { Button, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { GRADUATE_HASH } from '../../../shared/channels.ts';
import { send, stationShell, useBusy, useSnapshot } from '../../state/station-store.ts';
import styles from './staff-page.module.css';

/** 学生屏: by itself on a second display in Electron; in a browser a page that staff put there. */
export function SecondScreen() {
  const { t } = useTranslation();
  const { screen } = useSnapshot();
  const shown = screen === 'desk';
  return (
    <section className={styles.pace} data-testid="second-screen">
      <h2 className={styles.paceTitle} id="second-screen-title">
        {t('staff.live.title')} · {shown ? t('staff.live.screenOn') : t('staff.live.screenOff')}
      </h2>
      {stationShell() === 'electron' ? <ByItself shown={shown} /> : <ByHand shown={shown} />}
    </section>
  );
}

function ByItself({ shown }: { shown: boolean }) {
  const { t } = useTranslation();
  const busy = useBusy();
  const on = useSnapshot().secondScreen === true;
  const detail = !on
    ? 'staff.live.screenLead'
    : shown
      ? 'staff.live.screenShown'
      : 'staff.live.screenMissing';
  return (
    <>
      <div>
        <Switch
          aria-labelledby="second-screen-title"
          checked={on}
          data-testid="second-screen-switch"
          disabled={busy}
          onChange={(next) => void send('staff.setSecondScreen', { on: next })}
        />
      </div>
      <p className={styles.quiet}>{t(detail)}</p>
    </>
  );
}

/** One page of that name: pressed again it is the same one. */
const NAME = 'gradshot-graduate';

function ByHand({ shown }: { shown: boolean }) {
  const { t } = useTranslation();
  const { availWidth: width, availHeight: height } = window.screen;
  const size = `popup,width=${width},height=${height}`;
  const open = () => window.open(`/${GRADUATE_HASH}`, NAME, size);
  return (
    <>
      <div>
        <Button
          data-testid="open-graduate"
          disabled={shown}
          icon={<DesktopOutlined />}
          onClick={open}
          size="large"
        >
          {t('staff.live.screenOpen')}
        </Button>
      </div>
      <p className={styles.quiet}>
        {shown ? t('staff.live.screenShown') : t('staff.live.screenByHand')}
      </p>
    </>
  );
}
