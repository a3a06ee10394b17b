import { CameraFilled, VideoCameraOutlined } from '@ant-design/icons';
import type { GuideState } from '@gradshot/domain';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeskShutter, GuidanceView } from '../../../shared/index.ts';
import { send, useBusy, useSnapshot } from '../../state/station-store.ts';
import { useSentence } from '../../ui/use-language.ts';
import styles from './live-camera.module.css';
import { useLiveFrame } from './use-live-frame.ts';

/** Who stands before the camera, what the guide says of them, and the shutter. */
export function LiveCamera() {
  const { t } = useTranslation();
  const { tethered } = useSnapshot();
  const { canvas, running, guidance } = useLiveFrame();
  const state = running ? guidance?.state : undefined;
  return (
    <section className={styles.live} data-testid="desk-live">
      <div className={styles.stage} data-running={running} data-state={state}>
        <canvas aria-label={t('staff.live.picture')} ref={canvas} role="img" />
        {!running && (
          <p className={styles.absent}>
            <VideoCameraOutlined />
            {tethered ? t('staff.live.noneTethered') : t('staff.live.none')}
          </p>
        )}
      </div>
      <div className={styles.below}>
        <Corrections guidance={running ? guidance : undefined} />
        <ShutterButton />
      </div>
    </section>
  );
}

const STATE_WORDS: Readonly<Record<GuideState, `staff.live.${GuideState}`>> = {
  blocked: 'staff.live.blocked',
  adjust: 'staff.live.adjust',
  ready: 'staff.live.ready',
};

function Corrections({ guidance }: { guidance: GuidanceView | undefined }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (!guidance) return <div className={styles.words} />;
  return (
    <div className={styles.words} data-state={guidance.state} data-testid="desk-guide">
      <strong className={styles.state}>{t(STATE_WORDS[guidance.state])}</strong>
      <ul>
        {guidance.hints.map((hint) => (
          <li data-weight={hint.weight} key={hint.code}>
            {sentence(hint)}
          </li>
        ))}
      </ul>
    </div>
  );
}

const SHUTTER_WORDS = {
  ready: 'camera.shoot',
  unable: 'staff.live.shutterUnable',
  pressed: 'staff.live.shutterPressed',
  counting: 'staff.live.shutterCounting',
  taking: 'staff.live.shutterTaking',
} as const satisfies Record<DeskShutter, string>;

function ShutterButton() {
  const { t } = useTranslation();
  const busy = useBusy();
  const { shutter = 'unable', tethered } = useSnapshot();
  const byHand = tethered?.source.kind === 'watchFolder';
  return (
    <div className={styles.shutter}>
      {byHand && <p className={styles.quiet}>{t('camera.tetheredStaff')}</p>}
      <Button
        data-shutter={shutter}
        data-testid="desk-shutter"
        disabled={busy || shutter !== 'ready'}
        icon={<CameraFilled />}
        onClick={() => void send('staff.pressShutter', {})}
        size="large"
        type="primary"
      >
        {t(SHUTTER_WORDS[shutter])}
      </Button>
    </div>
  );
}
