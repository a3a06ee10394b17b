import type { RgbImage } from '../picture/rgb-image.ts';

/** A filled ellipse; centre and radii in shares of the picture's side, colour 0–255. */
type Ellipse = {
  readonly at: readonly [x: number, y: number];
  readonly radii: readonly [x: number, y: number];
  readonly rgb: readonly [number, number, number];
};

const WHITE_OF_EYE = [240, 236, 232] as const;
const DARK = [40, 28, 24] as const;

/** A person as a child draws one, from the back to the front. */
const PARTS: readonly Ellipse[] = [
  { at: [0.5, 1.1], radii: [0.42, 0.38], rgb: [52, 60, 84] },
  { at: [0.5, 0.42], radii: [0.21, 0.26], rgb: [44, 34, 30] },
  { at: [0.5, 0.7], radii: [0.085, 0.14], rgb: [188, 140, 116] },
  { at: [0.5, 0.46], radii: [0.165, 0.22], rgb: [214, 168, 142] },
  { at: [0.43, 0.44], radii: [0.032, 0.014], rgb: WHITE_OF_EYE },
  { at: [0.57, 0.44], radii: [0.032, 0.014], rgb: WHITE_OF_EYE },
  { at: [0.43, 0.44], radii: [0.014, 0.014], rgb: DARK },
  { at: [0.57, 0.44], radii: [0.014, 0.014], rgb: DARK },
  { at: [0.43, 0.405], radii: [0.045, 0.009], rgb: [60, 44, 38] },
  { at: [0.57, 0.405], radii: [0.045, 0.009], rgb: [60, 44, 38] },
  { at: [0.5, 0.51], radii: [0.02, 0.035], rgb: [196, 148, 124] },
  { at: [0.5, 0.585], radii: [0.055, 0.016], rgb: [168, 92, 88] },
];

/** How much darker the side away from the light is. */
const SHADE = 0.18;
/** Soft edges, pixels. */
const EDGE = 1.5;

/**
 * The picture on which providers are compared: a drawn head and shoulders, `side`² pixels. The
 * networks take it for a person (the mask covers a third of it, the mesh is sure of a face), so
 * their answers are full of values that a wrong operator would change. Before noise or an even
 * surface most of them answer almost nothing, and the last bit of nothing differs everywhere.
 */
export function goldenPortrait(side = 256): RgbImage {
  const data = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      data.set(paint(x / side, y / side, side), 3 * (y * side + x));
    }
  }
  return { data, width: side, height: side };
}

/** The colour at a point, 0–255, over a wall on which the light falls off. */
function paint(x: number, y: number, side: number): [number, number, number] {
  const colour: [number, number, number] = [214 - 20 * y, 218 - 14 * x, 222];
  const light = 1 - SHADE * Math.max(0, (x - 0.5) / 0.3);
  for (const { at, radii, rgb } of PARTS) {
    const distance = Math.hypot((x - at[0]) / radii[0], (y - at[1]) / radii[1]);
    const inside = ((1 - distance) * radii[0] * side) / EDGE + 0.5;
    const coverage = Math.max(0, Math.min(1, inside));
    for (let c = 0; c < 3; c++) colour[c]! += coverage * (rgb[c]! * light - colour[c]!);
  }
  return colour;
}
