import { useSyncExternalStore } from 'react';

/** The root font size in CSS pixels; base.css sets it from the screen's size. */
function read(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}

/** Follows the root font size, for the libraries that want pixels. */
export function useRem(): number {
  return useSyncExternalStore(subscribe, read);
}
