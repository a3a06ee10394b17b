import { CheckCircleFilled, WarningFilled } from '@ant-design/icons';
import { useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CameraChooser } from '../../camera/camera-chooser.tsx';
import { CameraTrouble } from '../../camera/camera-trouble.tsx';
import { useBusy, useFailure } from '../../state/station-store.ts';
import styles from './camera-scan.module.css';
import { createHeldUpCodes } from './held-up-codes.ts';
import { submitSeen } from './submit-code.ts';
import { useCodeCamera } from './use-code-camera.ts';

/**
 * Looks for the code before the camera and sends it once for every time it is shown. Of several it
 * chooses none: that would be a guess at whose visit begins.
 */
export function CameraScan() {
  const elementId = useId();
  const busy = useBusy();
  const failure = useFailure();
  const held = useMemo(() => createHeldUpCodes(submitSeen), []);
  const [several, setSeveral] = useState(false);
  // A dismissed message means: try what I am holding up again.
  useEffect(() => {
    if (!failure) held.again();
  }, [failure, held]);
  const { state, link } = useCodeCamera(elementId, (codes) =>
    setSeveral(held.look(codes, performance.now()) === 'several'),
  );
  return (
    <div className={styles.scan} data-camera={state.kind} data-testid="camera-scan">
      <div className={styles.view} id={elementId} />
      {state.kind === 'ready' ? (
        <>
          <div className={styles.frame} data-busy={busy} data-several={several && !busy} />
          <Aim busy={busy} several={several} />
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

function Aim({ busy, several }: { busy: boolean; several: boolean }) {
  const { t } = useTranslation();
  if (busy)
    return (
      <p className={styles.aim} role="status">
        <CheckCircleFilled /> {t('scan.recognised')}
      </p>
    );
  if (several)
    return (
      <p className={styles.aim} data-testid="several-codes" data-warning role="status">
        <WarningFilled /> <strong>{t('scan.several')}</strong>
      </p>
    );
  return (
    <p className={styles.aim} role="status">
      <strong>{t('scan.aim')}</strong>
      <span>{t('scan.aimFar')}</span>
    </p>
  );
}
