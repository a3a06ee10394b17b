import type { RosterEntry } from './roster-repository.ts';

/** What an import did to a batch, and whether it was undone. */
export type RosterImportRecord = {
  readonly id: string;
  readonly batchId: string;
  readonly staffId: string;
  readonly at: Date;
  readonly state: 'running' | 'done' | 'undoing' | 'undone';
  readonly fileNameSealed: Uint8Array;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly bad: number;
  readonly aside: number;
  /** Rows whose number somebody else had when they were to be written. */
  readonly refused: number;
  readonly undoneBy: string | null;
  readonly undoneAt: Date | null;
  /** Of those that it added or changed, people who stayed as they were. */
  readonly kept: number;
};

/** One person whom an import added or changed; gone once that is undone. */
export type ImportChange = {
  readonly importId: string;
  readonly entryId: string;
  readonly kind: 'added' | 'changed';
  /** Digest of what the import left: another one means that somebody changed it since. */
  readonly afterHash: string;
  /** As it was before; null of one that was added. */
  readonly before: FormerEntry | null;
};

/** `sealed` in base64. */
export type FormerEntry = Omit<RosterEntry, 'sealed' | 'createdAt' | 'updatedAt'> & {
  readonly sealed: string;
  readonly createdAt: string;
  readonly updatedAt: string;
};

export type ListedImport = RosterImportRecord & {
  readonly by: string;
  readonly undoneByName: string | null;
};

export type RosterImportRepository = {
  insert(record: RosterImportRecord): Promise<void>;
  find(id: string): Promise<RosterImportRecord | undefined>;
  change(
    id: string,
    from: readonly RosterImportRecord['state'][],
    change: Partial<RosterImportRecord>,
  ): Promise<boolean>;
  /** The newest first; running ones and those that were cancelled are left out. */
  list(batchId: string, limit: number): Promise<ListedImport[]>;
  delete(id: string): Promise<void>;
  /** The first change of a person by an import stays. */
  addChanges(changes: readonly ImportChange[]): Promise<void>;
  countChanges(importId: string): Promise<Readonly<Record<ImportChange['kind'], number>>>;
  /** In the order of their entries. */
  changes(
    importId: string,
    kind: ImportChange['kind'],
    after: string | null,
    limit: number,
  ): Promise<ImportChange[]>;
  forgetChanges(importId: string, entryIds: readonly string[]): Promise<void>;
};

export type RosterImportRows = { readonly rosterImports: RosterImportRepository };
