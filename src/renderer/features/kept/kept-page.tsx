import { CameraOutlined, CheckCircleFilled, SafetyOutlined } from '@ant-design/icons';
import { PHOTO_STEP_TEXT } from '@gradshot/domain';
import { useTranslation } from 'react-i18next';
import { type SessionAt, send } from '../../state/station-store.ts';
import card from '../../ui/card.module.css';
import { NumberSteps } from '../../ui/number-steps.tsx';
import { Page } from '../../ui/page.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useSentence } from '../../ui/use-language.ts';
import styles from './kept-page.module.css';

/** The original is stored safely; 照片标准化 comes next. */
export function KeptPage({ session }: { session: SessionAt<'kept'> }) {
  const { t } = useTranslation();
  const title = useSentence()(PHOTO_STEP_TEXT.kept);
  return (
    <Page
      back
      lead={t('kept.lead')}
      primary={{
        id: 'standardize',
        label: t('kept.standardize'),
        onPress: () => void send('session.judge', {}),
      }}
      secondary={{
        id: 'retake',
        label: t('kept.retake'),
        icon: <CameraOutlined />,
        onPress: () => void send('session.retake', {}),
      }}
      step="kept"
      title={title}
    >
      <div className={styles.columns}>
        <div className={styles.photo}>
          <Picture alt={title} kind="original" photoId={session.shot.photoId} />
          <CheckCircleFilled className={styles.sign ?? ''} />
        </div>
        <section className={styles.words}>
          <h2 className={styles.heading}>{t('kept.what')}</h2>
          <NumberSteps steps={[t('kept.what1'), t('kept.what2'), t('kept.what3')]} />
          <p className={`${card.quiet} ${styles.never}`}>
            <SafetyOutlined /> {t('kept.never')}
          </p>
        </section>
      </div>
    </Page>
  );
}
