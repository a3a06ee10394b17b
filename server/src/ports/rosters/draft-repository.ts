/**
 * `reading`: rows are being judged; `ready`: somebody looks at them; `importing`, `cancelling`: rows are
 * being written, or what was written is being taken back.
 */
export const DRAFT_STATES = [
  'reading',
  'ready',
  'importing',
  'cancelling',
  'imported',
  'failed',
  'cancelled',
] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

/** A roster that was uploaded and is not, or not wholly, in its batch yet. */
export type RosterDraft = {
  readonly id: string;
  readonly batchId: string;
  readonly staffId: string;
  readonly state: DraftState;
  /** JSON of `DraftAbout`: names of files and sheets may be people's. */
  readonly sealed: Uint8Array;
  /** Code of the catalogue. */
  readonly failure: string | null;
  readonly done: number;
  readonly total: number | null;
  /** Which of the kept portions are the present ones. */
  readonly generation: number;
  readonly importId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Until then a server is at work on it. */
  readonly heldUntil: Date | null;
};

/** What becomes of the good rows of a portion, as the batch stood when it was judged. */
export type DraftCounts = {
  readonly good: number;
  readonly bad: number;
  readonly aside: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
};

export type DraftPortion = DraftCounts & {
  readonly draftId: string;
  readonly generation: number;
  readonly position: number;
  /** JSON of `JudgedRow[]`. */
  readonly sealed: Uint8Array;
};
export type PortionCounts = Omit<DraftPortion, 'sealed' | 'draftId' | 'generation'>;

export type DraftChange = Partial<
  Pick<
    RosterDraft,
    | 'state'
    | 'sealed'
    | 'failure'
    | 'done'
    | 'total'
    | 'generation'
    | 'importId'
    | 'expiresAt'
    | 'heldUntil'
  >
>;

export type SchoolHeadings = {
  readonly schoolId: string;
  readonly sealed: Uint8Array;
  readonly updatedBy: string;
  readonly updatedAt: Date;
};

export type RosterDraftRepository = {
  insert(draft: RosterDraft): Promise<void>;
  find(id: string): Promise<RosterDraft | undefined>;
  /** Only where it stands at one of these states; whether it did. */
  change(id: string, from: readonly DraftState[], change: DraftChange): Promise<boolean>;
  delete(id: string): Promise<void>;
  /** Those that no server works on and none will. */
  deleteExpired(now: Date): Promise<void>;
  /** A draft of the batch whose rows are being written. */
  running(batchId: string): Promise<string | undefined>;
  /** Makes this server the one that works on those which nobody holds any more. */
  claimAbandoned(now: Date, until: Date): Promise<RosterDraft[]>;
  /** In place of one at the same position. */
  savePortion(portion: DraftPortion): Promise<void>;
  portion(
    draft: Pick<RosterDraft, 'id' | 'generation'>,
    position: number,
  ): Promise<DraftPortion | undefined>;
  /** In order. */
  portionCounts(draft: Pick<RosterDraft, 'id' | 'generation'>): Promise<PortionCounts[]>;
  /** All but those of that generation; those of every one when it is null. */
  forgetPortions(draftId: string, generation: number | null): Promise<void>;
  headings(schoolId: string): Promise<SchoolHeadings | undefined>;
  saveHeadings(headings: SchoolHeadings): Promise<void>;
};

export type RosterDraftRows = { readonly rosterDrafts: RosterDraftRepository };
