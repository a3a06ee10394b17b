import { findPhotoProfile, type StandardizationReport } from '@gradshot/domain';
import { useLanguage } from '../../i18n/language.tsx';
import { type NormLine, normLines } from './norm-lines.ts';
import styles from './norm-overlay.module.css';

type NormOverlayProps = { readonly report: StandardizationReport };

/** Where hair, eyes and face may lie by the photo's own profile, and where they were measured. */
export function NormOverlay({ report }: NormOverlayProps) {
  const { t } = useLanguage();
  const profile = findPhotoProfile(report.profile.id);
  if (!profile) return null;
  const { width, height } = profile;
  return (
    <svg
      className={styles.norm}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t.review.norm.title}
    >
      {normLines(profile, report.geometry).map((line) => (
        <Line key={line.of} line={line} photoWidth={width} />
      ))}
    </svg>
  );
}

/** Room between a band and its label, in output pixels. */
const GAP = 6;

function Line({ line, photoWidth }: { line: NormLine; photoWidth: number }) {
  const { t } = useLanguage();
  const { measured } = line;
  const within = measured?.within ?? true;
  return (
    <g data-within={within}>
      {line.bands.map((band) => (
        <rect key={band.x} className={styles.band} {...band} />
      ))}
      {measured ? <path className={styles.measured} d={measured.path} /> : null}
      <text x={photoWidth - GAP} y={line.labelY} textAnchor="end" className={styles.label}>
        {t.review.norm.label(t.review.norm[line.of], measured?.value, line.range)}
      </text>
    </g>
  );
}
