import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send, useBusy } from '../../state/station-store.ts';
import { type Key, Keypad, useTyping } from '../../ui/keypad.tsx';
import styles from './pin-pad.module.css';
import { StaffFailure } from './staff-failure.tsx';

const LONGEST_PIN = 12;
/** Milliseconds without a key after which the pad goes, or a kiosk that nobody watches stands still. */
const PATIENCE_MS = 60_000;

type PinPadProps = {
  /** Absent where there is nothing behind the pad to go back to. */
  readonly onClose: (() => void) | undefined;
  /** Absent where no other PIN can be set. */
  readonly onForgotten: (() => void) | undefined;
};

/** Asks for the staff PIN. */
export function PinPad({ onClose, onForgotten }: PinPadProps) {
  const { t } = useTranslation();
  const busy = useBusy();
  const [pin, setPin] = useState('');
  const add = (digit: string) => setPin((present) => (present + digit).slice(0, LONGEST_PIN));
  const erase = () => setPin((present) => present.slice(0, -1));
  const unlock = () => {
    if (pin === '' || busy) return;
    setPin('');
    void send('staff.unlock', { pin });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: every key begins the wait anew
  useEffect(() => {
    const timer = setTimeout(onClose ?? (() => setPin('')), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [pin, busy]);
  useTyping({ accepts: /^\d$/, onCharacter: add, onErase: erase, onEnter: unlock });
  const keys: Key[] = [
    ...[...'123456789'].map((character): Key => ({ kind: 'character', character })),
    { kind: 'clear', label: t('verify.clear'), face: t('verify.clear') },
    { kind: 'character', character: '0' },
    { kind: 'erase', label: t('verify.erase'), face: '⌫' },
  ];
  return (
    <div className={styles.pad} data-testid="pin-pad">
      <h1 className={styles.title}>{t('staff.pinTitle')}</h1>
      <p className={styles.lead}>{t('staff.pinLead')}</p>
      <output aria-label={t('staff.pinTitle')} className={styles.dots}>
        {'●'.repeat(pin.length)}
      </output>
      <div className={styles.keys}>
        <Keypad
          columns={3}
          keys={keys}
          onCharacter={add}
          onClear={() => setPin('')}
          onErase={erase}
        />
      </div>
      <StaffFailure />
      <div className={styles.actions}>
        {onClose && (
          <Button data-testid="staff-close" onClick={onClose} size="large">
            {t('app.cancel')}
          </Button>
        )}
        <Button
          data-testid="staff-unlock"
          disabled={pin === '' || busy}
          onClick={unlock}
          size="large"
          type="primary"
        >
          {t('staff.unlock')}
        </Button>
      </div>
      {onForgotten && (
        <Button data-testid="forgot-pin" onClick={onForgotten} size="large" type="link">
          {t('staff.pinForgotten')}
        </Button>
      )}
    </div>
  );
}
