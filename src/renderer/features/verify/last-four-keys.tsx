import { useTranslation } from 'react-i18next';
import { type Key, Keypad } from '../../ui/keypad.tsx';
import styles from './verify-page.module.css';

const characters = (text: string): Key[] =>
  [...text].map((character) => ({ kind: 'character', character }));

type LastFourKeysProps = {
  readonly letters: boolean;
  readonly disabled: boolean;
  readonly onCharacter: (character: string) => void;
  readonly onErase: () => void;
  readonly onClear: () => void;
};

/** Digits and X, as on a mainland ID; letters on request, for Hong Kong and Macao documents. */
export function LastFourKeys({ letters, ...keypad }: LastFourKeysProps) {
  const { t } = useTranslation();
  const erase: Key = { kind: 'erase', label: t('verify.erase'), face: '⌫' };
  const clear: Key = { kind: 'clear', label: t('verify.clear'), face: t('verify.clear') };
  const keys = letters
    ? [...characters('1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ'), clear, erase]
    : [...characters('123456789X0'), erase];
  return (
    <div className={styles.keys}>
      <Keypad columns={letters ? 8 : 3} keys={keys} {...keypad} />
    </div>
  );
}
