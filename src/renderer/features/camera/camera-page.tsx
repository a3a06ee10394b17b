import { CameraFilled, FileTextOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TetheredView } from '../../../shared/index.ts';
import { CameraChooser } from '../../camera/camera-chooser.tsx';
import { CameraTrouble } from '../../camera/camera-trouble.tsx';
import { portraitLink } from '../../camera/portrait-camera.ts';
import { type SessionAt, useSnapshot } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ActionBar } from '../../ui/page.tsx';
import { RequirementDrawings } from '../requirements/requirement-drawings.tsx';
import styles from './camera-page.module.css';
import { Correction, StaffAdvice } from './correction.tsx';
import { GuideOverlay } from './guide-overlay.tsx';
import { Moment } from './moment.tsx';
import { TetheredStage } from './tethered-stage.tsx';
import { useDeskShutter } from './use-desk-shutter.ts';
import { useGuidance } from './use-guidance.ts';
import { usePortraitCamera } from './use-portrait-camera.ts';
import { type Shot, useShot } from './use-shot.ts';
import { useSpokenGuide } from './use-spoken-guide.ts';

/** Until the camera says what shape its picture has. */
const WIDESCREEN = 16 / 9;

/** 拍照: the live picture on a dark stage, the one thing to change beside it, and a shutter that waits. */
export default function CameraPage(_: { session: SessionAt<'camera'> }) {
  const { t } = useTranslation();
  const camera = usePortraitCamera();
  const { tethered } = useSnapshot();
  const { state, video } = camera;
  const [taking, setTaking] = useState(false);
  const [reading, setReading] = useState(false);
  const [ratio, setRatio] = useState(WIDESCREEN);
  const { position, rate } = useGuidance(video, state.kind === 'ready' && !taking);
  const shot = useShot({
    ...{ camera, position, rate, tethered },
    covered: reading,
    onTaking: setTaking,
  });
  useDeskShutter(shot, reading);
  useSpokenGuide(position, shot);
  const guidance = typeof position === 'object' ? position : undefined;
  return (
    <main className={styles.page} data-testid="page-camera">
      <div className={styles.stage} data-state={guidance?.state}>
        <div
          className={styles.frame}
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
          {state.kind === 'ready' && <GuideOverlay guidance={guidance} ratio={ratio} />}
        </div>
        <div className={styles.left}>
          <Title />
          {state.kind === 'ready' && !shot.taking && <Correction position={position} />}
        </div>
        <div className={styles.right}>
          <Moment previewed={state.kind === 'ready'} shot={shot} tethered={tethered} />
          <aside className={styles.tools}>
            <StaffAdvice position={position} />
            <Button
              className={styles.tool ?? ''}
              data-testid="read-requirements"
              ghost
              icon={<FileTextOutlined />}
              onClick={() => setReading(true)}
              size="large"
            >
              {t('camera.requirements')}
            </Button>
            {state.kind === 'ready' && (
              <CameraChooser
                cameraId={state.cameraId}
                cameras={state.cameras}
                onChoose={(cameraId) => portraitLink()?.choose(cameraId)}
              />
            )}
          </aside>
        </div>
        {tethered && <TetheredStage previewed={state.kind === 'ready'} tethered={tethered} />}
        {!tethered && state.kind !== 'ready' && (
          <div className={styles.trouble}>
            <CameraTrouble
              code={state.kind === 'failed' ? state.code : undefined}
              lost={state.kind === 'failed' && state.lost}
              onRetry={() => portraitLink()?.retry()}
            />
          </div>
        )}
      </div>
      <Actions note={noteOf(shot, tethered, state.kind === 'ready')} shot={shot} />
      <Dialog
        onClose={() => setReading(false)}
        open={reading}
        place="full"
        testId="requirements"
        title={t('requirements.title')}
      >
        <RequirementDrawings />
      </Dialog>
    </main>
  );
}

type Note = 'camera.shotFailed' | 'camera.mirrored' | 'camera.tetheredGuide' | undefined;

function noteOf(shot: Shot, tethered: TetheredView | undefined, previewed: boolean): Note {
  if (shot.failed) return 'camera.shotFailed';
  if (!tethered) return 'camera.mirrored';
  return previewed ? 'camera.tetheredGuide' : undefined;
}

function Title() {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 className={styles.title} ref={heading} tabIndex={-1}>
      {t('camera.title')}
    </h1>
  );
}

function Actions({ shot, note }: { shot: Shot; note: Note }) {
  const { t } = useTranslation();
  return (
    <ActionBar
      back
      note={note && t(note)}
      primary={
        shot.hasShutter
          ? {
              id: 'take-shot',
              label: t('camera.shoot'),
              icon: <CameraFilled />,
              onPress: shot.shoot,
              disabled: !shot.canShoot,
            }
          : undefined
      }
      // At another place than the shutter, or a double press would undo itself.
      secondary={
        shot.left === undefined
          ? undefined
          : { id: 'cancel-shot', label: t('camera.cancel'), onPress: shot.callOff }
      }
    />
  );
}
