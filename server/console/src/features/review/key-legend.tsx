import { useLanguage } from '../../i18n/language.tsx';
import styles from './key-legend.module.css';

type KeyLegendProps = {
  readonly choosing: boolean;
  readonly hasReference: boolean;
  readonly mayTakeBack: boolean;
};

/** The keys that work now, always in sight. */
export function KeyLegend({ choosing, hasReference, mayTakeBack }: KeyLegendProps) {
  const { t } = useLanguage();
  const { legend } = t.review;
  const keys: readonly (readonly [string, string])[] = choosing
    ? [
        ['1–9 A–P', legend.pick],
        ['Tab', legend.note],
        ['Enter', legend.send],
        ['Esc', legend.back],
      ]
    : [
        ['A', legend.approve],
        ['R', legend.reject],
        [t.review.spaceBar, legend.zoom],
        ['H', legend.boxes],
        ['G', legend.norm],
        ...(hasReference ? ([['C', legend.compare]] as const) : []),
        ['Esc', legend.release],
        ...(mayTakeBack ? ([['Z', legend.takeBack]] as const) : []),
      ];
  return (
    <ul className={styles.legend}>
      {keys.map(([key, label]) => (
        <li key={key}>
          <kbd>{key}</kbd> {label}
        </li>
      ))}
    </ul>
  );
}
