import { useTranslation } from 'react-i18next';
import type { TetheredView } from '../../../shared/index.ts';
import { CameraTrouble } from '../../camera/camera-trouble.tsx';
import styles from './tethered-stage.module.css';

type TetheredStageProps = {
  readonly tethered: TetheredView;
  /** True while a webcam shows where to stand. */
  readonly previewed: boolean;
};

/** Where another camera takes the photo: what is wrong with it, or, without a live picture, where to look. */
export function TetheredStage({ tethered, previewed }: TetheredStageProps) {
  const { t } = useTranslation();
  const { state, listening, source } = tethered;
  if (state.kind === 'failed')
    return (
      <div className={styles.stage}>
        <CameraTrouble code={state.code} />
      </div>
    );
  if (previewed) return null;
  const act = source.kind === 'watchFolder' ? 'camera.tetheredStaff' : 'camera.tetheredPress';
  return (
    <div className={styles.stage} data-testid="tethered" role="status">
      <DrawnCamera />
      <p className={styles.look}>
        {listening ? t('camera.tetheredLook') : t('camera.tetheredOpening')}
      </p>
      {listening && <p className={styles.act}>{t(act)}</p>}
      {listening && source.kind === 'watchFolder' && (
        <p className={styles.quiet}>{t('camera.tetheredArrives')}</p>
      )}
    </div>
  );
}

/** On its stand, looking at whoever looks at it. */
function DrawnCamera() {
  return (
    <svg aria-hidden="true" className={styles.drawing} viewBox="0 0 240 250">
      <g fill="none" stroke="#5b7398" strokeLinecap="round" strokeLinejoin="round" strokeWidth="5">
        <path d="M120 172v22M120 194 78 244M120 194l42 50M120 194v50" />
        <path
          d="M34 62h38l12-20c2-4 5-6 9-6h54c4 0 7 2 9 6l12 20h38c8 0 14 6 14 14v82c0 8-6 14-14 14H34c-8 0-14-6-14-14V76c0-8 6-14 14-14z"
          fill="#1c2d49"
        />
        <path d="M180 52h22c3 0 5 2 5 5v5M44 52h18" />
      </g>
      <circle cx="120" cy="116" fill="#0c1626" r="44" stroke="#8fa6c8" strokeWidth="5" />
      <circle cx="120" cy="116" fill="#16294a" r="29" stroke="#5b7398" strokeWidth="4" />
      <circle cx="120" cy="116" fill="#0c1626" r="13" />
      <path
        d="M101 108c2-8 8-13 15-14"
        fill="none"
        stroke="#c9d8ef"
        strokeLinecap="round"
        strokeWidth="4"
      />
      <circle cx="196" cy="84" fill="#64c5ff" r="5" />
    </svg>
  );
}
