import { useTranslation } from 'react-i18next';
import type { GuidanceView } from '../../../shared/index.ts';
import { CameraChooser } from '../../camera/camera-chooser.tsx';
import type { CameraState } from '../../camera/camera-link.ts';
import card from '../../ui/card.module.css';
import { useSentence } from '../../ui/use-language.ts';
import styles from './camera-page.module.css';

type CameraSideProps = {
  readonly state: CameraState;
  readonly guidance: GuidanceView | undefined;
  readonly onChoose: (cameraId: string) => void;
};

/** All present hints, what to remember while shooting, and the choice of camera. */
export function CameraSide({ state, guidance, onChoose }: CameraSideProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const hints = guidance?.hints ?? [];
  return (
    <aside className={styles.side}>
      {hints.length > 1 && (
        <section className={styles.adjust}>
          <h2 className={card.heading}>{t('camera.hintsTitle')}</h2>
          <ol className={styles.hints}>
            {hints.slice(0, 4).map((hint) => (
              <li key={hint.code}>{sentence(hint)}</li>
            ))}
          </ol>
        </section>
      )}
      <section className={card.card}>
        <h2 className={card.heading}>{t('camera.tips')}</h2>
        <ul className={styles.tips}>
          <li>{t('camera.tip1')}</li>
          <li>{t('camera.tip2')}</li>
          <li>{t('camera.tip3')}</li>
        </ul>
      </section>
      {state.kind === 'ready' && (
        <div className={styles.chooser}>
          <CameraChooser cameras={state.cameras} cameraId={state.cameraId} onChoose={onChoose} />
        </div>
      )}
    </aside>
  );
}
