import type { GuidanceView } from '../../../shared/index.ts';
import styles from './guide-overlay.module.css';

/**
 * The place for head and shoulders, and where the head is now. Drawn over the mirrored preview,
 * so what the core says of the true frame is mirrored here too.
 */
export function GuideOverlay({ guidance }: { guidance: GuidanceView | undefined }) {
  const head = guidance?.head;
  return (
    <svg
      aria-hidden="true"
      className={styles.overlay}
      data-ready={guidance?.ready === true}
      preserveAspectRatio="xMidYMid slice"
      viewBox="0 0 1600 900"
    >
      <mask id="guide-mask">
        <rect fill="#fff" height="900" width="1600" />
        <path d={OUTLINE} fill="#000" />
      </mask>
      <rect className={styles.shade} height="900" mask="url(#guide-mask)" width="1600" />
      <path className={styles.outline} d={OUTLINE} />
      <path className={styles.eyes} d="M690 372h40M870 372h40" />
      {head && !guidance.ready && (
        <ellipse
          className={styles.head}
          cx={(1 - head.x - head.width / 2) * 1600}
          cy={(head.y + head.height / 2) * 900}
          rx={(head.width / 2) * 1600}
          ry={(head.height / 2) * 900}
        />
      )}
    </svg>
  );
}

/** Head and shoulders of a person as the standard wants them: space above, down to the chest. */
const OUTLINE =
  'M800 190c88 0 146 66 146 172 0 74-24 132-58 172l0 34c96 26 214 62 250 140 20 44 30 116 34 200H428' +
  'c4-84 14-156 34-200 36-78 154-114 250-140v-34c-34-40-58-98-58-172 0-106 58-172 146-172z';
