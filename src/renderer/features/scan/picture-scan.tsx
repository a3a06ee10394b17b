import { FileImageOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';
import { type ChangeEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send, showFailure, useBusy } from '../../state/station-store.ts';
import styles from './picture-scan.module.css';
import { readPicture } from './read-picture.ts';

/** 相册识别: the code from a picture file, for staff. `onCode` gets what was read. */
export function PictureScan({ onCode }: { onCode: (text: string) => void }) {
  const { t } = useTranslation();
  const scratchId = useId();
  const input = useRef<HTMLInputElement>(null);
  const busy = useBusy();
  const [reading, setReading] = useState(false);
  const [chosen, setChosen] = useState('');
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    // The same file chosen again must count again.
    target.value = '';
    if (!file) return;
    setChosen(file.name);
    setReading(true);
    const code = await readPicture(file, scratchId);
    setReading(false);
    if (code.ok) onCode(code.value);
    else if (code.error.code === 'code.unreadable') void send('session.codeUnreadable', {});
    else showFailure(code.error);
  };
  return (
    <div className={styles.picture} data-testid="picture-scan">
      <FileImageOutlined className={styles.icon ?? ''} />
      <Button
        className={styles.choose ?? ''}
        data-testid="choose-picture"
        disabled={reading || busy}
        onClick={() => input.current?.click()}
        size="large"
        type="primary"
      >
        {chosen ? t('scan.chooseAnother') : t('scan.choosePicture')}
      </Button>
      <p className={styles.hint}>
        {reading ? (
          <>
            <Spin size="small" /> {t('scan.pictureReading')}
          </>
        ) : (
          chosen || t('scan.pictureDrop')
        )}
      </p>
      <input
        accept="image/*"
        data-testid="picture-input"
        hidden
        onChange={(event) => void choose(event)}
        ref={input}
        type="file"
      />
      <div className={styles.scratch} id={scratchId} />
    </div>
  );
}
