import { availableParallelism } from 'node:os';
import * as ort from 'onnxruntime-node';
import type { ModelEntry } from '../models/manifest.ts';
import { contractFault } from './model-contract.ts';
import { readOutput } from './output-values.ts';
import type { Provider } from './provider.ts';
import { runInTurn } from './run-in-turn.ts';

// The native code prints every failed provider otherwise; failures arrive as rejections anyway.
ort.env.logLevel = 'fatal';

/**
 * Sessions on a graphics processor share one device; DirectML forbids overlapping runs, and the
 * others gain nothing from them.
 */
const onDevice = runInTurn();

/** Output name → flat values. */
export type NetworkOutputs = Readonly<Record<string, Float32Array>>;

/** One network, ready to run. */
export type Network = {
  readonly entry: ModelEntry;
  /** `input`: values in the layout, size and range that the manifest names; not kept. */
  run(input: Float32Array): Promise<NetworkOutputs>;
  close(): Promise<void>;
};

export type SessionSettings = { readonly provider: Provider; readonly threads: number };

/** A matting network works for seconds rather than milliseconds, and nothing else does meanwhile. */
const MATTING_THREADS = Math.min(4, availableParallelism());

/** Opens a model's bytes as a session. Rejects when the provider does not work on this machine. */
async function openSession(
  bytes: Uint8Array,
  { provider, threads }: SessionSettings,
): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(bytes, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    interOpNumThreads: 1,
    // DirectML's two conditions; the rest loses nothing by them but the CPU's memory pattern.
    executionMode: 'sequential',
    enableMemPattern: provider === 'cpu',
    logSeverityLevel: 4,
  });
}

/** Shape of a model's picture input. */
export function inputShape({ input }: ModelEntry): number[] {
  const { width, height, layout, colour } = input;
  const channels = colour === 'grey' ? 1 : 3;
  return layout === 'NCHW' ? [1, channels, height, width] : [1, height, width, channels];
}

/** A model that contradicts its manifest entry, or that the runtime cannot read. */
export class UnusableModel extends Error {
  readonly file: string;

  constructor(file: string, why: string) {
    super(why);
    this.name = 'UnusableModel';
    this.file = file;
  }
}

/**
 * Opens one network. Rejects with `UnusableModel` when it contradicts its manifest entry, otherwise
 * when the provider does not work on this machine.
 */
export async function openNetwork(
  entry: ModelEntry,
  bytes: Uint8Array,
  settings: SessionSettings,
): Promise<Network> {
  const threads = entry.role === 'matting' ? MATTING_THREADS : settings.threads;
  const onCpu = settings.provider === 'cpu';
  const session = await openSession(bytes, { ...settings, threads }).catch((error: Error) => {
    // What the CPU cannot open is wrong with the file; elsewhere it may be the device.
    throw onCpu ? new UnusableModel(entry.file, error.message) : error;
  });
  const shape = inputShape(entry);
  const fault = contractFault(entry, shape, session);
  if (fault !== undefined) {
    await session.release();
    throw new UnusableModel(entry.file, fault);
  }
  const constants = extraInputs(entry);
  const run = async (input: Float32Array) => {
    const picture = { [entry.input.name]: new ort.Tensor('float32', input, shape) };
    return floatOutputs(entry, await runPasses(session, entry, { ...constants, ...picture }));
  };
  return {
    entry,
    run: onCpu ? run : (input) => onDevice(() => run(input)),
    close: () => session.release(),
  };
}

type Tensors = Record<string, ort.Tensor>;

/** Runs a recurrent network again with the states that it left; others run once. */
async function runPasses(
  session: ort.InferenceSession,
  { passes = 1, extraInputs: extras = [], outputs }: ModelEntry,
  feeds: Tensors,
): Promise<Readonly<Record<string, ort.OnnxValue>>> {
  const states = extras.flatMap(({ name, from }) => (from === undefined ? [] : [{ name, from }]));
  const names = new Set([...outputs.map(({ name }) => name), ...states.map(({ from }) => from)]);
  for (let pass = 1; ; pass++) {
    const results = await session.run(feeds, [...names]);
    if (pass >= passes) return results;
    for (const { name, from } of states) feeds[name] = results[from] as ort.Tensor;
  }
}

function extraInputs({ extraInputs = [] }: ModelEntry): Tensors {
  const tensors = extraInputs.map(({ name, shape, fill, type }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return [name, constantTensor(type, size, fill, shape)];
  });
  return Object.fromEntries(tensors);
}

function constantTensor(
  type: 'float32' | 'int64' = 'float32',
  size: number,
  fill: number,
  shape: readonly number[],
): ort.Tensor {
  return type === 'int64'
    ? new ort.Tensor('int64', new BigInt64Array(size).fill(BigInt(Math.round(fill))), shape)
    : new ort.Tensor('float32', new Float32Array(size).fill(fill), shape);
}

function floatOutputs(
  entry: ModelEntry,
  results: Readonly<Record<string, ort.OnnxValue>>,
): NetworkOutputs {
  const outputs: Record<string, Float32Array> = {};
  for (const output of entry.outputs) {
    const tensor = results[output.name] as ort.Tensor | undefined;
    if (!(tensor?.data instanceof Float32Array)) {
      throw new UnusableModel(entry.file, `it gave no output ${output.name}`);
    }
    outputs[output.name] = readOutput(output, tensor.data);
  }
  return outputs;
}
