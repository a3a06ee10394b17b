import { ok, type Result } from '@gradshot/domain';
import type { CameraChoice, CameraTask } from '../../../shared/index.ts';
import type { CameraChoices, Settings } from '../store/settings.ts';
import { storing } from '../store/store-failure.ts';

/**
 * Which camera each task uses. Kept here and not by the page, whose storage ends with the program
 * in Electron and belongs to one port in a browser.
 */
export type ChosenCameras = {
  present(): CameraChoices | undefined;
  /** `station.diskFull` when it cannot be kept; the choice of before then stands. */
  choose(task: CameraTask, camera: CameraChoice): Promise<Result<null>>;
};

export function createChosenCameras(settings: Settings): ChosenCameras {
  let present = settings.get('cameras');
  return {
    present: () => present,
    choose: (task, camera) =>
      storing(async () => {
        const next = { ...present, [task]: camera };
        settings.set('cameras', next);
        present = next;
        return ok(null);
      }),
  };
}
