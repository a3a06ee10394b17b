import { DEFAULT_TIMING, type StationTiming } from '../../src/main/station/ground/timing.ts';

/** Eight hours in less than five minutes: nobody poses, walks or reads. */
const COMPRESSION = 100;

const faster = (ms: number) => Math.max(1, Math.round(ms / COMPRESSION));

/**
 * What the station does by the clock (heartbeats, pulls, looks for the server, sweeps, new tries) comes as
 * often for each graduate as on a day of full length. What waits for persons stays as it is.
 */
export const COMPRESSED_TIMING: Partial<StationTiming> = {
  heartbeatMs: faster(DEFAULT_TIMING.heartbeatMs),
  probeMs: faster(DEFAULT_TIMING.probeMs),
  pullMs: faster(DEFAULT_TIMING.pullMs),
  watchedPullMs: faster(DEFAULT_TIMING.watchedPullMs),
  settingsMs: faster(DEFAULT_TIMING.settingsMs),
  backoffBaseMs: faster(DEFAULT_TIMING.backoffBaseMs),
  backoffCapMs: faster(DEFAULT_TIMING.backoffCapMs),
  retentionSweepMs: faster(DEFAULT_TIMING.retentionSweepMs),
};
