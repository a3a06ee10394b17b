import { useEffect, useRef } from 'react';
import type { Position } from './use-guidance.ts';

/** So long nothing may be left to correct, in milliseconds: shorter, and it would catch a movement. */
export const HELD_MS = 800;
/** Looks in a row that must see something wrong before a countdown is called off: one may be a blink. */
const LOOKS_TO_STOP = 2;

type AutoShutter = {
  readonly position: Position;
  /** False while a picture is taken, or after somebody called the countdown off. */
  readonly armed: boolean;
  readonly counting: boolean;
  readonly onHeld: () => void;
  /** The person has moved while it counted. */
  readonly onMoved: () => void;
};

/** Presses the shutter when the position has been right for a while; lets go when it no longer is. */
export function useAutoShutter(options: AutoShutter): void {
  const latest = useRef(options);
  latest.current = options;
  const since = useRef<number>(undefined);
  const wrong = useRef(0);
  const { position, armed } = options;
  useEffect(() => {
    const { counting, onHeld, onMoved } = latest.current;
    const ready = typeof position === 'object' && position.state === 'ready';
    wrong.current = ready ? 0 : wrong.current + 1;
    if (!ready) since.current = undefined;
    if (!armed) return;
    if (counting) {
      if (wrong.current >= LOOKS_TO_STOP) onMoved();
      return;
    }
    if (!ready) return;
    const now = performance.now();
    since.current ??= now;
    if (now - since.current >= HELD_MS) onHeld();
  }, [position, armed]);
}
