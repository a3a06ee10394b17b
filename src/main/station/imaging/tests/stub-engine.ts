import type { StandardizationReport } from '@gradshot/domain';
import type { Engine, Guidance } from '@gradshot/imaging';
import { buildRefusal, buildReport } from '@gradshot/testkit';

/** JPEG's first bytes, then whatever tells pictures apart. */
export function fakeJpeg(text: string, bytes = 2000): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...Buffer.alloc(bytes, text)]);
}

export type StubEngine = Engine & {
  /** What the next photos get. */
  verdict: 'accept' | 'refuse' | 'nothing' | StandardizationReport;
  /** While set, standardising waits for it. */
  gate: Promise<void> | undefined;
  /** While set, guiding waits for it. */
  guideGate: Promise<void> | undefined;
  standardized: number;
};

/** Stands for the imaging process: no pixels, but its manners (progress, abort, refusals). */
export function createStubEngine(): StubEngine {
  const engine: StubEngine = {
    verdict: 'accept',
    gate: undefined,
    guideGate: undefined,
    standardized: 0,
    info: { provider: 'cpu', trials: [], models: { detector: 'abc' }, engineVersion: 'stub' },
    async standardize(source, { signal, onProgress }) {
      onProgress?.({ stage: 'detect', fraction: 0.4 });
      await Promise.race([engine.gate ?? Promise.resolve(), aborted(signal)]);
      signal?.throwIfAborted();
      engine.standardized += 1;
      const jpeg = fakeJpeg(`standard of ${Buffer.from(source.subarray(4, 40))}`, 500);
      if (engine.verdict === 'accept') return { report: buildReport(), jpeg };
      if (engine.verdict === 'refuse') return { report: buildRefusal('pose.roll'), jpeg };
      if (engine.verdict === 'nothing') return { report: buildRefusal('face.count') };
      return engine.verdict.output ? { report: engine.verdict, jpeg } : { report: engine.verdict };
    },
    async guide(): Promise<Guidance> {
      await engine.guideGate;
      return { faces: 1, hints: [], state: 'ready' };
    },
    close: async () => undefined,
  };
  return engine;
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal?.reason), { once: true });
  });
}
