import { randomUUID } from 'node:crypto';
import type { RosterResult } from '@gradshot/contract';
import { fail, maskIdNumber, maskName, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { RosterReader, RosterRow } from '../../ports/rosters/roster-reader.ts';
import type {
  KnownRosterEntry,
  RosterEntry,
  RosterRows,
} from '../../ports/rosters/roster-repository.ts';
import { findColumns } from './roster-columns.ts';
import { KEYS, type Person, type RowError, readPeople } from './roster-rows.ts';

type Rows = DeskRows & RosterRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly vault: Vault;
};

export type RosterFile = {
  readonly batchId: string;
  readonly bytes: Uint8Array;
  /** Only checks. */
  readonly dryRun: boolean;
};

export type RosterImport = {
  /**
   * All or nothing: with one error in one row nothing is written. Failures: `request.notFound`,
   * `request.tooLarge`, `roster.unreadable`, `roster.columnsMissing`.
   */
  take(caller: StaffCaller, file: RosterFile): Promise<Result<RosterResult>>;
};

export function createRosterImport(environment: Needs, reader: RosterReader): RosterImport {
  return {
    async take(caller, { batchId, bytes, dryRun }) {
      if (!(await environment.storage.desk.findBatch(batchId))) return fail('request.notFound');
      const table = await reader.read(bytes);
      if (!table.ok) return table;
      const { header, rows } = headed(table.value.rows);
      const columns = findColumns(header);
      if (!columns.ok) return columns;
      const { people, errors } = readPeople(rows, columns.value);
      const entries = people.map((person) => entryOf(environment, batchId, caller, person));
      return ok(
        await environment.storage.transaction((repositories) =>
          compareAndSave(repositories, { caller, batchId }, { people, entries, errors, dryRun }),
        ),
      );
    },
  };
}

/** Schools put a title, a date or a note above the header. */
const HEADER_WITHIN = 10;

function headed(rows: readonly RosterRow[]): {
  readonly header: RosterRow | undefined;
  readonly rows: readonly RosterRow[];
} {
  const found = rows.slice(0, HEADER_WITHIN).findIndex((row) => findColumns(row).ok);
  const at = Math.max(0, found);
  return { header: rows[at], rows: rows.slice(at + 1) };
}

/** Raised with every change of what is kept of a row: an unchanged row is then written again. */
const CONTENT = 'rosterEntry:2';

function entryOf(
  { vault, clock }: Needs,
  batchId: string,
  { staffId }: StaffCaller,
  { row, fields }: Person,
): RosterEntry {
  const content = JSON.stringify(Object.entries(fields).sort());
  const idNumberHash = vault.pseudonym(KEYS.SFZH(fields.SFZH), 'idNumber');
  const at = clock();
  return {
    id: randomUUID(),
    batchId,
    idNumberHash,
    studentNumberHash: vault.pseudonym(KEYS.XH(fields.XH), 'studentNumber'),
    examineeNumberHash: fields.KSH ? vault.pseudonym(KEYS.KSH(fields.KSH), 'examineeNumber') : null,
    contentHash: vault.pseudonym(content, CONTENT),
    sealed: vault.seal(content, `rosterEntries:${idNumberHash}`),
    maskedName: maskName(fields.XM),
    maskedIdNumber: maskIdNumber(fields.SFZH),
    college: fields.XY ?? null,
    className: fields.BJ ?? null,
    position: row,
    importedBy: staffId,
    createdAt: at,
    updatedAt: at,
  };
}

type Import = {
  readonly people: readonly Person[];
  /** In the order of `people`. */
  readonly entries: readonly RosterEntry[];
  readonly errors: readonly RowError[];
  readonly dryRun: boolean;
};

async function compareAndSave(
  { rosters }: Rows,
  { caller, batchId }: { readonly caller: StaffCaller; readonly batchId: string },
  { people, entries, errors, dryRun }: Import,
): Promise<RosterResult> {
  await rosters.lockBatch(batchId);
  const known = await rosters.known(batchId);
  const all = [...errors, ...takenNumbers(people, entries, known)];
  const { added, updated, unchanged } = compare(entries, known);
  const result = {
    total: people.length,
    added: added.length,
    updated: updated.length,
    unchanged: unchanged.length,
    errors: all,
  };
  if (all.length > 0) return { ...result, added: 0, updated: 0, unchanged: 0, imported: false };
  if (dryRun) return { ...result, imported: false };
  await rosters.save([...added, ...updated]);
  const count = added.length + updated.length;
  const at = entries[0]?.createdAt ?? new Date();
  await rosters.addAct({ batchId, at, staffId: caller.staffId, act: 'importRoster', count });
  return { ...result, imported: true };
}

function compare(entries: readonly RosterEntry[], known: readonly KnownRosterEntry[]) {
  const before = new Map(known.map((entry) => [entry.idNumberHash, entry]));
  const added: RosterEntry[] = [];
  const updated: RosterEntry[] = [];
  const unchanged: RosterEntry[] = [];
  for (const entry of entries) {
    const former = before.get(entry.idNumberHash);
    if (!former) added.push(entry);
    else if (former.contentHash === entry.contentHash) unchanged.push(entry);
    else updated.push({ ...entry, id: former.id, createdAt: former.createdAt });
  }
  return { added, updated, unchanged };
}

/** A student number that somebody outside of this file has in the batch already. */
function takenNumbers(
  people: readonly Person[],
  entries: readonly RosterEntry[],
  known: readonly KnownRosterEntry[],
): RowError[] {
  const inFile = new Set(entries.map(({ idNumberHash }) => idNumberHash));
  const owners = new Map(
    known
      .filter(({ idNumberHash }) => !inFile.has(idNumberHash))
      .map((entry) => [entry.studentNumberHash, entry.idNumberHash]),
  );
  return entries.flatMap(({ studentNumberHash }, index) =>
    owners.has(studentNumberHash)
      ? [
          {
            row: people[index]?.row ?? 0,
            column: 'XH',
            zh: '学号已被此前导入的另一人使用',
            en: 'Somebody imported before has this student number',
          },
        ]
      : [],
  );
}
