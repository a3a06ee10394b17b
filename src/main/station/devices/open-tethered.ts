import type { Clock } from '../ground/clock.ts';
import { createGphoto2Camera } from './gphoto2-camera.ts';
import type { MakeTethered } from './tethered-portrait.ts';
import { createWatchFolderCamera } from './watch-folder-camera.ts';

/** The camera of a kind that staff can choose. */
export function tetheredOpener(clock: Clock): MakeTethered {
  return (source, options) => {
    if (source.kind === 'watchFolder')
      return createWatchFolderCamera({ ...options, clock, folder: source.folder });
    const command = source.program === undefined ? undefined : ([source.program] as const);
    return createGphoto2Camera({ ...options, clock, ...(command ? { command } : {}) });
  };
}
