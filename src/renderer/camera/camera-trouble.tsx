import { LoadingOutlined, ReloadOutlined, VideoCameraOutlined } from '@ant-design/icons';
import { type ErrorCode, errorSentence } from '@gradshot/domain';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../ui/use-language.ts';
import styles from './camera-trouble.module.css';

type CameraTroubleProps = {
  /** Undefined while the camera opens. */
  readonly code: ErrorCode | undefined;
  readonly lost?: boolean;
  /** Absent where only the station itself can try again. */
  readonly onRetry?: () => void;
};

/** Lies over the preview while there is no picture: why, and that the station keeps trying. */
export function CameraTrouble({ code, lost = false, onRetry }: CameraTroubleProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (code === undefined)
    return (
      <div className={styles.trouble} data-testid="camera-opening">
        <LoadingOutlined className={styles.icon ?? ''} />
        <p>{t('camera.opening')}</p>
      </div>
    );
  return (
    <div className={styles.trouble} data-code={code} data-testid="camera-trouble" role="alert">
      <VideoCameraOutlined className={styles.icon ?? ''} />
      {lost && <p className={styles.title}>{t('camera.lost')}</p>}
      <p className={styles.sentence}>{errorSentence({ code }, language)}</p>
      <p className={styles.again}>
        <LoadingOutlined /> {t('camera.again')}
      </p>
      {onRetry && (
        <Button
          data-testid="camera-retry"
          ghost
          icon={<ReloadOutlined />}
          onClick={onRetry}
          size="large"
        >
          {t('camera.retryNow')}
        </Button>
      )}
    </div>
  );
}
