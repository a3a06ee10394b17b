import { adoptUtilityProcess } from '@gradshot/imaging';
import { utilityProcess } from 'electron';

/**
 * Heaps that glibc keeps for threads, as for the process that `forkImagingChild` starts: a picture
 * is decoded on a dozen threads, and what each heap holds back adds up to hundreds of megabytes.
 * glibc reads it once, before the program begins, so it must stand in the environment; other
 * systems do not know the name.
 */
const MALLOC_ARENA_MAX = '2';

/**
 * Starts the imaging process beside Electron's own. onnxruntime has crashed inside Electron's main
 * process; here it takes down nothing but itself. `hostFile`: the built entry.
 */
export function spawnImagingUtility(hostFile: string): ReturnType<typeof adoptUtilityProcess> {
  return adoptUtilityProcess(
    utilityProcess.fork(hostFile, [], {
      serviceName: 'gradshot imaging',
      stdio: 'inherit',
      env: { MALLOC_ARENA_MAX, ...process.env },
    }),
  );
}
