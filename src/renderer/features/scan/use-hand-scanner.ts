import { useEffect, useRef } from 'react';
import { showFailure } from '../../state/station-store.ts';
import { createWedgeReader } from './wedge-reader.ts';

/** Whoever began to listen last is meant: a page lies over another, a desk's tab over the desk. */
const listeners: object[] = [];

/** Listens to a USB hand scanner wherever the focus is; inside a text field the field listens. */
export function useHandScanner(onCode: (text: string) => void): void {
  const latest = useRef(onCode);
  latest.current = onCode;
  useEffect(() => {
    const reader = createWedgeReader();
    const listener = {};
    listeners.push(listener);
    const pressed = (event: KeyboardEvent) => {
      if (listeners.at(-1) !== listener) return;
      // A scanner lets go of every key; somebody who leans on one does not.
      if (event.repeat) return;
      if (event.target instanceof HTMLInputElement) return;
      if (event.target instanceof HTMLTextAreaElement) return;
      const { text, broken, consumed } = reader.press(event.key, event.timeStamp, isControl(event));
      if (consumed) event.preventDefault();
      if (broken) showFailure({ code: 'code.scannedInPart' });
      if (text !== undefined) latest.current(text);
    };
    // Before the focused button hears the Enter that ends the run.
    window.addEventListener('keydown', pressed, { capture: true });
    return () => {
      window.removeEventListener('keydown', pressed, { capture: true });
      listeners.splice(listeners.indexOf(listener), 1);
    };
  }, []);
}

/** Not AltGr, which types characters of many layouts and is told as Control and Alt. */
function isControl(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph');
}
