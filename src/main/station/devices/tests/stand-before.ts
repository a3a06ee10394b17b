import type { ShotEar, TetheredCamera } from '../tethered-camera.ts';

/** Listens as the page does, and waits until a picture counts; returns what leaves the page. */
export async function standBefore(
  camera: TetheredCamera,
  hears: Omit<ShotEar, 'ready'>,
  pass: () => Promise<void>,
): Promise<() => void> {
  let counts = false;
  const leave = camera.listen({
    ...hears,
    ready: () => {
      counts = true;
    },
  });
  for (let tries = 0; tries < 100 && !counts; tries += 1) await pass();
  return leave;
}
