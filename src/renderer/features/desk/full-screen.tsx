import { FullscreenOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './full-screen.module.css';

/** On a page that staff have just put on the graduate's display: a browser lets only a press fill it. */
export function FullScreen() {
  const { t } = useTranslation();
  const [filled, setFilled] = useState(fillsDisplay);
  useEffect(() => {
    const look = () => setFilled(fillsDisplay());
    window.addEventListener('resize', look);
    document.addEventListener('fullscreenchange', look);
    return () => {
      window.removeEventListener('resize', look);
      document.removeEventListener('fullscreenchange', look);
    };
  }, []);
  if (filled || !document.fullscreenEnabled) return null;
  const fill = () => document.documentElement.requestFullscreen().catch(() => undefined);
  return (
    <Button
      className={styles.button ?? ''}
      data-testid="fill-display"
      icon={<FullscreenOutlined />}
      onClick={() => void fill()}
      size="large"
    >
      {t('app.fullScreen')}
    </Button>
  );
}

function fillsDisplay(): boolean {
  return (
    document.fullscreenElement !== null ||
    (window.innerWidth >= window.screen.width && window.innerHeight >= window.screen.height)
  );
}
