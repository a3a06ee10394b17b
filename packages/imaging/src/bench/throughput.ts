import { errorSentence, type PhotoProfile } from '@gradshot/domain';
import { openEngines } from '../cli/engine-pool.ts';
import { peakMemory } from '../robustness/campaign.ts';
import { tenths } from './statistics.ts';

/** Photos per second with so many processes at work, and the most memory that one of them held. */
export type Throughput = {
  readonly workers: number;
  readonly photosPerSecond: number;
  /** Peak resident MB of the largest process; absent where the system does not tell. */
  readonly peakMb?: number;
};

const WARM_UP_PER_WORKER = 4;

/** Measures one number of workers: each takes the next photo as soon as it is free. */
export async function measureThroughput(
  workers: number,
  source: Uint8Array,
  profile: PhotoProfile,
  photos: number,
): Promise<Throughput> {
  const opened = await openEngines(workers, 'cpu', console.error);
  if (!opened.ok) throw new Error(errorSentence(opened.error, 'en'));
  const engines = opened.value;
  const share = async (count: number) => {
    let left = count;
    await Promise.all(
      engines.map(async (engine) => {
        while (left-- > 0) await engine.standardize(source, { profile });
      }),
    );
  };
  await share(WARM_UP_PER_WORKER * workers);
  const start = performance.now();
  await share(photos);
  const seconds = (performance.now() - start) / 1000;
  const peaks = await Promise.all(engines.map((engine) => peakMemory(engine.health().pid)));
  await Promise.all(engines.map((engine) => engine.close()));
  const peakMb = Math.max(...peaks.map((peak) => peak ?? 0));
  const measured = { workers, photosPerSecond: tenths(photos / seconds) };
  return peakMb > 0 ? { ...measured, peakMb } : measured;
}
