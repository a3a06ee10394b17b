import { join } from 'node:path';
import { errorSentence, type Failure } from '@gradshot/domain';
import {
  createImagingProcess,
  type Engine,
  type ImagingProcess,
  type ImagingProcessOptions,
  providerMemory,
} from '@gradshot/imaging';
import type { LaunchSettings } from './launch-settings.ts';
import {
  type Log,
  type Printer,
  type SaveFile,
  type Station,
  StationStartError,
} from './station/api.ts';
import { createStation } from './station/create-station.ts';
import { keepTabletListener } from './tablet-listener/keep-tablet-listener.ts';

export type OpenStationOptions = {
  readonly settings: LaunchSettings;
  readonly key: Uint8Array;
  readonly version: string;
  /** Starts the imaging process the shell's own way. */
  readonly spawnImaging: ImagingProcessOptions['spawn'];
  readonly log: Log;
  /** What tablets are given: the built interface, and the script that connects it. */
  readonly pages: { readonly rendererDir: string; readonly bridgeFile: string };
  readonly saveFile?: SaveFile;
  readonly printer?: Printer;
};

/** The station with its imaging process; both close together. The same behind both shells. */
export async function openStation(options: OpenStationOptions): Promise<Station> {
  const { settings, key, version, log } = options;
  const memory = providerMemory(join(settings.dataDir, 'imaging-providers.json'));
  const imaging = createImagingProcess({
    spawn: options.spawnImaging,
    engine: {
      modelsDir: settings.modelsDir,
      provider: settings.provider,
      // Who names a provider wants it tried again, whatever it did before.
      avoidProviders: settings.provider === 'auto' ? memory.recall() : {},
    },
    onAvoid: (avoided) => memory.keep(avoided),
    onIncident: (incident) => log('error', incident),
  });
  const station = await createStation({
    dataDir: settings.dataDir,
    key,
    version,
    imaging: usableEngine(imaging),
    allowFaults: settings.sample,
    log,
    ...(settings.serverUrl ? { serverUrl: settings.serverUrl } : {}),
    ...(settings.enrol ? { enrol: settings.enrol } : {}),
    ...(options.saveFile ? { saveFile: options.saveFile } : {}),
    ...(options.printer ? { printer: options.printer } : {}),
  });
  const listener = keepTabletListener({ door: station.tablets, ...options.pages, log });
  return {
    ...station,
    async close() {
      await listener.close();
      await station.close();
      await imaging.close();
    },
  };
}

/** What keeps the station from starting goes into the log too: a kiosk's screen is soon black again. */
export async function startOrTell<T>(log: Log, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const failure = error instanceof StationStartError ? error.failure.code : undefined;
    log('error', 'The station cannot start', { failure, error: String(error) });
    throw error;
  }
}

/** Rejects with the failure when the engine refuses to start (a model is missing or changed). */
async function usableEngine(imaging: ImagingProcess): Promise<Engine> {
  const ready = await imaging.ready();
  if (ready.ok) return imaging;
  throw new EngineRefusal(ready.error);
}

class EngineRefusal extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(errorSentence(failure, 'en'));
    this.name = 'EngineRefusal';
    this.failure = failure;
  }
}
