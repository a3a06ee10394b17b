import type { CheckResult } from '@gradshot/domain';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShotView } from '../../../shared/index.ts';
import { Picture } from '../../ui/picture.tsx';
import styles from './photo-pane.module.css';

type HintedOriginalProps = {
  readonly shot: ShotView;
  readonly checks: readonly CheckResult[];
  /** The check whose place stands out. */
  readonly check: CheckResult | undefined;
};

/** The original as it was taken, with a box wherever a check found something. */
export function HintedOriginal({ shot, checks, check }: HintedOriginalProps) {
  const { t } = useTranslation();
  const found = checks.filter(({ hint, level }) => hint && level !== 'pass');
  return (
    <div
      className={styles.original}
      data-testid="hinted-original"
      style={{ '--ratio': shot.width / shot.height } as CSSProperties}
    >
      <Picture alt={t('judged.original')} kind="original" photoId={shot.photoId} />
      {found.map(({ code, level, hint }) => (
        <span
          className={styles.box}
          data-chosen={code === check?.code}
          data-level={level}
          key={code}
          style={{
            left: `${(hint?.x ?? 0) * 100}%`,
            top: `${(hint?.y ?? 0) * 100}%`,
            width: `${(hint?.width ?? 0) * 100}%`,
            height: `${(hint?.height ?? 0) * 100}%`,
          }}
        />
      ))}
    </div>
  );
}
