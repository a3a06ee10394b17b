import type { ModelOutput } from '../models/manifest.ts';

/** Height and width of an output that is a picture, and its channels. */
export type OutputSize = {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
};

/** Reads an output's shape as a picture: [.., C, H, W] or [.., H, W, C]; missing lengths are 1. */
export function outputSize(output: ModelOutput): OutputSize {
  const [third, second, last] = [1, 1, 1, ...output.shape].slice(-3) as [number, number, number];
  return isPlanar(output)
    ? { channels: third, height: second, width: last }
    : { height: third, width: second, channels: last };
}

/** Unless the manifest says so: channels come first, but for a single one at the end. */
function isPlanar({ shape, layout }: ModelOutput): boolean {
  return layout ? layout === 'NCHW' : shape.at(-1) !== 1;
}

/** What the product sees of an output: the channel and the activation that the manifest names. */
export function readOutput(output: ModelOutput, raw: Float32Array): Float32Array {
  const { activation, channel } = output;
  if (activation === 'softmax') return softmax(output, raw);
  const values = channel === undefined ? raw : takeChannel(output, raw, channel);
  if (activation === 'sigmoid') return values.map((value) => 1 / (1 + Math.exp(-value)));
  return activation === 'stretch' ? stretch(values) : values;
}

/** Pixels, and the distance between a pixel's channels and between a channel's pixels. */
function strides(output: ModelOutput, count: number) {
  const { channels } = outputSize(output);
  const pixels = count / channels;
  return isPlanar(output)
    ? { channels, pixels, perChannel: pixels, perPixel: 1 }
    : { channels, pixels, perChannel: 1, perPixel: channels };
}

function takeChannel(output: ModelOutput, raw: Float32Array, channel: number): Float32Array {
  const { pixels, perChannel, perPixel } = strides(output, raw.length);
  const start = channel * perChannel;
  return Float32Array.from({ length: pixels }, (_, i) => raw[start + i * perPixel]!);
}

/** The share of one channel (the last by default: background, person) in e to the logits. */
function softmax(output: ModelOutput, raw: Float32Array): Float32Array {
  const { channels, pixels, perChannel, perPixel } = strides(output, raw.length);
  const chosen = output.channel ?? channels - 1;
  return Float32Array.from({ length: pixels }, (_, i) => {
    const own = raw[i * perPixel + chosen * perChannel]!;
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += Math.exp(raw[i * perPixel + c * perChannel]! - own);
    return 1 / sum;
  });
}

function stretch(values: Float32Array): Float32Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const span = high - low;
  return span > 0 ? values.map((value) => (value - low) / span) : values;
}
