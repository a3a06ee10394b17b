import { useEffect, useRef } from 'react';

/** By `KeyboardEvent.code`, so that an input method for Chinese does not swallow letters. */
export type KeyMap = Readonly<Record<string, () => unknown>>;

const EDITABLE = 'input, textarea, select, [contenteditable="true"]';
/** In front of the page: what is pressed there is not meant for it. */
const IN_FRONT = '[role="dialog"], [role="menu"], .ant-dropdown-open';
const OF_BUTTONS: readonly string[] = ['Enter', 'Space', 'Tab'];
const PRESSABLE = 'button, a[href], [role="button"], [role="menuitem"]';

/**
 * Keys of the page while nothing is being typed and nothing lies over it. A held key counts once.
 * Enter and the space bar on a focused button are that button's. Tab leads on from it.
 */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return;
      const code = codeOf(event);
      if (event.target instanceof Element && isElsewhere(event.target, code)) return;
      const act = latest.current[code];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

function isElsewhere(target: Element, code: string): boolean {
  const own = OF_BUTTONS.includes(code) ? `, ${PRESSABLE}` : '';
  return target.closest(`${EDITABLE}, ${IN_FRONT}${own}`) !== null;
}

function codeOf({ code, key }: KeyboardEvent): string {
  if (key === '?') return '?';
  if (code === 'NumpadEnter') return 'Enter';
  return code.replace('Numpad', 'Digit');
}
