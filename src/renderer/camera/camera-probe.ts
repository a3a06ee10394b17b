import { type CameraMedia, type CameraState, createCameraLink } from './camera-link.ts';
import { reportCamera } from './camera-report.ts';

/** Longer than a camera takes to start; a question for permission may stand for ever. */
const PATIENCE_MS = 8000;
/** Any camera can do that, so that only its being there is tried. */
const SIZE = { width: 1280, height: 720 };

/**
 * Opens the portrait camera once, tells the core how it fared, and lets go of it: the self-test in
 * the morning must not wait for the first graduate. `media` is absent where a page has no cameras.
 */
export async function probeCamera(media: CameraMedia | undefined): Promise<void> {
  const state = media && (await firstOutcome(media));
  if (state) await reportCamera(state);
}

function firstOutcome(media: CameraMedia): Promise<CameraState | undefined> {
  return new Promise((resolve) => {
    const done = (state?: CameraState) => {
      clearTimeout(timer);
      link.stop();
      resolve(state);
    };
    const onState = (state: CameraState) => {
      if (state.kind !== 'opening') done(state);
    };
    const link = createCameraLink({ media, task: 'portrait', size: SIZE, onState });
    const timer = setTimeout(done, PATIENCE_MS);
    link.start();
  });
}
