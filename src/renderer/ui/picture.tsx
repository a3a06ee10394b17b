import { PictureOutlined } from '@ant-design/icons';
import { errorSentence } from '@gradshot/domain';
import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { type PictureKind, usePicture } from '../state/picture-store.ts';
import styles from './picture.module.css';
import { useLanguage } from './use-language.ts';

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
  const language = useLanguage();
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
  if (picture.kind === 'loading')
    return (
      <div className={styles.absent}>
        <Spin size="large" />
        <p>{t('app.loadingPicture')}</p>
      </div>
    );
  // Deleted is for good: trying again would be a wrong advice.
  const { code } = picture;
  return (
    <div className={styles.absent}>
      <PictureOutlined />
      <p>{code === 'photo.erased' ? errorSentence({ code }, language) : t('app.pictureFailed')}</p>
    </div>
  );
}
