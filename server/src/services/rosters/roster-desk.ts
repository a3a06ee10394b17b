import { type FoundPerson, MAX_ROSTER_ANSWERS, type RouteOutput } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StationCaller } from '../../ports/access/caller.ts';
import type { EligibilityRows } from '../../ports/eligibility/eligibility-repository.ts';
import type { StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { RosterRows, SearchedEntry } from '../../ports/rosters/roster-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import { tokenHash } from '../../security/tokens.ts';
import { isUsable } from '../eligibility/identity-verification.ts';
import { fieldsOf } from './identity-advice.ts';

type Needs = Stored<EligibilityRows & RosterRows & SchoolRows & StudentRows> & {
  readonly clock: Clock;
  readonly vault: Vault;
};

/** The rosters of a school as the staff of its stations use them: to check people in. */
export type RosterDesk = {
  /** Masked; that it was searched is written down, and not what for. */
  search(text: string, caller: StationCaller): Promise<RouteOutput<'searchStationRoster'>>;
  /** Failure: `eligibility.ticketExpired`. */
  confirm(
    ticket: string,
    entryId: string,
    caller: StationCaller,
  ): Promise<Result<RouteOutput<'confirmRosterPerson'>>>;
};

export function createRosterDesk(environment: Needs): RosterDesk {
  return {
    search: (text, caller) => search(environment, text, caller),
    confirm: (ticket, entryId, caller) =>
      environment.storage.transaction(async ({ eligibility, students, rosters }) => {
        const known = await eligibility.lockTicket(tokenHash(ticket));
        if (!known || !isUsable(known, caller, environment.clock()))
          return fail('eligibility.ticketExpired');
        const student = await students.find(known.studentId);
        const person = await rosters.personAt(entryId, caller.schoolId);
        return ok({ same: person !== undefined && person.idNumberHash === student?.idNumberHash });
      }),
  };
}

async function search(
  { storage, vault, clock }: Needs,
  text: string,
  { stationId, schoolId }: StationCaller,
): Promise<RouteOutput<'searchStationRoster'>> {
  const { rosters, schools } = storage;
  const at = clock();
  const batchIds = (await schools.openBatches(schoolId, at)).map(({ id }) => id);
  const byNumber = /\d/.test(text);
  const entries = await rosters.search(
    batchIds,
    byNumber
      ? {
          studentNumberHash: vault.pseudonym(text.toUpperCase(), 'studentNumber'),
          examineeNumberHash: vault.pseudonym(text, 'examineeNumber'),
        }
      : { firstCharacter: [...text][0] ?? '' },
  );
  const found = byNumber
    ? entries
    : entries.filter((entry) => (fieldsOf(vault, entry).XM ?? '').startsWith(text));
  await rosters.addSearch({
    ...{ stationId, at, found: found.length },
    searchedBy: byNumber ? 'number' : 'name',
  });
  return {
    people: found.slice(0, MAX_ROSTER_ANSWERS).map((entry) => shown(vault, entry)),
    more: found.length > MAX_ROSTER_ANSWERS,
  };
}

function shown(vault: Vault, entry: SearchedEntry): FoundPerson {
  const { id, maskedName, college, className } = entry;
  return {
    ...{ entryId: id, maskedName },
    studentNumberEnd: (fieldsOf(vault, entry).XH ?? '').slice(-4),
    ...(college ? { college } : {}),
    ...(className ? { className } : {}),
  };
}
