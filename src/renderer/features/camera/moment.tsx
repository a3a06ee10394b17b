import { useTranslation } from 'react-i18next';
import type { TetheredView } from '../../../shared/index.ts';
import styles from './camera-page.module.css';
import type { Shot } from './use-shot.ts';

type MomentProps = {
  readonly shot: Shot;
  readonly tethered: TetheredView | undefined;
  /** False where the stage itself says what to do, for want of a live picture. */
  readonly previewed: boolean;
};

/** The seconds beside the face, never over it; at rest, who or what presses the shutter. */
export function Moment({ shot, tethered, previewed }: MomentProps) {
  const { t } = useTranslation();
  if (shot.taking)
    return (
      <p className={styles.saving} role="status">
        {tethered ? t('camera.tetheredReading') : t('camera.saving')}
      </p>
    );
  if (shot.left !== undefined)
    return (
      <div className={styles.moment}>
        <p className={styles.countdown} data-testid="countdown" key={shot.left}>
          {shot.left}
        </p>
        <p className={styles.look}>{t('camera.lookHere')}</p>
      </div>
    );
  if (tethered && (!previewed || tethered.state.kind === 'failed')) return null;
  if (tethered?.listening && !shot.hasShutter)
    return (
      <p className={styles.rest}>
        <strong className={styles.lookAway}>{t('camera.tetheredLook')}</strong>
        {t('camera.tetheredStaff')}
      </p>
    );
  return <p className={styles.rest}>{t(sentenceAtRest(shot, tethered))}</p>;
}

function sentenceAtRest(shot: Shot, tethered: TetheredView | undefined) {
  if (tethered && !tethered.listening) return 'camera.tetheredOpening';
  return shot.auto ? 'camera.autoNote' : 'camera.autoPaused';
}
