import { useEffect, useRef } from 'react';
import { createWedgeReader } from './wedge-reader.ts';

/** Listens to a USB hand scanner wherever the focus is; inside a text field the field listens. */
export function useHandScanner(onCode: (text: string) => void): void {
  const latest = useRef(onCode);
  latest.current = onCode;
  useEffect(() => {
    const reader = createWedgeReader();
    const pressed = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement) return;
      if (event.target instanceof HTMLTextAreaElement) return;
      const { text, consumed } = reader.press(event.key, event.timeStamp);
      if (consumed) event.preventDefault();
      if (text !== undefined) latest.current(text);
    };
    // Before the focused button hears the Enter that ends the run.
    window.addEventListener('keydown', pressed, { capture: true });
    return () => window.removeEventListener('keydown', pressed, { capture: true });
  }, []);
}
