import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceView } from '../../../shared/index.ts';
import card from '../../ui/card.module.css';
import { Consent, type ConsentKind } from './consent.tsx';
import styles from './service-page.module.css';

/** Which consents were ticked, each by itself. */
export function useTicks(consents: ServiceView['consents']) {
  const [ticked, setTicked] = useState<readonly ConsentKind[]>([]);
  const toggle = (kind: ConsentKind) =>
    setTicked((present) =>
      present.includes(kind) ? present.filter((x) => x !== kind) : [...present, kind],
    );
  return { ticked, toggle, complete: consents.every(({ kind }) => ticked.includes(kind)) };
}

type ConsentsProps = {
  readonly consents: ServiceView['consents'];
  readonly ticked: readonly ConsentKind[];
  /** Absent once they were given. */
  readonly onToggle: ((kind: ConsentKind) => void) | undefined;
};

export function Consents({ consents, ticked, onToggle }: ConsentsProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.consents}>
      <header className={styles.consentHeader}>
        <h2 className={card.heading}>{t('service.consentTitle')}</h2>
        <p className={card.quiet}>{t('service.withoutFace')}</p>
      </header>
      {consents.map((consent) => (
        <Consent
          consent={consent}
          key={consent.kind}
          onToggle={onToggle && (() => onToggle(consent.kind))}
          ticked={ticked.includes(consent.kind)}
        />
      ))}
    </section>
  );
}
