import {
  type ErrorCode,
  type Failure,
  fail,
  findPhotoProfile,
  isErrorCode,
  ok,
  type PhotoProfile,
  type Result,
} from '@gradshot/domain';
import type { Engine, Guidance } from '@gradshot/imaging';
import type { Standardizer } from '../session/ports.ts';

export type ImagingHealth = {
  readonly ready: boolean;
  readonly provider?: string;
  readonly error?: ErrorCode;
};

/** For staff: more than the screen needs to know. */
export type ImagingFindings = ImagingHealth & {
  readonly models: number;
  /** What was tried at the start, and why it was left. */
  readonly trials: Engine['info']['trials'];
  /** The error with its details: which model is missing. */
  readonly failure?: Failure;
};

export type StationImaging = Standardizer & {
  /** Hints for one preview frame; `station.busy` while another frame is at work: none ever waits. */
  guide(frame: Uint8Array, profileId: string): Promise<Result<Guidance>>;
  health(): ImagingHealth;
  findings(): ImagingFindings;
  models(): Readonly<Record<string, string>>;
};

/** Reasons that tell of the engine, not of the photo: the photo is not refused by them. */
const ENGINE_FAULTS: readonly ErrorCode[] = [
  'imaging.crashed',
  'imaging.modelMissing',
  'imaging.modelTampered',
  'imaging.modelUnusable',
  'imaging.cancelled',
  'server.internal',
];

export function createStationImaging(
  given: Engine | Promise<Engine>,
  onHealth: () => void,
): StationImaging {
  let engine: Engine | undefined;
  let failed: Failure | undefined;
  let guiding = false;

  const fault = (failure: Failure): Result<never> => {
    if (failure.code !== 'imaging.cancelled') failed = failure;
    onHealth();
    return { ok: false, error: failure };
  };
  const worked = () => {
    if (failed === undefined) return;
    failed = undefined;
    onHealth();
  };
  const health = (): ImagingHealth => ({
    ready: engine !== undefined,
    ...(engine ? { provider: engine.info.provider } : {}),
    ...(failed ? { error: failed.code } : {}),
  });
  void Promise.resolve(given).then(
    (opened) => {
      engine = opened;
      onHealth();
    },
    (cause: unknown) => fault(failureOf(cause)),
  );

  return {
    async standardize(picture, profileId, onProgress, signal) {
      const profile = profileOf(profileId);
      if (!engine) return fail(failed?.code ?? 'station.busy');
      try {
        const made = await engine.standardize(picture, {
          profile,
          signal,
          onProgress: ({ fraction, stage }) => onProgress(fraction, stage),
        });
        const broken = engineFault(made.report.reason?.code);
        if (broken) return fault({ code: broken });
        worked();
        return ok(made);
      } catch (cause) {
        return fault(signal.aborted ? { code: 'imaging.cancelled' } : failureOf(cause));
      }
    },
    async guide(frame, profileId) {
      if (!engine) return fail(failed?.code ?? 'station.busy');
      if (guiding) return fail('station.busy');
      guiding = true;
      try {
        return ok(await engine.guide(frame, profileOf(profileId)));
      } catch (cause) {
        return fault(failureOf(cause));
      } finally {
        guiding = false;
      }
    },
    health,
    findings: () => ({
      ...health(),
      models: Object.keys(engine?.info.models ?? {}).length,
      trials: engine?.info.trials ?? [],
      ...(failed ? { failure: failed } : {}),
    }),
    models: () => engine?.info.models ?? {},
  };
}

/** The server's batches name profiles of the catalogue; another name is a version mismatch. */
function profileOf(profileId: string): PhotoProfile {
  const profile = findPhotoProfile(profileId);
  if (!profile) throw new Error(`unknown photo profile ${profileId}`);
  return profile;
}

function engineFault(code: string | undefined): ErrorCode | undefined {
  return ENGINE_FAULTS.find((fault) => fault === code);
}

function failureOf(cause: unknown): Failure {
  const known = (cause as { failure?: Failure } | undefined)?.failure;
  return known && isErrorCode(known.code) ? known : { code: 'imaging.crashed' };
}
