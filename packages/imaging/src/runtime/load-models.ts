import { fail, ok, type Result } from '@gradshot/domain';
import {
  type ModelRole,
  modelVersion,
  type RequiredRole,
  readVerifiedModels,
} from '../models/manifest.ts';
import { matteFault } from './matte-fault.ts';
import { type Network, UnusableModel } from './network.ts';
import type { Provider, ProviderChoice, ProviderTrial } from './provider.ts';
import { chooseProvider, type TrialOutcome, trialInput } from './provider-trial.ts';

export type EngineOptions = {
  /** Folder with manifest.json and the .onnx files. */
  readonly modelsDir: string;
  readonly provider?: ProviderChoice;
  /** Threads per network but for a matting network; 1 by default (4 are no faster). */
  readonly threads?: number;
  /** Providers not to be tried, with the reason: one of them took the process down before. */
  readonly avoidProviders?: Readonly<Partial<Record<Provider, string>>>;
  /** Called before a provider is tried, so that a crash can be laid at its door. */
  readonly onProviderTrial?: (provider: Provider) => void;
};

/** All networks of the product, open and ready. */
export type LoadedModels = {
  readonly networks: Readonly<Record<RequiredRole, Network>>;
  /** Present when a matting model was dropped in. */
  readonly matting?: Network;
  readonly provider: Provider;
  readonly trials: readonly ProviderTrial[];
  /** Role → `modelVersion` of its entry. */
  readonly versions: Readonly<Partial<Record<ModelRole, string>>>;
  close(): Promise<void>;
};

/**
 * One thread: between two runs a pool's threads turn idly for a while, which costs twice the
 * processor time per photo and slows down the decoders that work meanwhile, for networks that are
 * no faster with four threads than with one.
 */
const DEFAULT_THREADS = 1;

/**
 * Reads, verifies and opens every model in `options.modelsDir`.
 * Fails with `imaging.modelMissing` or `imaging.modelTampered`, naming the file, or with
 * `imaging.modelUnusable` when a model or the manifest is not what the roles need, and why.
 */
export async function loadModels(options: EngineOptions): Promise<Result<LoadedModels>> {
  const models = await readVerifiedModels(options.modelsDir);
  if (!models.ok) return models;
  try {
    const outcome = await chooseProvider(models.value, {
      choice: options.provider ?? 'auto',
      threads: options.threads ?? DEFAULT_THREADS,
      avoid: options.avoidProviders ?? {},
      onTrial: options.onProviderTrial,
    });
    return ok(await byRole(outcome));
  } catch (error) {
    if (!(error instanceof UnusableModel)) throw error;
    return fail('imaging.modelUnusable', { file: error.file, why: error.message });
  }
}

async function byRole({ networks, provider, trials }: TrialOutcome): Promise<LoadedModels> {
  const roles = new Map(networks.map((network) => [network.entry.role, network]));
  const { matting, ...required } = Object.fromEntries(roles) as Partial<Record<ModelRole, Network>>;
  const close = async () => {
    for (const network of networks) await network.close();
  };
  if (matting)
    await proveMatting(matting).catch(async (error) => {
      await close();
      throw error;
    });
  return {
    // The manifest was checked to name every required role.
    networks: required as Record<RequiredRole, Network>,
    ...(matting ? { matting } : {}),
    provider,
    trials,
    versions: Object.fromEntries(networks.map(({ entry }) => [entry.role, modelVersion(entry)])),
    close,
  };
}

/** A matting network comes from anywhere: better that the start fails than the first photo. */
async function proveMatting({ entry, ...matting }: Network): Promise<void> {
  const outputs = await matting.run(trialInput({ entry })).catch((error: Error) => {
    throw new UnusableModel(entry.file, error.message);
  });
  const fault = matteFault(entry, outputs);
  if (fault !== undefined) throw new UnusableModel(entry.file, fault);
}
