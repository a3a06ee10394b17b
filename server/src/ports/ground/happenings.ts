/** Something that a client on the other side of a stream may want to fetch again. */
export type Happening = {
  readonly topic: 'chat' | 'notice' | 'order' | 'standardization' | 'review';
  /** Whom it concerns: one account, or every account linked to the student. */
  readonly accountId?: string;
  readonly studentId?: string;
  readonly orderId?: string;
  /** A notice that is to be sent out as well. */
  readonly noticeId?: string;
};

/** What happens on this server and on its replicas. */
export type HappeningSource = {
  /** Returns the function that ends the subscription. */
  subscribe(listener: (happening: Happening) => void): () => void;
};

/** Carries happenings to the streams of this server and of its replicas. */
export type HappeningBus = HappeningSource & {
  publish(happening: Happening): void;
  close(): Promise<void>;
};

export type Announcing = {
  /** Tells whoever listens, once the transaction is committed; at once outside one. */
  announce(happening: Happening): void;
};
