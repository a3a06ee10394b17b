import { PictureOutlined } from '@ant-design/icons';
import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { type PictureKind, usePicture } from '../state/picture-store.ts';
import styles from './picture.module.css';

type PictureProps = {
  readonly photoId: string | undefined;
  readonly kind: PictureKind;
  readonly alt: string;
  /** Called with the natural size once the picture is decoded. */
  readonly onSize?: (width: number, height: number) => void;
};

/** One picture of the visit, never mirrored, with its waiting and its failed state. */
export function Picture({ photoId, kind, alt, onSize }: PictureProps) {
  const { t } = useTranslation();
  const picture = usePicture(photoId, kind);
  if (picture.kind === 'ready')
    return (
      <img
        alt={alt}
        className={styles.image}
        data-testid={`picture-${kind}`}
        decoding="async"
        draggable={false}
        onLoad={({ currentTarget: image }) => onSize?.(image.naturalWidth, image.naturalHeight)}
        src={picture.url}
      />
    );
  return (
    <div className={styles.absent}>
      {picture.kind === 'loading' ? <Spin size="large" /> : <PictureOutlined />}
      <p>{picture.kind === 'loading' ? t('app.loadingPicture') : t('app.pictureFailed')}</p>
    </div>
  );
}
