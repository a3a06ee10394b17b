import { type OrderState, statesIn } from '@gradshot/domain';

/** For how long photos are kept; days. */
export type Retention = {
  /** After the order came to its end; else after its batch closed and after its last change. */
  readonly endedDays: number;
  /** Of a photo that another one took the place of, or that was refused. */
  readonly discardedDays: number;
};

/** Time to download and to object to what stands at 学信网; another shot needs no such time. */
export const DEFAULT_RETENTION: Retention = { endedDays: 180, discardedDays: 30 };

/** Closing time of a batch without an end, in a column that has to have one. */
export const NO_END = new Date('9999-12-31T00:00:00Z');

/** Nothing is done with the photo any more but downloading it; 上网 still needs it. */
export const ENDED: readonly OrderState[] = statesIn('approved', 'ended').filter(
  (state) => state !== 'publishing',
);
/** The graduate was to go on and did not, or money is on its way back. */
export const UNFINISHED = statesIn('payment', 'photo', 'rejected', 'refunding');
/** Earlier photos of the order are held against the present one. */
export const IN_REVIEW = statesIn('review');

export type ErasureRule = 'ended' | 'unfinished' | 'discarded';

/** What happened before these times is over for long enough. */
export type RetentionLimits = { readonly endedBefore: Date; readonly discardedBefore: Date };

/** One order's photos that went by one rule at one time. */
export type ErasureRecord = {
  readonly at: Date;
  readonly orderId: string;
  readonly rule: ErasureRule;
  readonly photos: number;
};

export type RetentionRepository = {
  /** Orders with photos whose time is over. */
  ordersDue(limits: RetentionLimits, limit: number): Promise<string[]>;
  /** Those photos of one order; lock the order first, so that it cannot go on meanwhile. */
  photosDue(
    limits: RetentionLimits,
    orderId: string,
  ): Promise<{ readonly photoId: string; readonly rule: ErasureRule }[]>;
  /**
   * Takes everything that shows or measures a face from the photos' rows. Their objects are unused
   * from then on, and removed where no other row uses them.
   */
  erase(photoIds: readonly string[], at: Date): Promise<void>;
  addErasure(erasure: ErasureRecord): Promise<void>;
};

export type RetentionRows = { readonly retention: RetentionRepository };
