import { CheckCircleFilled } from '@ant-design/icons';
import { useEffect, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CameraChooser } from '../../camera/camera-chooser.tsx';
import { CameraTrouble } from '../../camera/camera-trouble.tsx';
import { useBusy, useFailure } from '../../state/station-store.ts';
import styles from './camera-scan.module.css';
import { createRepeatGuard } from './repeat-guard.ts';
import { submitCode } from './submit-code.ts';
import { useCodeCamera } from './use-code-camera.ts';

/** Looks for the code before the camera and sends it once for every time it is shown. */
export function CameraScan() {
  const { t } = useTranslation();
  const elementId = useId();
  const busy = useBusy();
  const failure = useFailure();
  const guard = useMemo(createRepeatGuard, []);
  // A dismissed message means: try what I am holding up again.
  useEffect(() => {
    if (!failure) guard.reset();
  }, [failure, guard]);
  const { state, link } = useCodeCamera(elementId, {
    onCode: (text) => {
      if (guard.isNew(text, performance.now())) submitCode(text, 'camera');
    },
    onNothing: guard.missed,
  });
  return (
    <div className={styles.scan} data-camera={state.kind} data-testid="camera-scan">
      <div className={styles.view} id={elementId} />
      {state.kind === 'ready' ? (
        <>
          <div className={styles.frame} data-busy={busy} />
          <p className={styles.aim} role="status">
            {busy ? (
              <>
                <CheckCircleFilled /> {t('scan.recognised')}
              </>
            ) : (
              <>
                <strong>{t('scan.aim')}</strong>
                <span>{t('scan.aimFar')}</span>
              </>
            )}
          </p>
          <div className={styles.chooser}>
            <CameraChooser
              cameras={state.cameras}
              cameraId={state.cameraId}
              onChoose={(cameraId) => link.current?.choose(cameraId)}
            />
          </div>
        </>
      ) : (
        <CameraTrouble
          code={state.kind === 'failed' ? state.code : undefined}
          lost={state.kind === 'failed' && state.lost}
          onRetry={() => link.current?.retry()}
        />
      )}
    </div>
  );
}
