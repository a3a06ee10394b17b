import styles from './number-steps.module.css';

/** What to do with the hands, one act after the other. */
export function NumberSteps({ steps }: { steps: readonly string[] }) {
  return (
    <ol className={styles.steps}>
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}
