import type { Progress } from '../api.ts';

type Stage = Progress['stage'];

/** Share of a photo's time that has passed when a stage begins, from the bench. */
const BEGINS_AT: Readonly<Record<Stage, number>> = {
  decode: 0,
  detect: 0.35,
  segment: 0.5,
  matte: 0.6,
  compose: 0.8,
  encode: 0.85,
  check: 0.95,
};

/** Times the stages of one photo, reports progress and stops between them when asked to. */
export class StageClock {
  readonly #began = performance.now();
  readonly #timings: Record<string, number> = {};
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  readonly #signal: AbortSignal | undefined;

  constructor(onProgress?: (progress: Progress) => void, signal?: AbortSignal) {
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  /** Runs one stage. Throws the signal's AbortError before or after it. */
  async run<T>(stage: Stage, work: () => T | Promise<T>): Promise<T> {
    this.#signal?.throwIfAborted();
    this.#onProgress?.({ stage, fraction: BEGINS_AT[stage] });
    const from = performance.now();
    try {
      return await work();
    } finally {
      this.#timings[stage] = (this.#timings[stage] ?? 0) + performance.now() - from;
      this.#signal?.throwIfAborted();
    }
  }

  /** Milliseconds by stage, and `total`, to a tenth. */
  timings(): Record<string, number> {
    const all = { ...this.#timings, total: performance.now() - this.#began };
    return Object.fromEntries(
      Object.entries(all).map(([stage, ms]) => [stage, Math.round(ms * 10) / 10]),
    );
  }

  finish(): void {
    this.#onProgress?.({ stage: 'check', fraction: 1 });
  }
}
