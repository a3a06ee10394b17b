import type { JobQueue } from '../../src/ports/job-queue.ts';
import type { StandardizationOutcome, Standardizer } from '../../src/ports/standardizer.ts';
import { makeReport, makeStandard } from './pictures.ts';

/** Runs jobs at once, in this process; a job that throws gets the given number of tries. */
export function createInlineQueue(tries = 3): JobQueue {
  let work: (photoId: string, lastTry: boolean) => Promise<void> = async () => undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async (photoId: string) => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const lastTry = attempt === tries;
      const done = await work(photoId, lastTry).then(
        () => true,
        () => false,
      );
      if (done) return;
    }
  };
  return {
    async standardize(photoId) {
      running = running.then(() => run(photoId));
    },
    async start(wanted) {
      work = wanted;
    },
    stop: () => running,
  };
}

/** Accepts every photo, or answers what it is told, without looking at it. */
export function createTestStandardizer(
  outcomes: readonly ('accept' | 'refuse' | 'fail')[] = [],
): Standardizer {
  const next = [...outcomes];
  let seed = 1000;
  return {
    async standardize(_original, profile, onProgress): Promise<StandardizationOutcome> {
      onProgress({ stage: 'decode', fraction: 0.1 });
      onProgress({ stage: 'encode', fraction: 0.8 });
      const what = next.shift() ?? 'accept';
      if (what === 'fail') return { kind: 'failed', code: 'imaging.crashed' };
      seed += 1;
      const jpeg = await makeStandard(seed);
      const report = makeReport(jpeg.length);
      if (what === 'accept')
        return {
          kind: 'judged',
          report: { ...report, profile: { id: profile.id, version: profile.version } },
          jpeg,
        };
      const reason = { code: 'eyes.open', zh: '请睁开双眼', en: 'Open your eyes' };
      return { kind: 'judged', report: { ...report, accepted: false, reason }, jpeg };
    },
    close: async () => undefined,
  };
}
