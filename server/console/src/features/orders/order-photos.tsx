import { EyeOutlined } from '@ant-design/icons';
import { Button, Empty, Tag } from 'antd';
import { useState } from 'react';
import { useStaff } from '../../api/session.tsx';
import { useLanguage } from '../../i18n/language.tsx';
import { dateTime } from '../../i18n/times.ts';
import { PhotoPane } from '../review/photo-pane.tsx';
import styles from './order-photos.module.css';
import type { ConsoleOrder } from './order-queries.ts';

type Photo = ConsoleOrder['photos'][number];
type OrderPhotosProps = { readonly orderId: string; readonly photos: readonly Photo[] };

export function OrderPhotos({ orderId, photos }: OrderPhotosProps) {
  const { t } = useLanguage();
  if (photos.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.orders.noPhotos} />;
  return photos.map((photo) => <OrderPhoto key={photo.photoId} orderId={orderId} photo={photo} />);
}

/** Nothing is fetched before somebody asks for it: each look is recorded. */
function OrderPhoto({ orderId, photo }: { orderId: string; photo: Photo }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <section className={styles.photo}>
      <header>
        <span className="num">{dateTime(photo.uploadedAt)}</span>
        {photo.current ? <Tag color="processing">{t.orders.current}</Tag> : null}
        {photo.erasedAt ? (
          <span className={styles.lead}>{t.orders.erased(dateTime(photo.erasedAt))}</span>
        ) : (
          <>
            <span className={styles.lead}>{t.orders.showLead}</span>
            <Button size="small" icon={<EyeOutlined />} onClick={() => setOpen(!open)}>
              {open ? t.common.close : t.orders.showPhoto}
            </Button>
          </>
        )}
      </header>
      {open && !photo.erasedAt ? <Panes orderId={orderId} photoId={photo.photoId} /> : null}
    </section>
  );
}

function Panes({ orderId, photoId }: { orderId: string; photoId: string }) {
  const { t } = useLanguage();
  const { account } = useStaff();
  const [zoomed, setZoomed] = useState(false);
  const [opened] = useState(() => dateTime(new Date()));
  const pane = {
    watermark: `${account} ${opened}`,
    zoomed,
    onZoom: () => setZoomed(!zoomed),
  };
  return (
    <div className={styles.panes}>
      {(['original', 'standard'] as const).map((kind) => (
        <PhotoPane key={kind} {...pane} photo={{ orderId, photoId, kind }} title={t.review[kind]} />
      ))}
    </div>
  );
}
