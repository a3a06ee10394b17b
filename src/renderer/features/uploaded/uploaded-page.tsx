import { CameraOutlined, CheckCircleFilled, SafetyOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { type SessionAt, send } from '../../state/station-store.ts';
import card from '../../ui/card.module.css';
import { NumberSteps } from '../../ui/number-steps.tsx';
import { Page } from '../../ui/page.tsx';
import { Picture } from '../../ui/picture.tsx';
import styles from './uploaded-page.module.css';

/** The original is stored safely; 照片标准化 comes next. */
export function UploadedPage({ session }: { session: SessionAt<'uploaded'> }) {
  const { t } = useTranslation();
  return (
    <Page
      back
      lead={t('uploaded.lead')}
      primary={{
        id: 'standardize',
        label: t('uploaded.standardize'),
        onPress: () => void send('session.standardize', {}),
      }}
      secondary={{
        id: 'retake',
        label: t('uploaded.retake'),
        icon: <CameraOutlined />,
        onPress: () => void send('session.retake', {}),
      }}
      step="uploaded"
      title={t('uploaded.title')}
    >
      <div className={styles.columns}>
        <div className={styles.photo}>
          <Picture alt={t('uploaded.title')} kind="original" photoId={session.shot.photoId} />
          <CheckCircleFilled className={styles.sign ?? ''} />
        </div>
        <section className={styles.words}>
          <h2 className={styles.heading}>{t('uploaded.what')}</h2>
          <NumberSteps steps={[t('uploaded.what1'), t('uploaded.what2'), t('uploaded.what3')]} />
          <p className={`${card.quiet} ${styles.never}`}>
            <SafetyOutlined /> {t('uploaded.never')}
          </p>
        </section>
      </div>
    </Page>
  );
}
