/** Longest pause between two characters of a hand scanner, in milliseconds; a person is slower. */
const SCANNER_PAUSE_MS = 60;
/** Shorter runs of fast keys are a person after all. */
const SHORTEST_CODE = 6;

export type WedgeReader = {
  /**
   * Takes one key press. Returns the code that it completes, or whether the press belongs to a
   * scanner's run (`consumed`: it must not press the focused button as well).
   */
  press(key: string, at: number): { readonly text?: string; readonly consumed: boolean };
};

/** Tells a USB hand scanner, which types very fast and ends with Enter or Tab, from a person. */
export function createWedgeReader(): WedgeReader {
  let text = '';
  let last = Number.NEGATIVE_INFINITY;
  return {
    press(key, at) {
      const inRun = at - last <= SCANNER_PAUSE_MS;
      last = at;
      if (key === 'Enter' || key === 'Tab') {
        const complete = inRun && text.length >= SHORTEST_CODE ? text : undefined;
        text = '';
        return complete === undefined ? { consumed: false } : { text: complete, consumed: true };
      }
      if (key.length === 1) text = inRun ? text + key : key;
      return { consumed: false };
    },
  };
}
