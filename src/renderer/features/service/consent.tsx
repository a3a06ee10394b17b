import { CheckOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceView } from '../../../shared/index.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useSentence } from '../../ui/use-language.ts';
import styles from './consent.module.css';

type ConsentText = ServiceView['consents'][number];
export type ConsentKind = ConsentText['kind'];

const NAME = {
  service: 'service.consentServiceName',
  faceProcessing: 'service.consentFaceName',
} as const;
const STATEMENT = {
  service: 'service.consentService',
  faceProcessing: 'service.consentFace',
} as const;

type ConsentProps = {
  consent: ConsentText;
  ticked: boolean;
  /** Absent once it was given. */
  onToggle: (() => void) | undefined;
};

/** One consent: its name, its first lines, the full text on request, and its own box to tick. */
export function Consent({ consent, ticked, onToggle }: ConsentProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const [reading, setReading] = useState(false);
  return (
    <article className={styles.consent} data-ticked={ticked}>
      <header className={styles.header}>
        <h3 className={styles.name}>{t(NAME[consent.kind])}</h3>
        <Button
          data-testid={`read-${consent.kind}`}
          onClick={() => setReading(true)}
          size="large"
          type="link"
        >
          {t('service.readFull')}
        </Button>
      </header>
      <p className={styles.excerpt}>{sentence(consent)}</p>
      <label className={styles.statement} data-testid={`consent-${consent.kind}`}>
        <input
          checked={ticked}
          className={styles.input}
          disabled={!onToggle}
          onChange={onToggle}
          type="checkbox"
        />
        <span aria-hidden="true" className={styles.box}>
          {ticked && <CheckOutlined />}
        </span>
        {t(STATEMENT[consent.kind])}
      </label>
      <Dialog
        actions={
          <Button onClick={() => setReading(false)} size="large" type="primary">
            {t('app.dismiss')}
          </Button>
        }
        onClose={() => setReading(false)}
        open={reading}
        testId={`text-${consent.kind}`}
        title={t(NAME[consent.kind])}
        wide
      >
        <p className={styles.version}>{t('service.version', { version: consent.version })}</p>
        <div className={styles.full}>{sentence(consent)}</div>
      </Dialog>
    </article>
  );
}
