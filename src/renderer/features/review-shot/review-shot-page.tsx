import { CameraOutlined, CloudUploadOutlined, EyeOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { type SessionAt, send } from '../../state/station-store.ts';
import card from '../../ui/card.module.css';
import { Page } from '../../ui/page.tsx';
import { Picture } from '../../ui/picture.tsx';
import styles from './review-shot-page.module.css';

/** 重拍 or 上传: the shot, and what only a person can see on it. */
export function ReviewShotPage({ session }: { session: SessionAt<'reviewShot'> }) {
  const { t } = useTranslation();
  const { shot } = session;
  return (
    <Page
      lead={t('review.lead')}
      note={t('review.mirror')}
      primary={{
        id: 'upload',
        label: t('review.upload'),
        icon: <CloudUploadOutlined />,
        onPress: () => void send('session.keep', {}),
      }}
      secondary={{
        id: 'retake',
        label: t('review.retake'),
        icon: <CameraOutlined />,
        onPress: () => void send('session.retake', {}),
      }}
      step="reviewShot"
      title={t('review.title')}
    >
      <div className={styles.columns}>
        <div className={styles.photo}>
          <Picture alt={t('review.title')} kind="original" photoId={shot.photoId} />
        </div>
        <aside className={card.card}>
          <h2 className={card.heading}>
            <EyeOutlined /> {t('review.look')}
          </h2>
          <ol className={styles.looks}>
            <li>{t('review.look1')}</li>
            <li>{t('review.look2')}</li>
            <li>{t('review.look3')}</li>
            <li>{t('review.look4')}</li>
            <li>{t('review.look5')}</li>
          </ol>
          <p className={styles.size}>
            {t('review.size', { width: shot.width, height: shot.height })}
          </p>
        </aside>
      </div>
    </Page>
  );
}
