import type { VerifiedModel } from '../models/manifest.ts';
import { networkInput, wholePicture } from '../picture/crop.ts';
import { ImagePyramid } from '../picture/image-pyramid.ts';
import { goldenPortrait } from './golden-portrait.ts';
import { missingHardware } from './graphics-hardware.ts';
import {
  type Network,
  type NetworkOutputs,
  openNetwork,
  type SessionSettings,
  UnusableModel,
} from './network.ts';
import { largestDifference } from './output-difference.ts';
import type { Provider, ProviderChoice, ProviderTrial } from './provider.ts';

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
/** The CPU's runs are stopped after this: a heavy matting network must not hold up the start. */
const CPU_TIMING_MS = 2000;
/** A provider that is this many times slower than the best one is not timed any further. */
const HOPELESS = 3;
/**
 * Time for a provider of `auto` to open all networks, to make its programs for the device and to
 * run once. Graphics processors take one to five seconds, a driver without one takes a minute.
 */
const TRIAL_LIMIT_MS = 20_000;

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
type Loser = { readonly why: NonNullable<ProviderTrial['why']>; readonly reason: string };

/**
 * Opens all models on the fastest provider that works and agrees with the CPU. An explicit choice
 * is tried as well and left for the CPU, with the reason, when it fails or differs; it may be slower.
 * Rejects with `UnusableModel` when even the CPU cannot run a model.
 */
export async function chooseProvider(
  models: readonly VerifiedModel[],
  request: TrialRequest,
  openModel: OpenModel = ({ entry, bytes }, settings) => openNetwork(entry, bytes, settings),
): Promise<TrialOutcome> {
  const open = (model: VerifiedModel, provider: Provider) =>
    openModel(model, { provider, threads: request.threads });
  const cpu: Network[] = [];
  for (const model of models) cpu.push(await open(model, 'cpu'));
  if (request.choice === 'cpu') return { networks: cpu, provider: 'cpu', trials: [] };
  const expected = await runOnCpu(cpu);
  const cpuMs = await medianMs(cpu, CPU_TIMING_MS);
  let best: Contender = { networks: cpu, provider: 'cpu', medianMs: cpuMs };
  const trials: ProviderTrial[] = [];
  for (const provider of providersToTry(request.choice)) {
    const trial = await tryProvider({ provider, models, open, expected, best, request });
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
  const times = `${round(medianMs)} ms against ${round(best.medianMs)} ms`;
  const reason = `slower than ${best.provider}: ${times}`;
  return { provider, usable: false, medianMs, why: 'slower', reason };
}

type Attempt = {
  readonly provider: Provider;
  readonly models: readonly VerifiedModel[];
  readonly open: (model: VerifiedModel, provider: Provider) => Promise<Network>;
  readonly expected: readonly NetworkOutputs[];
  readonly best: Contender;
  readonly request: TrialRequest;
};

async function tryProvider(attempt: Attempt): Promise<Contender | Loser> {
  const { provider, best } = attempt;
  const { choice, avoid, onTrial } = attempt.request;
  const avoided = avoid[provider];
  if (avoided !== undefined) return { why: 'crashed', reason: avoided };
  const missing = choice === 'auto' ? missingHardware(provider) : undefined;
  if (missing !== undefined) return { why: 'absent', reason: missing };
  onTrial?.(provider);
  const networks: Network[] = [];
  try {
    const loser = await openAndCompare(attempt, networks);
    if (!loser)
      return {
        networks,
        provider,
        medianMs: await medianMs(networks, HOPELESS * TIMED_RUNS * best.medianMs),
      };
    await closeAll(networks);
    return loser;
  } catch (error) {
    await closeAll(networks);
    return { why: 'fails', reason: `does not start: ${firstLine(error)}` };
  }
}

/** Opens one network after the other into `networks` and holds its answer against the CPU's. */
async function openAndCompare(
  { provider, models, open, expected, request }: Attempt,
  networks: Network[],
): Promise<Loser | undefined> {
  const started = performance.now();
  for (const [index, model] of models.entries()) {
    const network = await open(model, provider);
    networks.push(network);
    const difference = largestDifference(expected[index]!, await network.run(trialInput(network)));
    if (difference > TOLERANCE) {
      const share = `${(difference * 100).toFixed(1)} %`;
      return { why: 'differs', reason: `${model.entry.role} differs from the CPU by ${share}` };
    }
    const spent = performance.now() - started;
    if (request.choice === 'auto' && spent > TRIAL_LIMIT_MS) {
      const done = `${index + 1} of ${models.length} networks ran once in ${round(spent / 1000)} s`;
      return { why: 'slower', reason: `slower than the CPU: ${done}` };
    }
  }
  return undefined;
}

async function closeAll(networks: readonly Network[]): Promise<void> {
  for (const network of networks) await network.close();
}

/** The answers that the others are held against. Rejects with `UnusableModel`. */
async function runOnCpu(networks: readonly Network[]): Promise<NetworkOutputs[]> {
  const outputs: NetworkOutputs[] = [];
  for (const network of networks) {
    const answer = network.run(trialInput(network)).catch((error: Error) => {
      throw new UnusableModel(network.entry.file, error.message);
    });
    outputs.push(await answer);
  }
  return outputs;
}

/** The golden portrait as a network takes it. */
export function trialInput({ entry }: Pick<Network, 'entry'>): Float32Array {
  const pyramid = new ImagePyramid(goldenPortrait());
  return networkInput(pyramid, wholePicture(pyramid), entry.input);
}

/** Median of several runs of all networks, of fewer when they take over `enoughMs` together. */
async function medianMs(networks: readonly Network[], enoughMs: number): Promise<number> {
  const inputs = networks.map(trialInput);
  const times: number[] = [];
  let spent = 0;
  while (times.length < TIMED_RUNS && spent <= enoughMs) {
    const started = performance.now();
    for (const [index, network] of networks.entries()) await network.run(inputs[index]!);
    times.push(performance.now() - started);
    spent += times.at(-1)!;
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}

/** The native message without the source line and the condition that it begins with. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('was false. ').at(-1)!.split('\n')[0]!.trim().slice(0, 200);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
