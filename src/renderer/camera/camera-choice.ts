/** Which of several cameras a task uses; kept by label, because ids change with every origin. */
export type CameraTask = 'scan' | 'portrait';

const key = (task: CameraTask): string => `gradshot.camera.${task}`;

export function rememberedCamera(task: CameraTask): string | undefined {
  try {
    return localStorage.getItem(key(task)) ?? undefined;
  } catch {
    // Storage may be switched off; the first camera is then taken every time.
    return undefined;
  }
}

export function rememberCamera(task: CameraTask, label: string): void {
  try {
    localStorage.setItem(key(task), label);
  } catch {
    // Not remembered: harmless, see above.
  }
}

export type Camera = { readonly id: string; readonly label: string };

/** The cameras at hand. Labels are empty until a camera was allowed once. */
export async function listCameras(
  media: Pick<MediaDevices, 'enumerateDevices'>,
): Promise<Camera[]> {
  const devices = await media.enumerateDevices();
  return devices
    .filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** The device to ask for: the one remembered, when it is there. */
export function preferredCamera(
  cameras: readonly Camera[],
  label: string | undefined,
): Camera | undefined {
  return label === undefined ? undefined : cameras.find((camera) => camera.label === label);
}
