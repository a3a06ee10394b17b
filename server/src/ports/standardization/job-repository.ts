import type { ErrorCode } from '@gradshot/domain';

export type StandardizationJobRecord = {
  readonly photoId: string;
  readonly orderId: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  /** 0–1. */
  readonly progress: number;
  readonly stage: string | null;
  readonly error: ErrorCode | null;
  readonly attempts: number;
  readonly queuedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
};

export type JobPatch = Partial<Omit<StandardizationJobRecord, 'photoId' | 'orderId'>>;

export type JobRepository = {
  find(photoId: string): Promise<StandardizationJobRecord | undefined>;
  lock(photoId: string): Promise<StandardizationJobRecord | undefined>;
  insert(job: StandardizationJobRecord): Promise<void>;
  /** Of a job that has ended: it starts again. */
  restart(photoId: string, patch: JobPatch): Promise<void>;
  /** False, and nothing written, when the job has ended: another worker was faster. */
  update(photoId: string, patch: JobPatch): Promise<boolean>;
  /** Writes progress, unless the job has ended. */
  progress(
    photoId: string,
    patch: Pick<StandardizationJobRecord, 'progress' | 'stage'>,
  ): Promise<void>;
  /** Queued jobs before this one. */
  ahead(photoId: string): Promise<number>;
  /** Jobs queued before and not begun. */
  listWaiting(before: Date): Promise<StandardizationJobRecord[]>;
  /** Jobs said to run since before: their worker is gone. */
  listStuck(before: Date): Promise<StandardizationJobRecord[]>;
};

export type JobRows = { readonly jobs: JobRepository };
