import { useEffect } from 'react';
import styles from './keypad.module.css';

/** A key shows its own text, or a symbol that needs a name for screen readers. */
export type Key =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'erase' | 'clear'; readonly label: string; readonly face: string };

/** More keys than a telephone has are a keyboard, whose keys may be smaller. */
const PAD_KEYS = 12;

type KeypadProps = {
  readonly keys: readonly Key[];
  readonly columns: number;
  readonly onCharacter: (character: string) => void;
  readonly onErase: () => void;
  readonly onClear?: () => void;
  readonly disabled?: boolean;
};

/** A grid of large keys. */
export function Keypad({ keys, columns, onCharacter, onErase, onClear, disabled }: KeypadProps) {
  const press = (key: Key) => {
    if (key.kind === 'character') onCharacter(key.character);
    else if (key.kind === 'erase') onErase();
    else onClear?.();
  };
  return (
    <div
      className={styles.keypad}
      data-dense={keys.length > PAD_KEYS || undefined}
      style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}
    >
      {keys.map((key) => {
        const name = key.kind === 'character' ? key.character : key.kind;
        return (
          <button
            aria-label={key.kind === 'character' ? undefined : key.label}
            className={styles.key}
            data-kind={key.kind}
            data-testid={`key-${name}`}
            disabled={disabled}
            key={name}
            // Keeps the focus where it is: Enter must press the primary button, not the last key.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => press(key)}
            type="button"
          >
            {key.kind === 'character' ? key.character : key.face}
          </button>
        );
      })}
    </div>
  );
}

/** The same keys on a real keyboard, for stations that have one. */
export function useTyping(handlers: {
  readonly accepts: RegExp;
  readonly onCharacter: (character: string) => void;
  readonly onErase: () => void;
  readonly onEnter: () => void;
}): void {
  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target instanceof HTMLInputElement) return;
      if (event.key === 'Backspace') handlers.onErase();
      // Enter on a focused button presses that button.
      else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement))
        handlers.onEnter();
      else if (event.key.length === 1 && handlers.accepts.test(event.key))
        handlers.onCharacter(event.key);
    };
    window.addEventListener('keydown', typed);
    return () => window.removeEventListener('keydown', typed);
  }, [handlers]);
}
