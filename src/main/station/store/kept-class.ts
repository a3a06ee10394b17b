/** Somebody of the class, as far as the station knows. */
export type KeptClassPerson = {
  readonly entryId: string;
  readonly personId: string;
  readonly maskedName: string;
  readonly studentNumberEnd: string;
  readonly orderId?: string;
  /** `done`: handed in here, or so the server says. */
  readonly mark?: 'absent' | 'done';
};

/** The class that staff work through; kept sealed over restarts, until the server's next day. */
export type KeptClass = {
  readonly batchId: string;
  readonly college: string;
  readonly className: string;
  /** By the station's clock, ISO 8601. */
  readonly loadedAt: string;
  readonly more: boolean;
  /** The server's day that it is of, once one was heard: `YYYY-MM-DD`. */
  readonly day?: string;
  readonly people: readonly KeptClassPerson[];
};
