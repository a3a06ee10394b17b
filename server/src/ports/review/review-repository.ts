import type { SchoolScope } from '../access/school-scope.ts';
export type ReviewLease = {
  readonly orderId: string;
  readonly leaseId: string;
  readonly photoId: string;
  readonly staffId: string;
  readonly takenAt: Date;
  readonly expiresAt: Date;
};

export type ReviewDecision = {
  readonly photoId: string;
  readonly orderId: string;
  readonly leaseId: string;
  readonly staffId: string;
  readonly decision: 'approved' | 'rejected';
  readonly codes: readonly string[];
  readonly note: string;
  readonly at: Date;
  /** Not carried out before then; null once it is. */
  readonly heldUntil: Date | null;
};

export type ReviewPass = {
  readonly orderId: string;
  readonly staffId: string;
  readonly at: Date;
};

export type ReviewRepository = {
  /** Leases of a reviewer that still hold, the first taken first. */
  leasesOf(staffId: string, now: Date): Promise<ReviewLease[]>;
  /**
   * Leases the photo that waits longest, undecided and held by nobody, or undefined when none waits;
   * what this reviewer gave back comes after all others, the longest ago first. Two callers never
   * get the same one. `lease`: all of it but the photo.
   */
  leaseOldest(
    lease: Omit<ReviewLease, 'orderId' | 'photoId'>,
    scope: SchoolScope,
  ): Promise<ReviewLease | undefined>;
  /** The order's lease, also one that has run out; held until the transaction ends. */
  lockLease(orderId: string): Promise<ReviewLease | undefined>;
  /** False when the lease is not this reviewer's any more. */
  extendLease(
    lease: Pick<ReviewLease, 'orderId' | 'leaseId' | 'staffId'>,
    now: Date,
    expiresAt: Date,
  ): Promise<boolean>;
  /** Whoever holds it. */
  dropLease(orderId: string): Promise<void>;
  /** Only if it is that one; whether it was. */
  releaseLease(lease: Pick<ReviewLease, 'orderId' | 'leaseId' | 'staffId'>): Promise<boolean>;
  releaseLeasesOf(staffId: string): Promise<void>;
  /** A lease of an order that nobody holds; false where somebody does. */
  lease(lease: ReviewLease): Promise<boolean>;
  /** This reviewer gave the order back. */
  notePass(pass: ReviewPass): Promise<void>;
  forgetPasses(before: Date): Promise<void>;
  /** Photos under review, undecided, that nobody holds. */
  countWaiting(now: Date, scope: SchoolScope): Promise<number>;
  findDecision(photoId: string): Promise<ReviewDecision | undefined>;
  addDecision(decision: ReviewDecision): Promise<void>;
  /** Orders with a decision whose time to be carried out has come, the longest due first. */
  dueDecisions(now: Date, limit: number): Promise<{ photoId: string; orderId: string }[]>;
  /** It is held no longer. */
  endHold(photoId: string): Promise<void>;
  removeDecision(photoId: string): Promise<void>;
  /** The newest first. */
  decisionsOf(orderId: string): Promise<ReviewDecision[]>;
};

export type ReviewRows = { readonly reviews: ReviewRepository };
