import type { CodePayload } from '@gradshot/domain';
import { useEffect, useRef } from 'react';
import { showFailure, useMirror } from '../../state/station-store.ts';
import { createWedgeReader } from './wedge-reader.ts';

/** Whoever began to listen last is meant: a page lies over another, a desk's tab over the desk. */
const listeners: object[] = [];

/** The number of the last code that was heard, or that was there before anybody listened. */
let lastHeard = 0;

/**
 * Listens to a USB hand scanner: to one that types wherever the focus is, but inside a text field, where the
 * field listens; and to one that the station's core reads.
 */
export function useHandScanner(onCode: (code: CodePayload) => void): void {
  const latest = useRef(onCode);
  latest.current = onCode;
  useEffect(() => {
    const reader = createWedgeReader();
    const listener = {};
    listeners.push(listener);
    const told = () => useMirror.getState().snapshot?.scanned;
    lastHeard = Math.max(lastHeard, told()?.number ?? 0);
    const stopHearing = useMirror.subscribe(() => {
      const scanned = told();
      // A core that was started anew counts anew.
      if (!scanned || scanned.number === lastHeard || listeners.at(-1) !== listener) return;
      lastHeard = scanned.number;
      latest.current(scanned.code);
    });
    const pressed = (event: KeyboardEvent) => {
      if (listeners.at(-1) !== listener) return;
      // A scanner lets go of every key; somebody who leans on one does not.
      if (event.repeat) return;
      if (event.target instanceof HTMLInputElement) return;
      if (event.target instanceof HTMLTextAreaElement) return;
      const { text, broken, consumed } = reader.press(event.key, event.timeStamp, isControl(event));
      if (consumed) event.preventDefault();
      if (broken) showFailure({ code: 'code.scannedInPart' });
      if (text !== undefined) latest.current({ payload: text });
    };
    // Before the focused button hears the Enter that ends the run.
    window.addEventListener('keydown', pressed, { capture: true });
    return () => {
      stopHearing();
      window.removeEventListener('keydown', pressed, { capture: true });
      listeners.splice(listeners.indexOf(listener), 1);
    };
  }, []);
}

/** Not AltGr, which types characters of many layouts and is told as Control and Alt. */
function isControl(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph');
}
