/** What is done with a photo, a notice or an export batch. Each gets whether this is the last try. */
export type JobWork = {
  standardize(photoId: string, lastTry: boolean): Promise<void>;
  compare(photoId: string, lastTry: boolean): Promise<void>;
  tell(noticeId: string, lastTry: boolean): Promise<void>;
  /** All that is to be done about an export batch. */
  publish(exportId: string, lastTry: boolean): Promise<void>;
};

export type StandardizationQueue = {
  /** Queues the standardisation of a photo; a second one while the first waits is dropped. */
  standardize(photoId: string): Promise<void>;
};

export type ComparisonQueue = {
  /** Queues the comparison of a photo with the reference photo of its roster; likewise. */
  compare(photoId: string): Promise<void>;
};

export type NoticeQueue = {
  /** Queues the sending of a notice; likewise, with longer waits between the tries. */
  tell(noticeId: string): Promise<void>;
};

export type PublishingQueue = {
  /** Queues the work on an export batch; a second one while the first waits or runs is dropped. */
  publish(exportId: string): Promise<void>;
};

/**
 * Durable jobs. Each is run by one worker at a time; one whose worker died is taken again by
 * another. A job that throws is retried, a few times.
 */
export type JobQueue = StandardizationQueue &
  ComparisonQueue &
  NoticeQueue &
  PublishingQueue & {
    /** Starts working. */
    start(work: JobWork): Promise<void>;
    /** Lets running jobs end, within a limit, and takes no more. */
    stop(): Promise<void>;
  };
