import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './screen-keyboard.module.css';

const ROWS = {
  letters: ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm-.'],
  symbols: ['1234567890', '@#$%&*+=', '/\\:;,.?!_-', '()[]{}|~'],
} as const;

type ScreenKeyboardProps = {
  readonly onCharacter: (character: string) => void;
  readonly onErase: () => void;
};

/**
 * Keys on the screen for text that is not Chinese: addresses, codes. The kiosk locks the system's
 * own screen keyboard out, and some systems have none.
 */
export function ScreenKeyboard({ onCharacter, onErase }: ScreenKeyboardProps) {
  const { t } = useTranslation();
  const [layer, setLayer] = useState<keyof typeof ROWS>('letters');
  const [upper, setUpper] = useState(false);
  const shown = (character: string) => (upper ? character.toUpperCase() : character);
  return (
    // The focus stays in the text field while the keys are pressed.
    <div className={styles.keyboard} data-dense onPointerDown={(event) => event.preventDefault()}>
      {ROWS[layer].map((row) => (
        <div className={styles.row} key={row}>
          {[...row].map((character) => (
            <Key
              key={character}
              label={shown(character)}
              onPress={() => onCharacter(shown(character))}
            />
          ))}
        </div>
      ))}
      <div className={styles.row}>
        <Key label={t('keyboard.shift')} onPress={() => setUpper(!upper)} pressed={upper} wide />
        <Key
          label={layer === 'letters' ? t('keyboard.symbols') : t('keyboard.letters')}
          onPress={() => setLayer(layer === 'letters' ? 'symbols' : 'letters')}
          wide
        />
        <Key label={t('keyboard.space')} onPress={() => onCharacter(' ')} wide />
        <Key label={t('keyboard.erase')} onPress={onErase} wide />
      </div>
    </div>
  );
}

type KeyProps = { label: string; onPress: () => void; wide?: boolean; pressed?: boolean };

function Key({ label, onPress, wide = false, pressed }: KeyProps) {
  return (
    <button
      aria-pressed={pressed}
      className={styles.key}
      data-wide={wide}
      onClick={onPress}
      tabIndex={-1}
      type="button"
    >
      {label}
    </button>
  );
}
