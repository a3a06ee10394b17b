import type { ReviewItem } from '@gradshot/contract';
import { Tag, Tooltip } from 'antd';
import { usePhoto } from '../../api/photo-store.ts';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './side-panel.module.css';
import { Watermark } from './watermark.tsx';

const BAND_COLOURS = { mismatch: 'error', unclear: 'warning', similar: 'processing' } as const;

type IdentityPanelProps = {
  readonly item: ReviewItem;
  readonly watermark: string;
  readonly onCompare: () => void;
};

/** The photo of the record and what a comparison says: a hint, never an answer. */
export function IdentityPanel({ item, watermark, onCompare }: IdentityPanelProps) {
  const { t } = useLanguage();
  if (!item.hasReference) return null;
  return (
    <section className={styles.section}>
      <header>
        <h2>{t.review.identity}</h2>
      </header>
      <div className={styles.identity}>
        <button type="button" onClick={onCompare} title={t.review.legend.compare}>
          <Thumbnail item={item} />
          <Watermark text={watermark} />
        </button>
        <div>
          <Advice item={item} />
          <p className={styles.lead}>
            <kbd>C</kbd> {t.review.legend.compare}
          </p>
        </div>
      </div>
    </section>
  );
}

/** Never without its warning: different people can score high. */
function Advice({ item: { identity, identityFailure } }: Pick<IdentityPanelProps, 'item'>) {
  const { t, pick } = useLanguage();
  if (!identity)
    return (
      <p className={styles.lead}>{identityFailure ? pick(identityFailure) : t.review.comparing}</p>
    );
  return (
    <>
      <p>
        <Tag color={BAND_COLOURS[identity.band]}>{t.review.bands[identity.band]}</Tag>
        <Tooltip title={t.review.comparedBy(identity.model)}>
          <span className="num">{identity.score.toFixed(2)}</span>
        </Tooltip>
      </p>
      <p className={styles.lead}>{pick(identity.warning)}</p>
    </>
  );
}

function Thumbnail({ item }: { item: ReviewItem }) {
  const { t } = useLanguage();
  const { order, photoId } = item;
  const photo = usePhoto({ orderId: order.orderId, photoId, kind: 'reference' });
  return photo.state === 'ready' ? (
    <img src={photo.url} alt={t.review.reference} draggable={false} />
  ) : null;
}
