import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

type EmptyStateProps = {
  readonly icon: ReactNode;
  readonly title: string;
  readonly detail?: string;
  readonly children?: ReactNode;
};

/** Says that there is nothing, why, and what to do. */
export function EmptyState({ icon, title, detail, children }: EmptyStateProps) {
  return (
    <div className={styles.empty} data-testid="empty">
      <span className={styles.icon}>{icon}</span>
      <p className={styles.title}>{title}</p>
      {detail !== undefined && <p className={styles.detail}>{detail}</p>}
      {children}
    </div>
  );
}
