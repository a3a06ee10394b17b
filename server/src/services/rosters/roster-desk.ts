import {
  type FoundPerson,
  MAX_CLASS_PEOPLE,
  MAX_CLASSES,
  MAX_ROSTER_ANSWERS,
  type RouteOutput,
} from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StationCaller } from '../../ports/access/caller.ts';
import type { EligibilityRows } from '../../ports/eligibility/eligibility-repository.ts';
import type { StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type {
  ClassName,
  RosterRows,
  RosterStanding,
  SearchedEntry,
} from '../../ports/rosters/roster-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import { tokenHash } from '../../security/tokens.ts';
import { isUsable } from '../eligibility/identity-verification.ts';
import { personIdOf } from '../eligibility/person-id.ts';
import { fieldsOf } from './identity-advice.ts';

type Needs = Stored<EligibilityRows & RosterRows & SchoolRows & StudentRows> & {
  readonly clock: Clock;
  readonly vault: Vault;
};

/** The rosters of a school as the staff of its stations use them: to check people in. */
export type RosterDesk = {
  /** Masked; that it was searched is written down, and not what for. */
  search(text: string, caller: StationCaller): Promise<RouteOutput<'searchStationRoster'>>;
  /** The classes of the open batches; of nobody in particular. */
  classes(caller: StationCaller): Promise<RouteOutput<'listStationClasses'>>;
  /** Masked, and written down as a search is. Failure: `request.notFound`. */
  openClass(
    wanted: ClassName & { readonly batchId: string },
    caller: StationCaller,
  ): Promise<Result<RouteOutput<'openStationClass'>>>;
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
    classes: (caller) => classes(environment, caller),
    openClass: (wanted, caller) => openClass(environment, wanted, caller),
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
    people: found.slice(0, MAX_ROSTER_ANSWERS).map((entry) => shown(vault, schoolId, entry)),
    more: found.length > MAX_ROSTER_ANSWERS,
  };
}

async function classes(
  { storage, clock }: Needs,
  { schoolId }: StationCaller,
): Promise<RouteOutput<'listStationClasses'>> {
  const batches = await storage.schools.openBatches(schoolId, clock());
  const lists = await Promise.all(
    batches.map(async ({ id: batchId, name: batchName }) =>
      (await storage.rosters.classSizes(batchId, MAX_CLASSES)).map((size) => ({
        ...{ batchId, batchName, ...size },
      })),
    ),
  );
  return { classes: lists.flat().slice(0, MAX_CLASSES) };
}

async function openClass(
  { storage, vault, clock }: Needs,
  { batchId, college, className }: ClassName & { readonly batchId: string },
  { stationId, schoolId }: StationCaller,
): Promise<Result<RouteOutput<'openStationClass'>>> {
  const at = clock();
  const batches = await storage.schools.openBatches(schoolId, at);
  if (!batches.some(({ id }) => id === batchId)) return fail('request.notFound');
  const filter = { batchId, exactly: { college, className } };
  const found = await storage.rosters.people(filter, 0, MAX_CLASS_PEOPLE + 1);
  if (found.length === 0) return fail('request.notFound');
  const people = found.slice(0, MAX_CLASS_PEOPLE);
  await storage.rosters.addSearch({ stationId, at, searchedBy: 'class', found: people.length });
  return ok({
    people: people.map((person) => classPerson(vault, schoolId, person)),
    more: found.length > MAX_CLASS_PEOPLE,
  });
}

function classPerson(
  vault: Vault,
  schoolId: string,
  person: RosterStanding,
): RouteOutput<'openStationClass'>['people'][number] {
  const { orderId, orderState } = person;
  return {
    ...identified(vault, schoolId, person),
    ...(orderId && orderState ? { order: { orderId, state: orderState } } : {}),
  };
}

function identified(
  vault: Vault,
  schoolId: string,
  entry: Pick<SearchedEntry, 'id' | 'idNumberHash' | 'sealed' | 'maskedName'>,
) {
  return {
    ...{ entryId: entry.id, maskedName: entry.maskedName },
    personId: personIdOf(vault, schoolId, entry.idNumberHash),
    studentNumberEnd: (fieldsOf(vault, entry).XH ?? '').slice(-4),
  };
}

function shown(vault: Vault, schoolId: string, entry: SearchedEntry): FoundPerson {
  const { college, className } = entry;
  return {
    ...identified(vault, schoolId, entry),
    ...(college ? { college } : {}),
    ...(className ? { className } : {}),
  };
}
