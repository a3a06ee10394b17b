import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandPayload } from '../../../shared/index.ts';
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
  const submit = async (code: CommandPayload<'session.submitCode'>) => {
    const begun = await send('session.submitCode', code);
    if (begun.ok) onBegun();
  };
  const ready = text.trim() !== '' && !busy;
  const typed = () => {
    // Blanks around it come from pasting, not from the code.
    if (ready) void submit({ payload: text.trim(), source: 'typed' });
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
        <PictureScan onCodes={(codes) => void submit({ codes: [...codes], source: 'picture' })} />
      ) : (
        <TypedCode onChange={setText} onEnter={typed} text={text} />
      )}
    </section>
  );
}
