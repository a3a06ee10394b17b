import { ask } from '../state/station-store.ts';
import type { CameraState } from './camera-link.ts';

/** Tells the core how the camera fares, for staff and for the self-test. */
export async function reportCamera(state: CameraState): Promise<void> {
  if (state.kind === 'ready')
    await ask('camera.report', { state: 'ready', label: state.label.slice(0, 200) });
  else if (state.kind === 'failed') await ask('camera.report', { state: state.code });
}
