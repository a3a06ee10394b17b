import type { ReactNode } from 'react';
import styles from './facts.module.css';

export type Fact = { readonly label: string; readonly value: ReactNode };

type FactsProps = { readonly facts: readonly Fact[]; readonly columns?: 1 | 2 };

/** A list of labelled facts; empty ones are left out. */
export function Facts({ facts, columns = 1 }: FactsProps) {
  return (
    <dl className={styles.facts} data-columns={columns}>
      {facts
        .filter(({ value }) => value !== undefined && value !== '')
        .map(({ label, value }) => (
          <div className={styles.fact} key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
