/** What a school may want otherwise: pauses, limits and retention, all as data. Milliseconds. */
export type StationTiming = {
  /** No touch for so long ends a visit … */
  readonly idleMs: number;
  /** … or so long while the hands are elsewhere: paying with a phone, posing before the camera. */
  readonly handsFreeIdleMs: number;
  /** The warning is on screen for the last part of it. */
  readonly idleWarningMs: number;
  /** The last page goes by itself so long after the last touch, at each pace. */
  readonly partingMs: { readonly stepwise: number; readonly express: number };
  readonly paymentPollMs: number;
  readonly heartbeatMs: number;
  /** Pause between two looks for the server while it cannot be reached. */
  readonly probeMs: number;
  readonly pullMs: number;
  /** Pause between pulls while somebody watches the state of an order. */
  readonly watchedPullMs: number;
  readonly settingsMs: number;
  /** Pause between two exchanges about 到场 by phone, while that is switched on. */
  readonly arrivalsMs: number;
  /** First pause after a failed delivery; doubled each time up to the cap. */
  readonly backoffBaseMs: number;
  readonly backoffCapMs: number;
  /** Orders whose deliveries run side by side. */
  readonly deliveryLanes: number;
  /** A job that the printer has not taken by then has failed. */
  readonly printMs: number;
  /** Pause between two looks at the system's own queue of jobs. */
  readonly printQueueMs: number;
  /** The staff page locks itself. */
  readonly staffIdleMs: number;
  /** By the server's clock, as are the next four. */
  readonly retentionSweepMs: number;
  /** Pictures of a settled order stay so long on the station. */
  readonly settledRetentionMs: number;
  /** Shots that nobody handed in stay so long. */
  readonly abandonedRetentionMs: number;
  /** Sealed pictures that nothing explains stay so long. */
  readonly quarantineRetentionMs: number;
  /**
   * What a station remembers of a photo whose pictures are gone stays so long: as long as its objects
   * could lie in quarantine, so that leftovers are explained.
   */
  readonly rowRetentionMs: number;
  /** A shot is refused while less than this is free, so that accepted work can always be finished. */
  readonly diskReserveBytes: number;
};

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const DEFAULT_TIMING: StationTiming = {
  idleMs: 90 * SECOND,
  handsFreeIdleMs: 180 * SECOND,
  idleWarningMs: 20 * SECOND,
  partingMs: { stepwise: 30 * SECOND, express: 8 * SECOND },
  paymentPollMs: 2 * SECOND,
  heartbeatMs: 30 * SECOND,
  probeMs: 3 * SECOND,
  pullMs: 10 * SECOND,
  watchedPullMs: 2 * SECOND,
  settingsMs: 5 * MINUTE,
  arrivalsMs: 4 * SECOND,
  backoffBaseMs: 2 * SECOND,
  backoffCapMs: 5 * MINUTE,
  deliveryLanes: 2,
  printMs: 45 * SECOND,
  printQueueMs: 2 * SECOND,
  staffIdleMs: 5 * MINUTE,
  retentionSweepMs: HOUR,
  settledRetentionMs: 7 * DAY,
  abandonedRetentionMs: 30 * DAY,
  quarantineRetentionMs: 42 * DAY,
  rowRetentionMs: 42 * DAY,
  diskReserveBytes: 256 * 1024 * 1024,
};
