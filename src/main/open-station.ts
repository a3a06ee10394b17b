import { join } from 'node:path';
import { createImagingProcess, type ImagingChild } from '@gradshot/imaging';
import type { Log } from './command-registrar.ts';
import type { LaunchSettings, SampleEnrolment } from './launch-settings.ts';
import type { Station } from './station/api.ts';
import { createStation } from './station/create-station.ts';

export type OpenStationOptions = {
  readonly settings: LaunchSettings;
  readonly key: Uint8Array;
  readonly version: string;
  /** Starts the imaging process the shell's own way. */
  readonly spawnImaging: () => ImagingChild;
  readonly log: Log;
};

/** The station with its imaging process; both close together. The same behind both shells. */
export async function openStation(options: OpenStationOptions): Promise<Station> {
  const { settings, key, version, log } = options;
  const imaging = createImagingProcess({
    spawn: options.spawnImaging,
    engine: { modelsDir: settings.modelsDir, provider: settings.provider },
    onIncident: (incident) => log('error', incident),
  });
  const station = await createStation({
    dataDir: join(settings.dataDir),
    key,
    version,
    imaging,
    allowFaults: settings.sample,
    log,
  });
  if (settings.enrol) await enrol(station, settings.enrol, log);
  return {
    ...station,
    async close() {
      await station.close();
      await imaging.close();
    },
  };
}

/** Sample mode: what staff do on a kiosk's staff page, with a code that the start program got. */
async function enrol(station: Station, enrolment: SampleEnrolment, log: Log): Promise<void> {
  const result = await station.handlers['staff.enrol'](enrolment);
  if (!result.ok) log('error', 'The sample station could not be enrolled', result.error);
  await station.handlers['staff.lock']({});
}
