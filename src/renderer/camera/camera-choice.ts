import type { CameraChoice, CameraTask } from '../../shared/index.ts';
import { ask, showFailure, useMirror } from '../state/station-store.ts';

/** Which of several cameras a task uses, as somebody chose before. */
export function keptCamera(task: CameraTask): CameraChoice | undefined {
  return useMirror.getState().snapshot?.cameras?.[task];
}

/** Lets the station keep the choice; says so when it cannot, for then it ends with this page. */
export async function keepCamera(task: CameraTask, camera: CameraChoice): Promise<void> {
  const kept = await ask('camera.choose', { task, camera });
  if (!kept.ok) showFailure(kept.error);
}

export type Camera = { readonly id: string; readonly label: string };

/** The cameras at hand. Labels and ids are empty until a camera was allowed once. */
export async function listCameras(
  media: Pick<MediaDevices, 'enumerateDevices'>,
): Promise<Camera[]> {
  const devices = await media.enumerateDevices();
  return devices
    .filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

const alike = (cameras: readonly Camera[], label: string) =>
  cameras.filter((camera) => camera.label === label);

/** `camera` as it can be found again in another list; undefined while it has no name yet. */
export function choiceOf(camera: Camera, cameras: readonly Camera[]): CameraChoice | undefined {
  const { id, label } = camera;
  const place = alike(cameras, label).findIndex((each) => each.id === id);
  return id && label && place >= 0 ? { label, deviceId: id, place } : undefined;
}

/**
 * The device to ask for. Among cameras of the chosen label the id decides, and where ids were
 * salted anew the place in the list. Without one of that label any camera is taken, so that work
 * goes on; the choice stays kept and holds again when its camera is back.
 */
export function preferredCamera(
  cameras: readonly Camera[],
  choice: CameraChoice | undefined,
): Camera | undefined {
  if (!choice) return undefined;
  const same = alike(cameras, choice.label);
  return same.find(({ id }) => id === choice.deviceId) ?? same[choice.place] ?? same[0];
}

/** What a list calls the camera: cameras of the same label are numbered from 1. */
export function cameraName(camera: Camera, cameras: readonly Camera[]): string {
  const same = alike(cameras, camera.label);
  if (same.length < 2) return camera.label;
  return `${camera.label} (${same.findIndex(({ id }) => id === camera.id) + 1})`;
}
