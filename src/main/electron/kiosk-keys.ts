import type { Input, WebContents } from 'electron';

/** Editing in a text field (a keyboard wedge scanner and staff use it). */
const EDITING = new Set(['a', 'c', 'v', 'x', 'z']);

/**
 * True for keys that leave, reload, zoom or inspect the page: function keys and all combinations
 * with Ctrl, Alt or Meta, but plain editing. Keys that the desktop takes first (Alt+Tab,
 * Ctrl+Alt+Del) never arrive here; the system's own kiosk settings lock those.
 */
export function leavesKiosk(input: Pick<Input, 'key' | 'control' | 'alt' | 'meta'>): boolean {
  if (/^F\d{1,2}$/.test(input.key) || input.key.startsWith('Browser')) return true;
  if (input.alt) return true;
  return (input.control || input.meta) && !EDITING.has(input.key.toLowerCase());
}

/** Ctrl+Shift+Q, for staff. */
export function asksToQuit(
  input: Pick<Input, 'key' | 'control' | 'alt' | 'meta' | 'shift' | 'type'>,
): boolean {
  const combination = input.control && input.shift && !input.alt && !input.meta;
  return input.type === 'keyDown' && combination && input.key.toLowerCase() === 'q';
}

export type KeyLockOptions = {
  /** Staff have entered their PIN. */
  readonly mayQuit: () => boolean;
  readonly quit: () => void;
};

export function lockKeys(contents: WebContents, options: KeyLockOptions): void {
  contents.on('before-input-event', (event, input) => {
    if (asksToQuit(input) && options.mayQuit()) options.quit();
    if (leavesKiosk(input)) event.preventDefault();
  });
}
