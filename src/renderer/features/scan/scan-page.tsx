import { BulbOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SessionAt, useSnapshot } from '../../state/station-store.ts';
import { Page } from '../../ui/page.tsx';
import { CameraScan } from './camera-scan.tsx';
import styles from './scan-page.module.css';
import { submitScanned } from './submit-code.ts';
import { Tutorial } from './tutorial.tsx';
import { useHandScanner } from './use-hand-scanner.ts';

/**
 * 识别学信网图像采集码: by camera, or with a hand scanner. Files and the keyboard are staff's: a file
 * dialog is a way out of a kiosk.
 */
export default function ScanPage(_: { session: SessionAt<'scanCode'> }) {
  const { t } = useTranslation();
  const { online, takesNewOffline } = useSnapshot().connection;
  const offline = !online && takesNewOffline;
  const [learning, setLearning] = useState(false);
  useHandScanner(submitScanned);
  return (
    <Page
      back
      lead={t('scan.lead')}
      note={offline ? t('offline.scanNote') : t('scan.wedgeNote')}
      step="scanCode"
      title={t('scan.title')}
    >
      <div className={styles.columns}>
        <div className={styles.stage}>
          <CameraScan />
        </div>
        <aside className={styles.side}>
          <section className={styles.advice}>
            <h2 className={styles.adviceTitle}>
              <BulbOutlined /> {t('scan.unreadableTitle')}
            </h2>
            <ul>
              <li>{t('scan.unreadable1')}</li>
              <li>{t('scan.unreadable2')}</li>
              <li>{t('scan.unreadable3')}</li>
              <li>{t('scan.unreadable4')}</li>
            </ul>
          </section>
          <Button
            block
            className={styles.learn ?? ''}
            data-testid="open-tutorial"
            onClick={() => setLearning(true)}
            size="large"
          >
            {t('scan.noCode')}
          </Button>
        </aside>
      </div>
      <Tutorial onClose={() => setLearning(false)} open={learning} />
    </Page>
  );
}
