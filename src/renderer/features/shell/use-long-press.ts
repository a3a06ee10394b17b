import { useEffect, useRef } from 'react';

/** Milliseconds; long enough that nobody opens the staff page by accident. */
const HOLD_MS = 1200;

/** Handlers for an element that acts when held down. */
export function useLongPress(action: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    onPointerDown: () => {
      stop();
      timer.current = setTimeout(action, HOLD_MS);
    },
    onPointerUp: stop,
    onPointerLeave: stop,
    onPointerCancel: stop,
    // A long touch would otherwise open the context menu of the browser.
    onContextMenu: (event: { preventDefault(): void }) => event.preventDefault(),
  };
}
