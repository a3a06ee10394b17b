import type { ProviderChoice, ProviderTrial } from '../api.ts';
import type { VerifiedModel } from '../models/manifest.ts';
import { goldenInput } from './golden-input.ts';
import { missingHardware } from './graphics-hardware.ts';
import {
  inputShape,
  type Network,
  type NetworkOutputs,
  openNetwork,
  type Provider,
  type SessionSettings,
} from './network.ts';

/**
 * Providers worth a trial on a platform, most promising first; the CPU is always last and always
 * works. WebGPU is listed on Linux but needs a Vulkan driver: that is what the trial is for.
 */
const CANDIDATES: Readonly<Partial<Record<NodeJS.Platform, readonly Provider[]>>> = {
  win32: ['dml', 'webgpu', 'cpu'],
  darwin: ['coreml', 'webgpu', 'cpu'],
  linux: ['cuda', 'webgpu', 'cpu'],
};

/**
 * Largest difference from the CPU's result that counts as the same, as a share of the output's
 * largest value. Half-precision arithmetic on a GPU stays below 1e-2; a wrong operator does not.
 */
const TOLERANCE = 0.01;
/** Timed runs per provider after one warm-up; the median is compared. */
const TIMED_RUNS = 5;

export type TrialRequest = {
  readonly choice: ProviderChoice;
  readonly threads: number;
  /** Providers not to be tried, with the reason, e.g. because one crashed the process before. */
  readonly avoid: Readonly<Partial<Record<Provider, string>>>;
  /** Called before each provider is touched, so that a crash can be laid at its door. */
  readonly onTrial?: ((provider: Provider) => void) | undefined;
};

/** How a model is opened; tests put providers of their own in its place. */
export type OpenModel = (model: VerifiedModel, settings: SessionSettings) => Promise<Network>;

export type TrialOutcome = {
  readonly networks: readonly Network[];
  readonly provider: Provider;
  readonly trials: readonly ProviderTrial[];
};

type Contender = { networks: Network[]; provider: Provider; medianMs: number };

/**
 * Opens all models on the fastest provider that works and agrees with the CPU. An explicit choice
 * is tried as well and left for the CPU, with the reason, when it fails or differs; it may be slower.
 */
export async function chooseProvider(
  models: readonly VerifiedModel[],
  request: TrialRequest,
  openModel: OpenModel = ({ entry, bytes }, settings) => openNetwork(entry, bytes, settings),
): Promise<TrialOutcome> {
  const open = (provider: Provider) =>
    openAll(models, { provider, threads: request.threads }, openModel);
  const cpu = await open('cpu');
  if (request.choice === 'cpu') return { networks: cpu, provider: 'cpu', trials: [] };
  const expected = await runAll(cpu);
  const cpuMs = await medianMs(cpu);
  let best: Contender = { networks: cpu, provider: 'cpu', medianMs: cpuMs };
  const trials: ProviderTrial[] = [];
  for (const provider of providersToTry(request.choice)) {
    const trial = await tryProvider(provider, open, expected, request);
    if ('reason' in trial) {
      trials.push({ provider, usable: false, ...trial });
    } else if (request.choice === 'auto' && trial.medianMs >= best.medianMs) {
      trials.push(slower(trial, best));
      await closeAll(trial.networks);
    } else {
      trials.push({ provider, usable: true, medianMs: trial.medianMs });
      if (best.provider !== 'cpu') await closeAll(best.networks);
      best = trial;
    }
  }
  trials.push({ provider: 'cpu', usable: true, medianMs: cpuMs });
  if (best.provider !== 'cpu') await closeAll(cpu);
  return { networks: best.networks, provider: best.provider, trials };
}

function providersToTry(choice: ProviderChoice): readonly Provider[] {
  const candidates = choice === 'auto' ? (CANDIDATES[process.platform] ?? []) : [choice];
  return candidates.filter((provider) => provider !== 'cpu');
}

function slower({ provider, medianMs }: Contender, best: Contender): ProviderTrial {
  const reason = `slower than ${best.provider}: ${round(medianMs)} ms against ${round(best.medianMs)} ms`;
  return { provider, usable: false, medianMs, reason };
}

async function tryProvider(
  provider: Provider,
  open: (provider: Provider) => Promise<Network[]>,
  expected: readonly NetworkOutputs[],
  { choice, avoid, onTrial }: TrialRequest,
): Promise<Contender | { reason: string; medianMs?: number }> {
  const avoided = avoid[provider] ?? (choice === 'auto' ? missingHardware(provider) : undefined);
  if (avoided) return { reason: avoided };
  onTrial?.(provider);
  let networks: Network[] = [];
  try {
    networks = await open(provider);
    const difference = largestDifference(expected, await runAll(networks));
    if (difference <= TOLERANCE) return { networks, provider, medianMs: await medianMs(networks) };
    await closeAll(networks);
    return { reason: `differs from the CPU by ${(difference * 100).toFixed(1)} %` };
  } catch (error) {
    await closeAll(networks);
    return { reason: `does not start: ${firstLine(error)}` };
  }
}

async function openAll(
  models: readonly VerifiedModel[],
  settings: SessionSettings,
  openModel: OpenModel,
): Promise<Network[]> {
  const networks: Network[] = [];
  try {
    for (const model of models) networks.push(await openModel(model, settings));
  } catch (error) {
    await closeAll(networks);
    throw error;
  }
  return networks;
}

async function closeAll(networks: readonly Network[]): Promise<void> {
  for (const network of networks) await network.close();
}

async function runAll(networks: readonly Network[]): Promise<NetworkOutputs[]> {
  const outputs: NetworkOutputs[] = [];
  for (const network of networks) outputs.push(await network.run(trialInput(network)));
  return outputs;
}

function trialInput({ entry }: Network): Float32Array {
  const size = inputShape(entry).reduce((product, length) => product * length, 1);
  return goldenInput(size, entry.input.range);
}

async function medianMs(networks: readonly Network[]): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < TIMED_RUNS; run++) {
    const started = performance.now();
    await runAll(networks);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[TIMED_RUNS >> 1]!;
}

/** Largest difference between two sets of outputs as a share of each output's largest value. */
export function largestDifference(
  expected: readonly NetworkOutputs[],
  actual: readonly NetworkOutputs[],
): number {
  let largest = 0;
  expected.forEach((outputs, index) => {
    for (const [name, values] of Object.entries(outputs)) {
      largest = Math.max(largest, relativeDifference(values, actual[index]?.[name]));
    }
  });
  return largest;
}

function relativeDifference(expected: Float32Array, actual: Float32Array | undefined): number {
  if (actual?.length !== expected.length) return Number.POSITIVE_INFINITY;
  let scale = 1e-6;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    scale = Math.max(scale, Math.abs(expected[i]!));
    const delta = Math.abs(expected[i]! - actual[i]!);
    // NaN compares false with everything, so a broken output must be asked for.
    difference = delta <= difference ? difference : Number.isNaN(delta) ? Infinity : delta;
  }
  return difference / scale;
}

/** The native message without the source line and the condition that it begins with. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('was false. ').at(-1)!.split('\n')[0]!.trim().slice(0, 200);
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
