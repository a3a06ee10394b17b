import { boxMean } from '../matte/box-filter.ts';

/** A wall to stand before: lamp, shadow, camera. Colours and amplitudes 0–1. */
export type BenchWall = {
  readonly name: string;
  /** Interleaved order R, G, B. */
  readonly colour: readonly [number, number, number];
  /** How much the light falls off over the picture. */
  readonly fallOff: number;
  /** Depth of the person's soft shadow. */
  readonly shadow: number;
  /** Standard deviation of the sensor's noise. */
  readonly noise: number;
  readonly jpegQuality: number;
};

export const BENCH_WALLS: readonly BenchWall[] = [
  {
    name: 'A',
    colour: [0.9, 0.895, 0.88],
    fallOff: 0.06,
    shadow: 0,
    noise: 0.006,
    jpegQuality: 95,
  },
  {
    name: 'B',
    colour: [0.86, 0.85, 0.83],
    fallOff: 0.16,
    shadow: 0.15,
    noise: 0.012,
    jpegQuality: 90,
  },
  {
    name: 'C',
    colour: [0.7, 0.71, 0.72],
    fallOff: 0.22,
    shadow: 0.3,
    noise: 0.02,
    jpegQuality: 85,
  },
];

/** Radius of each of three box means, and displacement of the shadow, pixels of a 960-wide frame. */
const SHADOW_RADIUS = 28;
const SHADOW_X = 60;
const SHADOW_Y = 30;

/** Coverage and colour of a person, `width` × `height`; alpha 0–1, colour bytes. */
export type GroundTruth = {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly alpha: Float32Array;
  readonly colour: Uint8Array;
};

/** The person before the wall as a camera would see it, R, G, B bytes, before JPEG. */
export function placeBeforeWall(truth: GroundTruth, wall: BenchWall): Uint8Array {
  const { width, height, alpha, colour } = truth;
  const shadow = softShadow(truth);
  const normal = normalNumbers(99 + wall.name.charCodeAt(0));
  const out = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const sx = Math.min(width - 1, Math.max(0, x - SHADOW_X));
      const sy = Math.max(0, y - SHADOW_Y);
      const light =
        (1 - wall.fallOff * (0.6 * (x / width) + 1.2 * (y / height - 0.4) ** 2)) *
        (1 - wall.shadow * shadow[sy * width + sx]!);
      for (let c = 0; c < 3; c++) {
        const behind = (1 - alpha[i]!) * wall.colour[c]! * light;
        const value = (alpha[i]! * colour[3 * i + c]!) / 255 + behind + normal() * wall.noise;
        out[3 * i + c] = Math.max(0, Math.min(255, Math.round(value * 255)));
      }
    }
  }
  return out;
}

function softShadow({ alpha, width, height }: GroundTruth): Float32Array {
  const shadow = Float32Array.from(alpha);
  const scratch = new Float32Array(alpha.length);
  for (let pass = 0; pass < 3; pass++) {
    boxMean(shadow, width, height, SHADOW_RADIUS, shadow, scratch);
  }
  return shadow;
}

/** Repeatable standard normal numbers (mulberry32, Box–Muller). */
function normalNumbers(seed: number): () => number {
  let state = seed | 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
