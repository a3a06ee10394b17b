import type { GuidanceView } from '../../../shared/index.ts';
import styles from './guide-overlay.module.css';

type GuideOverlayProps = {
  readonly guidance: GuidanceView | undefined;
  /** Width ÷ height of the camera's frame. */
  readonly ratio: number;
};

/**
 * The place for head and shoulders, and brackets that follow the head to it. Drawn over the mirrored
 * preview, so what the core says of the true frame is mirrored here too.
 */
export function GuideOverlay({ guidance, ratio }: GuideOverlayProps) {
  const head = guidance?.head;
  const state = guidance?.state;
  return (
    <div className={styles.overlay} data-state={state} data-testid="guide">
      <svg aria-hidden="true" viewBox={viewBox(ratio)}>
        <path className={styles.shade} d={`M-3000-3000h7600v9000h-7600z${WINDOW}`} />
        <path className={styles.outline} d={OUTLINE} />
        <path className={styles.eyes} d="M694 352h38M868 352h38" />
      </svg>
      {head && state !== 'ready' && (
        <span
          className={styles.head}
          style={{
            left: `${(1 - head.x - head.width) * 100}%`,
            top: `${head.y * 100}%`,
            width: `${head.width * 100}%`,
            height: `${head.height * 100}%`,
          }}
        />
      )}
    </div>
  );
}

/** What a photo of 3 : 4 can use of a frame 900 high, from top to bottom. */
const WINDOW = 'M462.5-3000v9000h675v-9000z';

/**
 * Head and shoulders as the standard wants them, in a frame 900 high: face 284 wide, so that a
 * 3 : 4 crop with the face at half its width stays inside the frame with some room to spare.
 */
const OUTLINE =
  'M800 167C888 167 942 240 942 345C942 430 905 500 868 530C866 560 872 578 900 590' +
  'C1010 624 1095 665 1130 745C1146 785 1156 840 1160 900V2600H440V900C444 840 454 785 470 745' +
  'C505 665 590 624 700 590C728 578 734 560 732 530C695 500 658 430 658 345' +
  'C658 240 712 167 800 167Z';

/** Widest part of the outline, with a margin. */
const LEAST_WIDTH = 800;

/** The frame in the outline's measure: 900 high, or higher where the camera stands upright. */
function viewBox(ratio: number): string {
  const width = Math.max(900 * ratio, LEAST_WIDTH);
  const height = width / ratio;
  // In an upright frame the head stands in its upper half.
  return `${800 - width / 2} ${(900 - height) * 0.4} ${width} ${height}`;
}
