import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dismissFailure } from '../../state/station-store.ts';
import { HandInDialog } from './hand-in-dialog.tsx';
import { SavePhotosDialog } from './save-photos-dialog.tsx';
import styles from './staff-page.module.css';

/** Unsent photos on a USB stick: out of this station, and in at another one of the school. */
export function PhotoStick() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'save' | 'handIn'>();
  const show = (dialog: typeof open) => {
    dismissFailure();
    setOpen(dialog);
  };
  const close = () => show(undefined);
  return (
    <div className={styles.tools}>
      <Button
        data-testid="save-photos"
        icon={<DownloadOutlined />}
        onClick={() => show('save')}
        size="large"
      >
        {t('staff.stick.save')}
      </Button>
      <Button
        data-testid="hand-in-photos"
        icon={<UploadOutlined />}
        onClick={() => show('handIn')}
        size="large"
      >
        {t('staff.stick.handIn')}
      </Button>
      {open === 'save' && <SavePhotosDialog onClose={close} />}
      {open === 'handIn' && <HandInDialog onClose={close} />}
    </div>
  );
}
