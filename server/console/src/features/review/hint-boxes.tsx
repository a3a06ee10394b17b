import type { StandardizationReport } from '@gradshot/domain';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './hint-boxes.module.css';

type Check = StandardizationReport['checks'][number];
type HintBoxesProps = {
  readonly checks: readonly Check[];
  readonly highlighted: string | undefined;
};

const percent = (share: number) => `${share * 100}%`;

/** Where on the original the checks found something. */
export function HintBoxes({ checks, highlighted }: HintBoxesProps) {
  const { pick } = useLanguage();
  return checks.map(
    (check) =>
      check.hint && (
        <span
          key={check.code}
          className={styles.box}
          data-level={check.level}
          data-lit={check.code === highlighted}
          title={pick(check)}
          style={{
            left: percent(check.hint.x),
            top: percent(check.hint.y),
            width: percent(check.hint.width),
            height: percent(check.hint.height),
          }}
        />
      ),
  );
}
