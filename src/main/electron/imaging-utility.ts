import { adoptUtilityProcess } from '@gradshot/imaging';
import { utilityProcess } from 'electron';

/**
 * Heaps that glibc keeps for threads. A picture is decoded on a dozen of them and what each heap
 * holds back adds up: with two, the process peaks at 662 MB instead of 1,060 over a row of large
 * photos. glibc reads it once, before the program begins, so it must be in the environment.
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
