import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send, useBusy } from '../../state/station-store.ts';
import { PictureScan } from '../scan/picture-scan.tsx';
import { TypedCode } from '../scan/typed-code.tsx';
import styles from './staff-page.module.css';

type Way = 'picture' | 'typed';

/** For who cannot hold a code up to the camera: staff read it from a file or type it, and the visit begins. */
export function CodeDesk({ onBegun }: { onBegun: () => void }) {
  const { t } = useTranslation();
  const busy = useBusy();
  const [way, setWay] = useState<Way>('picture');
  const [text, setText] = useState('');
  const submit = async (payload: string) => {
    const begun = await send('session.submitCode', { payload: payload.trim(), source: way });
    if (begun.ok) onBegun();
  };
  const ready = text.trim() !== '' && !busy;
  const typed = () => {
    if (ready) void submit(text);
  };
  return (
    <section className={styles.codeDesk} data-testid="code-desk">
      <p className={styles.quiet}>{t(way === 'picture' ? 'scan.leadPicture' : 'scan.leadTyped')}</p>
      <div className={styles.codeWays}>
        <Segmented
          data-testid="code-ways"
          onChange={(chosen) => setWay(chosen as Way)}
          options={[
            { value: 'picture', label: t('scan.methodPicture') },
            { value: 'typed', label: t('scan.methodTyped') },
          ]}
          size="large"
          value={way}
        />
        {way === 'typed' && (
          <Button
            data-testid="submit-code"
            disabled={!ready}
            onClick={typed}
            size="large"
            type="primary"
          >
            {t('scan.typedSubmit')}
          </Button>
        )}
      </div>
      {way === 'picture' ? (
        <PictureScan onCode={(found) => void submit(found)} />
      ) : (
        <TypedCode onChange={setText} onEnter={typed} text={text} />
      )}
    </section>
  );
}
