import type { CodePayload } from '@gradshot/domain';
import { useEffect, useRef } from 'react';
import { ask, showFailure, useMirror } from '../../state/station-store.ts';
import { createWedgeReader } from './wedge-reader.ts';

/** Whoever began to listen last is meant: a page lies over another, a desk's tab over the desk. */
const listeners: object[] = [];

/**
 * Listens to hand scanners: to one that types wherever the focus is, but for a text field, which listens
 * itself, and to what the station reads of others. Undefined while the page waits for no code.
 */
export function useHandScanner(onCode: ((code: CodePayload) => void) | undefined): void {
  const latest = useRef(onCode);
  latest.current = onCode;
  const listener = useRef({}).current;
  useEffect(() => {
    const reader = createWedgeReader();
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
      if (text !== undefined) latest.current?.({ payload: text });
    };
    // Before the focused button hears the Enter that ends the run.
    window.addEventListener('keydown', pressed, { capture: true });
    return () => {
      window.removeEventListener('keydown', pressed, { capture: true });
      listeners.splice(listeners.indexOf(listener), 1);
    };
  }, [listener]);
  const read = useMirror(({ snapshot }) => snapshot?.scannerRead);
  const waits = onCode !== undefined;
  useEffect(() => {
    if (read === undefined || !waits || listeners.at(-1) !== listener) return;
    void ask('scanner.takeCode', { read }).then((taken) => {
      if (taken.ok) latest.current?.(taken.value);
    });
  }, [read, waits, listener]);
}

/** Not AltGr, which types characters of many layouts and is told as Control and Alt. */
function isControl(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph');
}
