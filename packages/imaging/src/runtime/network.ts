import * as ort from 'onnxruntime-node';
import type { ProviderChoice } from '../api.ts';
import type { ModelEntry } from '../models/manifest.ts';
import { runInTurn } from './run-in-turn.ts';

// The native code prints every failed provider otherwise; failures arrive as rejections anyway.
ort.env.logLevel = 'fatal';

export type Provider = Exclude<ProviderChoice, 'auto'>;

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

/** Opens a model's bytes as a session. Rejects when the provider does not work on this machine. */
async function openSession(
  bytes: Uint8Array,
  { provider, threads }: SessionSettings,
): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(bytes, {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: threads,
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

/** Opens one network. Rejects when the provider does not work on this machine. */
export async function openNetwork(
  entry: ModelEntry,
  bytes: Uint8Array,
  settings: SessionSettings,
): Promise<Network> {
  const session = await openSession(bytes, settings);
  const shape = inputShape(entry);
  const extras = extraInputs(entry);
  const run = async (input: Float32Array) => {
    const tensor = new ort.Tensor('float32', input, shape);
    const results = await session.run({ [entry.input.name]: tensor, ...extras });
    return floatOutputs(entry, results);
  };
  return {
    entry,
    run: settings.provider === 'cpu' ? run : (input) => onDevice(() => run(input)),
    close: () => session.release(),
  };
}

function extraInputs({ extraInputs = [] }: ModelEntry): Record<string, ort.Tensor> {
  const tensors = extraInputs.map(({ name, shape, fill }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return [name, new ort.Tensor('float32', new Float32Array(size).fill(fill), shape)];
  });
  return Object.fromEntries(tensors);
}

function floatOutputs(entry: ModelEntry, results: ort.InferenceSession.ReturnType): NetworkOutputs {
  const outputs: Record<string, Float32Array> = {};
  for (const { name, activation } of entry.outputs) {
    const data = results[name]?.data;
    if (!(data instanceof Float32Array)) throw new Error(`${entry.file}: no output ${name}`);
    outputs[name] = activation === 'sigmoid' ? data.map((v) => 1 / (1 + Math.exp(-v))) : data;
  }
  return outputs;
}
