/** Counts of values from 0 to `max` in equal bins: quantiles of many pixels without sorting them. */
export class Histogram {
  readonly #bins: Uint32Array;
  readonly #perUnit: number;
  #count = 0;

  /** `perUnit`: bins per unit of value. */
  constructor(max: number, perUnit: number) {
    this.#perUnit = perUnit;
    this.#bins = new Uint32Array(Math.ceil(max * perUnit) + 1);
  }

  add(value: number): void {
    const bin = Math.min(this.#bins.length - 1, Math.max(0, (value * this.#perUnit) | 0));
    this.#bins[bin]!++;
    this.#count++;
  }

  /** The value below which `share` of all lie, 0–1; the middle of its bin. 0 when empty. */
  quantile(share: number): number {
    const wanted = share * this.#count;
    let seen = 0;
    for (let bin = 0; bin < this.#bins.length; bin++) {
      seen += this.#bins[bin]!;
      if (seen > wanted) return (bin + 0.5) / this.#perUnit;
    }
    return 0;
  }

  /** Share of values above `value`, 0–1. */
  shareAbove(value: number): number {
    let above = 0;
    for (let bin = Math.ceil(value * this.#perUnit); bin < this.#bins.length; bin++) {
      above += this.#bins[bin]!;
    }
    return above / Math.max(1, this.#count);
  }
}
