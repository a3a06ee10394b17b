import { randomUUID } from 'node:crypto';
import { maskIdNumber, maskName } from '@gradshot/domain';
import type { Vault } from '../../ports/ground/vault.ts';
import type { RosterEntry } from '../../ports/rosters/roster-repository.ts';
import type { PersonFields } from '../../ports/rosters/roster-sheets.ts';
import { KEYS } from './person-fields.ts';

/** Raised with every change of what is kept of a row: an unchanged row is then written again. */
const CONTENT = 'rosterEntry:2';

export type Digests = Pick<RosterEntry, 'idNumberHash' | 'studentNumberHash' | 'contentHash'>;

/** What a person is found by, and what tells whether a row changes anything. */
export function digestsOf(vault: Vault, fields: PersonFields): Digests {
  return {
    idNumberHash: vault.pseudonym(KEYS.SFZH(fields.SFZH ?? ''), 'idNumber'),
    studentNumberHash: vault.pseudonym(KEYS.XH(fields.XH ?? ''), 'studentNumber'),
    contentHash: vault.pseudonym(contentOf(fields), CONTENT),
  };
}

const contentOf = (fields: PersonFields) => JSON.stringify(Object.entries(fields).sort());

export type EntryFacts = {
  readonly batchId: string;
  readonly staffId: string;
  readonly at: Date;
  /** Among all rows of the file. */
  readonly position: number;
};

export function entryOf(
  vault: Vault,
  fields: PersonFields,
  { batchId, staffId, at, position }: EntryFacts,
): RosterEntry {
  const digests = digestsOf(vault, fields);
  const content = contentOf(fields);
  return {
    id: randomUUID(),
    batchId,
    ...digests,
    examineeNumberHash: fields.KSH ? vault.pseudonym(KEYS.KSH(fields.KSH), 'examineeNumber') : null,
    sealed: vault.seal(content, `rosterEntries:${digests.idNumberHash}`),
    maskedName: maskName(fields.XM ?? ''),
    maskedIdNumber: maskIdNumber(fields.SFZH ?? ''),
    college: fields.XY ?? null,
    className: fields.BJ ?? null,
    position,
    importedBy: staffId,
    createdAt: at,
    updatedAt: at,
  };
}
