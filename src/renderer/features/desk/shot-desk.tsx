import { CameraOutlined, CheckOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BurstView } from '../../../shared/index.ts';
import { type SessionAt, send, useBusy, useSnapshot } from '../../state/station-store.ts';
import { Picture } from '../../ui/picture.tsx';
import { useFramePictures } from './frame-pictures.ts';
import styles from './shot-desk.module.css';

export type ShotSession = SessionAt<'reviewShot' | 'kept' | 'judging' | 'judged'>;

/** The shot on screen: another frame of its burst in its place, or another shot. */
export function ShotDesk({ session }: { session: ShotSession }) {
  const { t } = useTranslation();
  const busy = useBusy();
  const { burst } = useSnapshot();
  const { shot, step } = session;
  const disabled = busy || step === 'judging';
  const retake = (
    <Button
      data-testid="desk-retake"
      disabled={disabled}
      icon={<CameraOutlined />}
      onClick={() => void send('session.retake', {})}
      size="large"
    >
      {t('review.retake')}
    </Button>
  );
  if (burst && burst.frames.length > 1)
    return <BurstChoice burst={burst} disabled={disabled} key={burst.id} retake={retake} />;
  return (
    <section className={styles.desk} data-testid="shot-desk">
      <div className={styles.large}>
        <Picture
          alt={t('review.title')}
          key={shot.photoId}
          kind="original"
          photoId={shot.photoId}
        />
      </div>
      <div className={styles.choice}>
        <div className={styles.row}>{retake}</div>
      </div>
    </section>
  );
}

type BurstChoiceProps = {
  readonly burst: BurstView;
  readonly disabled: boolean;
  readonly retake: ReactNode;
};

/** The chosen one large, all of them beside it. */
function BurstChoice({ burst, disabled, retake }: BurstChoiceProps) {
  const { t } = useTranslation();
  const pictures = useFramePictures(burst);
  const { id, frames, machine, chosen } = burst;
  return (
    <section className={styles.desk} data-testid="shot-desk">
      <div className={styles.large}>
        {pictures.has(chosen) && <img alt={t('review.title')} src={pictures.get(chosen)} />}
      </div>
      <div className={styles.choice}>
        <div className={styles.row}>
          <h3 className={styles.title}>{t('staff.live.burst', { count: frames.length })}</h3>
          {retake}
        </div>
        <ol className={styles.frames}>
          {frames.map((frame, index) => (
            <li key={frame}>
              <button
                aria-label={t('staff.live.frame', { number: index + 1 })}
                aria-pressed={frame === chosen}
                className={styles.frame}
                data-testid={`frame-${frame}`}
                disabled={disabled}
                onClick={() => void send('staff.chooseFrame', { id, frame })}
                type="button"
              >
                {pictures.has(frame) && <img alt="" src={pictures.get(frame)} />}
                {frame === chosen && <CheckOutlined className={styles.mark ?? ''} />}
              </button>
              <p className={styles.caption}>
                {frame === machine ? t('staff.live.byMachine') : index + 1}
              </p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}
