/** 撤销通过 of one photo. */
export type WithdrawalRecord = {
  readonly id: string;
  readonly orderId: string;
  readonly photoId: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly reasonSealed: Uint8Array;
  readonly goal: 'review' | 'retake';
  readonly state: 'asked' | 'approved' | 'declined';
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
};

export type WithdrawalView = WithdrawalRecord & {
  readonly askedByName: string;
  readonly decidedByName: string | null;
};

export type WithdrawalRepository = {
  /** False where one is asked for already. */
  insert(withdrawal: WithdrawalRecord): Promise<boolean>;
  /** The newest first. */
  listOfOrder(orderId: string): Promise<WithdrawalView[]>;
  decide(
    id: string,
    patch: Pick<WithdrawalRecord, 'state' | 'decidedBy' | 'decidedAt'>,
  ): Promise<void>;
};

export type WithdrawalRows = { readonly withdrawals: WithdrawalRepository };
