import { Input, type InputRef } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ScreenKeyboard } from '../../ui/screen-keyboard.tsx';
import styles from './typed-code.module.css';

type TypedCodeProps = {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onEnter: () => void;
};

/** The code as text, from a keyboard, the keys below, or a hand scanner. */
export function TypedCode({ text, onChange, onEnter }: TypedCodeProps) {
  const { t } = useTranslation();
  const input = useRef<InputRef>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <div className={styles.typed}>
      <Input
        allowClear
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        className={styles.input ?? ''}
        data-testid="typed-code"
        // The keys below take the place of the system's own screen keyboard.
        inputMode="none"
        maxLength={4096}
        onChange={(event) => onChange(event.target.value)}
        onPressEnter={onEnter}
        placeholder={t('scan.typedPlaceholder')}
        ref={input}
        spellCheck={false}
        value={text}
      />
      <ScreenKeyboard
        onCharacter={(character) => onChange(text + character)}
        onErase={() => onChange(text.slice(0, -1))}
      />
    </div>
  );
}
