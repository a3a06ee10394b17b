/** Longest pause between two characters of a hand scanner, in milliseconds; a person is slower. */
const SCANNER_PAUSE_MS = 60;
/** Shorter runs of fast keys are a person after all. */
const SHORTEST_CODE = 6;
/** Keys that change others and stand for no character themselves. */
const MODIFIERS = ['Shift', 'CapsLock', 'NumLock', 'AltGraph'];

export type WedgeReader = {
  /**
   * Takes one key press; `control`: together with Control, Alt or Meta. Returns the code that it
   * completes, or whether the press belongs to a scanner's run (`consumed`: it must not press the
   * focused button as well). `broken`: the run held keys that are no characters, so that its text is
   * not the code's.
   */
  press(
    key: string,
    at: number,
    control?: boolean,
  ): { readonly text?: string; readonly broken?: true; readonly consumed: boolean };
};

/**
 * Tells a USB hand scanner, which types very fast and ends with Enter or Tab, from a person. It gives
 * text alone: control characters come as shortcuts, others through an input method, and neither is
 * guessed at.
 */
export function createWedgeReader(): WedgeReader {
  let text = '';
  let keys = 0;
  let broken = false;
  let last = Number.NEGATIVE_INFINITY;
  const begin = () => {
    text = '';
    keys = 0;
    broken = false;
  };
  return {
    press(key, at, control = false) {
      const inRun = at - last <= SCANNER_PAUSE_MS;
      last = at;
      if (!inRun) begin();
      if (key === 'Enter' || key === 'Tab') {
        const run = { text, broken };
        const complete = inRun && keys >= SHORTEST_CODE;
        begin();
        if (!complete) return { consumed: false };
        return run.broken ? { broken: true, consumed: true } : { text: run.text, consumed: true };
      }
      if (MODIFIERS.includes(key)) return { consumed: false };
      // A scanner presses Control or Alt for what the keyboard does not have.
      if (key.length === 1 && !control) text += key;
      else broken = true;
      keys += 1;
      return { consumed: false };
    },
  };
}
