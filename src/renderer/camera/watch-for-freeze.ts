const LOOK_MS = 1000;
/** Looks without a new picture until it counts as frozen: three seconds. */
const LOOKS = 3;

/**
 * Some drivers stop sending frames without ending the track; the clock of the video tells. `find`:
 * the video as it is in the page now. Returns how to stop watching.
 */
export function watchForFreeze(
  find: () => HTMLVideoElement | null | undefined,
  onFrozen: () => void,
): () => void {
  let time = -1;
  let still = 0;
  const timer = setInterval(() => {
    const now = find()?.currentTime ?? -1;
    still = now === time && !document.hidden ? still + 1 : 0;
    time = now;
    if (still < LOOKS) return;
    still = 0;
    onFrozen();
  }, LOOK_MS);
  return () => clearInterval(timer);
}
