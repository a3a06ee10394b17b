import { fail, ok, type Result } from '@gradshot/domain';
import type { JobQueue, JobWork } from '../../src/ports/ground/job-queue.ts';
import type {
  IdentityAdvice,
  StandardizationOutcome,
  Standardizer,
} from '../../src/ports/standardization/standardizer.ts';
import { makeReport } from '../in-memory/report.ts';
import { makeStandard } from './pictures.ts';

/** Runs jobs at once, in this process; a job that throws gets the given number of tries. */
export function createInlineQueue(tries = 3): JobQueue {
  let work: JobWork | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async (kind: keyof JobWork, id: string) => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const lastTry = attempt === tries;
      const done = await work?.[kind](id, lastTry).then(
        () => true,
        () => false,
      );
      if (done) return;
    }
  };
  return {
    async standardize(photoId) {
      running = running.then(() => run('standardize', photoId));
    },
    async compare(photoId) {
      running = running.then(() => run('compare', photoId));
    },
    async tell(noticeId) {
      running = running.then(() => run('tell', noticeId));
    },
    async publish(exportId) {
      running = running.then(() => run('publish', exportId));
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
    renderSheets: async () => fail('imaging.modelMissing', { file: 'none' }),
    async compareIdentity(original, reference, _profile, bands): Promise<Result<IdentityAdvice>> {
      const warning = { zh: '比对结果仅供参考。', en: 'Advice only.' };
      const same = Buffer.from(original).equals(Buffer.from(reference));
      const score = same ? 1 : 0.6;
      const { mismatchBelow = 0.4, similarFrom = 0.7 } = bands ?? {};
      const band = score < mismatchBelow ? 'mismatch' : 'unclear';
      return ok({
        band: score >= similarFrom ? 'similar' : band,
        score,
        model: 'test',
        warning,
      });
    },
    close: async () => undefined,
  };
}
