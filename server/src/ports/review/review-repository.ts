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
};

export type ReviewRepository = {
  /** Leases of a reviewer that still hold, the first taken first. */
  leasesOf(staffId: string, now: Date): Promise<ReviewLease[]>;
  /**
   * Leases the photo that waits longest and that nobody holds, or undefined when none waits. Two
   * callers never get the same one. `lease`: all of it but the photo.
   */
  leaseOldest(lease: Omit<ReviewLease, 'orderId' | 'photoId'>): Promise<ReviewLease | undefined>;
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
  /** Only if it is that one. */
  releaseLease(lease: Pick<ReviewLease, 'orderId' | 'leaseId' | 'staffId'>): Promise<void>;
  releaseLeasesOf(staffId: string): Promise<void>;
  /** Photos under review that nobody holds. */
  countWaiting(now: Date): Promise<number>;
  findDecision(photoId: string): Promise<ReviewDecision | undefined>;
  addDecision(decision: ReviewDecision): Promise<void>;
  /** The newest first. */
  decisionsOf(orderId: string): Promise<ReviewDecision[]>;
};

export type ReviewRows = { readonly reviews: ReviewRepository };
