import { isErrorCode } from '@gradshot/domain';
import { createImagingProcess, forkImagingChild, type ImagingProcess } from '@gradshot/imaging';
import type { EventLog } from '../ports/environment.ts';
import type { StandardizationOutcome, Standardizer } from '../ports/standardizer.ts';

/** Reasons that blame the engine: the photo may be fine, and another try may help. */
const ENGINE_FAULTS: ReadonlySet<string> = new Set([
  'imaging.crashed',
  'imaging.cancelled',
  'imaging.modelMissing',
  'imaging.modelTampered',
  'server.internal',
]);

/**
 * The imaging engine in a process of its own, started with the first photo: a server whose photos
 * all come from stations never needs it. `modelsDir`: folder with manifest.json and the networks.
 */
export function createEngineStandardizer(modelsDir: string, log: EventLog): Standardizer {
  let engine: ImagingProcess | undefined;
  const open = () =>
    createImagingProcess({
      spawn: () => forkImagingChild(),
      // Many photos at once make better use of a server's cores than many threads for one.
      engine: { modelsDir, provider: 'cpu', threads: 2 },
      onIncident: (incident) => log.warn({ incident }, 'imaging process'),
    });
  return {
    async standardize(original, profile, onProgress) {
      engine ??= open();
      const { report, jpeg } = await engine.standardize(original, { profile, onProgress });
      return outcomeOf(report, jpeg);
    },
    async close() {
      await engine?.close();
      engine = undefined;
    },
  };
}

type Judged = Extract<StandardizationOutcome, { kind: 'judged' }>;

function outcomeOf(report: unknown, jpeg: Uint8Array | undefined): StandardizationOutcome {
  // The engine's report is the contract's, with its lists read-only.
  const { reason } = report as Judged['report'];
  if (reason && ENGINE_FAULTS.has(reason.code) && isErrorCode(reason.code))
    return { kind: 'failed', code: reason.code };
  return { kind: 'judged', report: report as Judged['report'], ...(jpeg ? { jpeg } : {}) };
}
