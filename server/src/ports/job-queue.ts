/**
 * Durable jobs. Each is run by one worker at a time; one whose worker died is taken again by
 * another. A job that throws is retried, a few times.
 */
export type JobQueue = {
  /** Queues the standardisation of a photo; a second one while the first waits is dropped. */
  standardize(photoId: string): Promise<void>;
  /** Starts working. `work` gets whether this is the last try. */
  start(work: (photoId: string, lastTry: boolean) => Promise<void>): Promise<void>;
  /** Lets running jobs end, within a limit, and takes no more. */
  stop(): Promise<void>;
};
