import type { ReviewItem } from '@gradshot/contract';
import { Tag } from 'antd';
import { usePhoto } from '../../api/photo-store.ts';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './side-panel.module.css';
import { Watermark } from './watermark.tsx';

const BAND_COLOURS = { mismatch: 'error', unclear: 'warning', similar: 'success' } as const;

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
          {item.identity ? (
            <p>
              <Tag color={BAND_COLOURS[item.identity.band]}>
                {t.review.bands[item.identity.band]}
              </Tag>
              <span className="num">{item.identity.score.toFixed(2)}</span>
            </p>
          ) : null}
          <p className={styles.lead}>{t.review.advisory}</p>
          <p className={styles.lead}>
            <kbd>C</kbd> {t.review.legend.compare}
          </p>
        </div>
      </div>
    </section>
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
