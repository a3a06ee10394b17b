export type School = {
  readonly id: string;
  /** Code that the 学信网 gateway uses for the school. */
  readonly code: string;
  readonly name: string;
  readonly phone: string;
  readonly hours: string;
  readonly createdAt: Date;
};

export type FaqEntry = {
  readonly id: string;
  /** Null: shown at every school. */
  readonly schoolId: string | null;
  readonly position: number;
  readonly questionZh: string;
  readonly answerZh: string;
  readonly questionEn: string;
  readonly answerEn: string;
};

export type Batch = {
  readonly id: string;
  readonly schoolId: string;
  readonly name: string;
  readonly priceFen: number;
  readonly profileId: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly createdAt: Date;
};

export type SchoolRepository = {
  insert(school: School): Promise<void>;
  find(id: string): Promise<School | undefined>;
  findByCode(code: string): Promise<School | undefined>;
  insertBatch(batch: Batch): Promise<void>;
  /** Batches open at that time, the newest first. */
  openBatches(schoolId: string, at: Date): Promise<Batch[]>;
  insertFaq(entry: FaqEntry): Promise<void>;
  /** The school's own entries and those for all, in order; the latter alone without a school. */
  faq(schoolId?: string): Promise<FaqEntry[]>;
};

export type SchoolRows = { readonly schools: SchoolRepository };
