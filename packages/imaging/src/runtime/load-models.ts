import { ok, type Result } from '@gradshot/domain';
import type { EngineOptions, ProviderTrial } from '../api.ts';
import {
  type ModelRole,
  modelVersion,
  type RequiredRole,
  readVerifiedModels,
} from '../models/manifest.ts';
import type { Network, Provider } from './network.ts';
import { chooseProvider } from './provider-trial.ts';

/** All networks of the product, open and ready. */
export type LoadedModels = {
  readonly networks: Readonly<Record<RequiredRole, Network>>;
  /** Present when a matting model was dropped in. */
  readonly matting?: Network;
  readonly provider: Provider;
  readonly trials: readonly ProviderTrial[];
  /** Role → first 12 hex digits of the file's SHA-256. */
  readonly versions: Readonly<Partial<Record<ModelRole, string>>>;
  close(): Promise<void>;
};

/** Two threads: four are no faster on these small networks and leave none for the rest. */
const DEFAULT_THREADS = 2;

/**
 * Reads, verifies and opens every model in `options.modelsDir`.
 * Fails with `imaging.modelMissing` or `imaging.modelTampered`, naming the file.
 */
export async function loadModels(options: EngineOptions): Promise<Result<LoadedModels>> {
  const models = await readVerifiedModels(options.modelsDir);
  if (!models.ok) return models;
  const outcome = await chooseProvider(models.value, {
    choice: options.provider ?? 'auto',
    threads: options.threads ?? DEFAULT_THREADS,
    avoid: options.avoidProviders ?? {},
    onTrial: options.onProviderTrial,
  });
  const byRole = new Map(outcome.networks.map((network) => [network.entry.role, network]));
  const { matting, ...required } = Object.fromEntries(byRole) as Partial<
    Record<ModelRole, Network>
  >;
  return ok({
    // The manifest was checked to name every required role.
    networks: required as Record<RequiredRole, Network>,
    ...(matting ? { matting } : {}),
    provider: outcome.provider,
    trials: outcome.trials,
    versions: Object.fromEntries(
      outcome.networks.map(({ entry }) => [entry.role, modelVersion(entry)]),
    ),
    close: async () => {
      for (const network of outcome.networks) await network.close();
    },
  });
}
