import { IdcardOutlined, QrcodeOutlined, SkinOutlined, WarningFilled } from '@ant-design/icons';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationSnapshot } from '../../../shared/index.ts';
import { send, useSnapshot } from '../../state/station-store.ts';
import { ActionBar } from '../../ui/page.tsx';
import { submitScanned } from '../scan/submit-code.ts';
import { useHandScanner } from '../scan/use-hand-scanner.ts';
import { ArrivalCard } from './arrival-card.tsx';
import { PhotoIllustration } from './photo-illustration.tsx';
import styles from './welcome-page.module.css';

const CameraScan = lazy(() =>
  import('../scan/camera-scan.tsx').then((module) => ({ default: module.CameraScan })),
);

/**
 * The attract screen: what this is, what to have ready, 立即进入. A hand scanner starts a visit from
 * here; in 快速 the camera does too.
 */
export function WelcomePage() {
  const { t } = useTranslation();
  const { station, imaging, arrivals } = useSnapshot();
  const express = station.pace === 'express';
  const enter = { id: 'enter', onPress: () => void send('session.enter', {}) };
  useHandScanner(submitScanned);
  return (
    <main className={styles.page} data-pace={station.pace} data-testid="page-welcome">
      <div className={styles.hero}>
        <div className={styles.words}>
          {station.school && <p className={styles.place}>{station.school}</p>}
          <h1 className={styles.title}>
            {t('welcome.title')}
            <br />
            {t('welcome.titleSecond')}
          </h1>
          <p className={styles.lead}>{express ? t('welcome.leadExpress') : t('welcome.lead')}</p>
          {express && arrivals ? <ArrivalCard wide /> : <Preparations />}
        </div>
        {express ? (
          <section aria-label={t('scan.title')} className={styles.scan}>
            <Suspense fallback={null}>
              <CameraScan />
            </Suspense>
          </section>
        ) : arrivals ? (
          <ArrivalCard />
        ) : (
          <PhotoIllustration className={styles.illustration} />
        )}
      </div>
      <ActionBar
        note={<Note imaging={imaging} />}
        {...(express
          ? { secondary: { ...enter, label: t('welcome.otherWays') } }
          : { primary: { ...enter, label: t('welcome.enter') } })}
      />
    </main>
  );
}

/** Said before anybody pays for a photo that cannot be made here. */
function Note({ imaging }: Pick<StationSnapshot, 'imaging'>) {
  const { t } = useTranslation();
  if (imaging.ready) return t('welcome.facts');
  if (!imaging.error) return t('welcome.imagingStarting');
  return (
    <span className={styles.failed} data-testid="imaging-failed" role="alert">
      <WarningFilled /> {t('welcome.imagingFailed')}
    </span>
  );
}

function Preparations() {
  const { t } = useTranslation();
  return (
    <section className={styles.prepare}>
      <h2 className={styles.prepareTitle}>{t('welcome.prepare')}</h2>
      <ul className={styles.preparations}>
        <Preparation
          detail={t('welcome.prepareCodeDetail')}
          icon={<QrcodeOutlined />}
          title={t('welcome.prepareCode')}
        />
        <Preparation
          detail={t('welcome.prepareIdDetail')}
          icon={<IdcardOutlined />}
          title={t('welcome.prepareId')}
        />
        <Preparation
          detail={t('welcome.prepareDressDetail')}
          icon={<SkinOutlined />}
          title={t('welcome.prepareDress')}
        />
      </ul>
    </section>
  );
}

function Preparation(props: { icon: ReactNode; title: string; detail: string }) {
  return (
    <li className={styles.preparation}>
      <span className={styles.preparationIcon}>{props.icon}</span>
      <span className={styles.preparationTitle}>{props.title}</span>
      <span className={styles.preparationDetail}>{props.detail}</span>
    </li>
  );
}
