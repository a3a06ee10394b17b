import { CheckOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { SessionStep } from '../../../shared/index.ts';
import { PHASES, phaseOf } from './journey.ts';
import styles from './journey-stepper.module.css';

/** Where the graduate stands in the six phases of the journey. */
export function JourneyStepper({ step }: { step: SessionStep }) {
  const { t } = useTranslation();
  const present = phaseOf(step);
  if (!present) return null;
  const reached = PHASES.indexOf(present);
  return (
    <nav aria-label={t('journey.label')} className={styles.stepper} data-testid="journey">
      <ol className={styles.list}>
        {PHASES.map((phase, index) => (
          <li
            aria-current={index === reached ? 'step' : undefined}
            className={styles.phase}
            data-state={index < reached ? 'done' : index === reached ? 'now' : 'ahead'}
            key={phase}
          >
            <span className={styles.mark}>{index < reached ? <CheckOutlined /> : index + 1}</span>
            <span className={styles.label}>{t(`journey.${phase}`)}</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
