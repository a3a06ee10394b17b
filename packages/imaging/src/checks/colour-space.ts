/** CIE L*a*b* under D65: L* 0–100, a* green–red, b* blue–yellow. */
export type Lab = { readonly l: number; readonly a: number; readonly b: number };

/** sRGB bytes to linear light, 0–1 (IEC 61966-2-1). */
const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** D65 white point. */
const WHITE_X = 0.95047;
const WHITE_Z = 1.08883;

/** Converts one sRGB colour, 0–255 each; fractions are rounded. */
export function toLab(red: number, green: number, blue: number): Lab {
  const r = LINEAR[toByte(red)]!;
  const g = LINEAR[toByte(green)]!;
  const b = LINEAR[toByte(blue)]!;
  const x = compress((0.4124 * r + 0.3576 * g + 0.1805 * b) / WHITE_X);
  const y = compress(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = compress((0.0193 * r + 0.1192 * g + 0.9505 * b) / WHITE_Z);
  return { l: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z) };
}

function compress(value: number): number {
  return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116;
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
}

/** CIE 1976 colour difference. */
export function labDistance(p: Lab, q: Lab): number {
  return Math.hypot(p.l - q.l, p.a - q.a, p.b - q.b);
}

export function chroma({ a, b }: Lab): number {
  return Math.hypot(a, b);
}

/** Hue angle, degrees, −180 to 180; blue lies near −80. */
export function hueDeg({ a, b }: Lab): number {
  return (Math.atan2(b, a) * 180) / Math.PI;
}

/** Rec. 709 luma of gamma-coded values, 0–255: what a viewer calls brightness, near enough. */
export function luma(red: number, green: number, blue: number): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
