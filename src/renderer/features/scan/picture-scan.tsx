import { FileImageOutlined } from '@ant-design/icons';
import type { CodePayload } from '@gradshot/domain';
import { Button, Spin } from 'antd';
import { type ChangeEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send, showFailure, useBusy } from '../../state/station-store.ts';
import styles from './picture-scan.module.css';
import { readPicture } from './read-picture.ts';

type PictureScanProps = { readonly onCodes: (codes: readonly CodePayload[]) => void };

/** 相册识别: the codes in a picture file, for staff. `onCodes` gets those worth looking up. */
export function PictureScan({ onCodes }: PictureScanProps) {
  const { t } = useTranslation();
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
    const codes = await readPicture(file);
    setReading(false);
    if (codes.ok) onCodes(codes.value);
    else if (codes.error.code === 'code.unreadable') void send('session.codeUnreadable', {});
    else showFailure(codes.error);
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
    </div>
  );
}
