import { RightOutlined, SafetyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './tutorial.module.css';

/** How a graduate gets the code: the path through 学信网, step by step. */
export function Tutorial({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const path = t('tutorial.steps', { returnObjects: true });
  return (
    <Dialog
      actions={
        <Button data-testid="close-tutorial" onClick={onClose} size="large" type="primary">
          {t('tutorial.done')}
        </Button>
      }
      onClose={onClose}
      open={open}
      testId="tutorial"
      title={t('tutorial.title')}
      wide
    >
      <p className={styles.lead}>{t('tutorial.lead')}</p>
      <h3 className={styles.heading}>{t('tutorial.path')}</h3>
      <p className={styles.path}>
        {path.map((place, index) => (
          <Fragment key={place}>
            {index > 0 && <RightOutlined className={styles.arrow ?? ''} />}
            <span className={styles.place}>{place}</span>
          </Fragment>
        ))}
      </p>
      <ol className={styles.steps}>
        <li>{t('tutorial.step1')}</li>
        <li>{t('tutorial.step2')}</li>
        <li>{t('tutorial.step3')}</li>
        <li>{t('tutorial.step4')}</li>
      </ol>
      <p className={styles.warn}>
        <SafetyOutlined /> {t('tutorial.warn')}
      </p>
    </Dialog>
  );
}
