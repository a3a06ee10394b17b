import styles from './import-drawer.module.css';

type FiguresProps = { readonly figures: readonly (readonly [label: string, count: number])[] };

/** Counts of an import, side by side. */
export function Figures({ figures }: FiguresProps) {
  return (
    <dl className={styles.figures}>
      {figures.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="num">{count}</dd>
        </div>
      ))}
    </dl>
  );
}
