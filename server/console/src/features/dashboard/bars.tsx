import styles from './bars.module.css';

export type Bar = {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly tone?: 'plain' | 'good' | 'bad' | 'busy';
};

/** Counts side by side; the longest bar is the largest count. */
export function Bars({ bars, wide = false }: { bars: readonly Bar[]; wide?: boolean }) {
  const largest = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <ul className={styles.bars} data-wide={wide}>
      {bars.map(({ key, label, count, tone = 'plain' }) => (
        <li key={key} data-tone={tone}>
          <span className={styles.label} title={label}>
            {label}
          </span>
          <span className={styles.track}>
            <span className={styles.bar} style={{ width: `${(count / largest) * 100}%` }} />
          </span>
          <span className={`${styles.count} num`}>{count}</span>
        </li>
      ))}
    </ul>
  );
}
