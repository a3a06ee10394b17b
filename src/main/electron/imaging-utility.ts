import { adoptUtilityProcess } from '@gradshot/imaging';
import { utilityProcess } from 'electron';

/**
 * Starts the imaging process beside Electron's own. onnxruntime has crashed inside Electron's main
 * process; here it takes down nothing but itself. `hostFile`: the built entry.
 */
export function spawnImagingUtility(hostFile: string): ReturnType<typeof adoptUtilityProcess> {
  return adoptUtilityProcess(
    utilityProcess.fork(hostFile, [], { serviceName: 'gradshot imaging', stdio: 'inherit' }),
  );
}
