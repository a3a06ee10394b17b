import { useEffect, useRef } from 'react';
import { createWedgeReader } from '../scan/wedge-reader.ts';

/** What foot pedals, presenter remotes and the volume buttons of a camera grip send. */
const KEYS: readonly string[] = [
  ' ',
  'Enter',
  'PageDown',
  'PageUp',
  'AudioVolumeUp',
  'AudioVolumeDown',
];
/** Nobody has seen the picture before; a key that was meant for the page before is none for this. */
const SEEN_AFTER_MS = 600;

/** Presses the shutter by key, once for each press, wherever no button has the focus. */
export function useShutterKeys(active: boolean, onPress: () => void): void {
  const latest = useRef(onPress);
  latest.current = onPress;
  useEffect(() => {
    if (!active) return;
    const seenFrom = performance.now() + SEEN_AFTER_MS;
    const scanner = createWedgeReader();
    const pressed = (event: KeyboardEvent) => {
      // The Enter at the end of a code is the scanner's.
      if (scanner.press(event.key, event.timeStamp).consumed) return event.preventDefault();
      if (!KEYS.includes(event.key) || isControl(event.target)) return;
      event.preventDefault();
      if (!event.repeat && performance.now() >= seenFrom) latest.current();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [active]);
}

/** It hears the key itself. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, input, textarea, a, dialog') !== null;
}
