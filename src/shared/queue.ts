import type { QueueState } from '@gradshot/domain';

export type QueueEntryView = {
  readonly id: string;
  /** What is called out, e.g. `A012`. */
  readonly number: string;
  readonly state: Exclude<QueueState, 'done'>;
  /** Absent where the server could not be asked who it is. */
  readonly maskedName?: string;
  /** The 采集码 must be shown before the visit can begin. */
  readonly needsCode: boolean;
  /** Of the check-in. */
  readonly since: string;
};

/** The queue of the station, for its staff alone. */
export type QueueView = {
  /** Everybody who is not done, by number; of a very long line its beginning. */
  readonly entries: readonly QueueEntryView[];
  /** How many stand in line, also beyond the entries that are told. */
  readonly waiting: number;
  readonly done: number;
};
