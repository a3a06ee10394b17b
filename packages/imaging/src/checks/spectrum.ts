/**
 * Power spectrum of a square grey picture whose side is a power of two, after a Hann window and
 * without its mean. Returns `side`² values, frequency zero first in both directions.
 */
export function powerSpectrum(grey: Float32Array, side: number): Float64Array {
  const real = new Float64Array(side * side);
  const imaginary = new Float64Array(side * side);
  let mean = 0;
  for (const value of grey) mean += value / grey.length;
  const window = Float64Array.from({ length: side }, (_, i) => {
    return 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / side);
  });
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) real[i] = (grey[i]! - mean) * window[x]! * window[y]!;
  }
  const transform = new LineTransform(side);
  for (let y = 0; y < side; y++) transform.run(real, imaginary, y * side, 1);
  for (let x = 0; x < side; x++) transform.run(real, imaginary, x, side);
  return real.map((value, i) => value * value + imaginary[i]! ** 2);
}

/** Cooley–Tukey transform of single rows or columns. */
class LineTransform {
  readonly #side: number;
  readonly #real: Float64Array;
  readonly #imaginary: Float64Array;
  readonly #reversed: Uint16Array;

  constructor(side: number) {
    this.#side = side;
    this.#real = new Float64Array(side);
    this.#imaginary = new Float64Array(side);
    const bits = Math.log2(side);
    this.#reversed = Uint16Array.from({ length: side }, (_, i) => {
      let out = 0;
      for (let bit = 0; bit < bits; bit++) out |= ((i >> bit) & 1) << (bits - 1 - bit);
      return out;
    });
  }

  /** Transforms the values at `start`, `start + step`, …, in place. */
  run(real: Float64Array, imaginary: Float64Array, start: number, step: number): void {
    for (let i = 0; i < this.#side; i++) {
      this.#real[this.#reversed[i]!] = real[start + i * step]!;
      this.#imaginary[this.#reversed[i]!] = imaginary[start + i * step]!;
    }
    for (let size = 2; size <= this.#side; size *= 2) this.#butterflies(size);
    for (let i = 0; i < this.#side; i++) {
      real[start + i * step] = this.#real[i]!;
      imaginary[start + i * step] = this.#imaginary[i]!;
    }
  }

  #butterflies(size: number): void {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const cos = Math.cos((2 * Math.PI * k) / size);
      const sin = -Math.sin((2 * Math.PI * k) / size);
      for (let a = k; a < this.#side; a += size) {
        const b = a + half;
        const re = this.#real[b]! * cos - this.#imaginary[b]! * sin;
        const im = this.#real[b]! * sin + this.#imaginary[b]! * cos;
        this.#real[b] = this.#real[a]! - re;
        this.#imaginary[b] = this.#imaginary[a]! - im;
        this.#real[a]! += re;
        this.#imaginary[a]! += im;
      }
    }
  }
}
