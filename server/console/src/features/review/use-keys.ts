import { useEffect, useRef } from 'react';

/** By `KeyboardEvent.code`, so that an input method for Chinese does not swallow letters. */
export type KeyMap = Readonly<Record<string, () => unknown>>;

const EDITABLE = 'input, textarea, select, [contenteditable="true"]';

/** Keys of the page while nothing is being typed. A held key counts once. */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (event.target instanceof Element && event.target.closest(EDITABLE)) return;
      const act = latest.current[codeOf(event)];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

function codeOf({ code, key }: KeyboardEvent): string {
  if (key === '?') return '?';
  if (code === 'NumpadEnter') return 'Enter';
  return code.replace('Numpad', 'Digit');
}
