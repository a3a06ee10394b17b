import { CameraFilled } from '@ant-design/icons';
import { type CSSProperties, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CameraTrouble } from '../../camera/camera-trouble.tsx';
import { type SessionAt, send } from '../../state/station-store.ts';
import { Page, type PageAction } from '../../ui/page.tsx';
import styles from './camera-page.module.css';
import { CameraSide } from './camera-side.tsx';
import { GuideOverlay } from './guide-overlay.tsx';
import { takePicture } from './take-picture.ts';
import { TopHint } from './top-hint.tsx';
import { useCountdown } from './use-countdown.ts';
import { useGuidance } from './use-guidance.ts';
import { type PortraitCamera, usePortraitCamera } from './use-portrait-camera.ts';

const COUNTDOWN_SECONDS = 3;
/** Until the camera says what shape its picture has. */
const WIDESCREEN = 16 / 9;

/** 拍照: live preview, where to stand, and the picture at the camera's own resolution. */
export default function CameraPage(_: { session: SessionAt<'camera'> }) {
  const { t } = useTranslation();
  const camera = usePortraitCamera();
  const { state, link, video } = camera;
  const shot = useShot(camera);
  const [ratio, setRatio] = useState(WIDESCREEN);
  const position = useGuidance(video, state.kind === 'ready' && !shot.taking);
  const guidance = position === 'unavailable' ? undefined : position;
  return (
    <Page
      back
      lead={t('camera.lead')}
      note={shot.failed ? t('camera.shotFailed') : t('camera.mirrored')}
      primary={shot.shoot}
      secondary={shot.cancel}
      step="camera"
      title={t('camera.title')}
    >
      <div className={styles.columns}>
        <div
          className={styles.view}
          data-camera={state.kind}
          data-testid="camera-view"
          style={{ '--ratio': ratio } as CSSProperties}
        >
          <video
            autoPlay
            className={styles.video}
            muted
            onLoadedMetadata={({ currentTarget: { videoWidth, videoHeight } }) =>
              setRatio(videoWidth / videoHeight)
            }
            playsInline
            ref={video}
          />
          {state.kind === 'ready' ? (
            <>
              <GuideOverlay guidance={guidance} ratio={ratio} />
              {shot.left === undefined && !shot.taking && <TopHint position={position} />}
            </>
          ) : (
            <CameraTrouble
              code={state.kind === 'failed' ? state.code : undefined}
              lost={state.kind === 'failed' && state.lost}
              onRetry={() => link.current?.retry()}
            />
          )}
          {shot.left !== undefined && (
            <p className={styles.countdown} data-testid="countdown" key={shot.left}>
              {shot.left}
            </p>
          )}
          {shot.taking && (
            <p className={styles.saving} role="status">
              {t('camera.saving')}
            </p>
          )}
        </div>
        <CameraSide
          guidance={guidance}
          onChoose={(cameraId) => link.current?.choose(cameraId)}
          state={state}
        />
      </div>
    </Page>
  );
}

type Shot = {
  readonly shoot: PageAction;
  /** Offered while it counts down: at another place, or a double press would undo itself. */
  readonly cancel: PageAction | undefined;
  readonly left: number | undefined;
  readonly taking: boolean;
  readonly failed: boolean;
};

/** The countdown, the picture, and its way to the core. */
function useShot({ state, video }: PortraitCamera): Shot {
  const { t } = useTranslation();
  const [taking, setTaking] = useState(false);
  const [failed, setFailed] = useState(false);
  const take = async () => {
    if (state.kind !== 'ready' || !video.current) return setFailed(true);
    const track = state.stream.getVideoTracks()[0];
    if (!track) return setFailed(true);
    setTaking(true);
    try {
      await send('session.takeShot', await takePicture(track, video.current));
    } catch {
      setFailed(true);
    } finally {
      setTaking(false);
    }
  };
  const { left, start, cancel } = useCountdown(COUNTDOWN_SECONDS, () => void take());
  const shoot = () => {
    setFailed(false);
    start();
  };
  const counting = left !== undefined;
  return {
    left,
    taking,
    failed,
    cancel: counting
      ? { id: 'cancel-shot', label: t('camera.cancel'), onPress: cancel }
      : undefined,
    shoot: {
      id: 'take-shot',
      label: t('camera.shoot'),
      icon: <CameraFilled />,
      onPress: shoot,
      disabled: state.kind !== 'ready' || taking || counting,
    },
  };
}
