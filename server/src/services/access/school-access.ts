import type { RouteDefinition } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { CallerIdentity, StaffCaller } from '../../ports/access/caller.ts';
import { isWithin } from '../../ports/access/school-scope.ts';
import type { AccountRows } from '../../ports/accounts/account-repository.ts';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import type { StationRows } from '../../ports/stations/station-repository.ts';

type Needs = Stored<AccountRows & DeskRows & SchoolRows & StationRows>;

type Names = {
  readonly batchId?: string;
  readonly stationId?: string;
  readonly accountId?: string;
  readonly schoolCode?: string;
};
type Input = { readonly params: unknown; readonly query: unknown; readonly body: unknown };

/**
 * Keeps members of staff to their schools, before any handler runs. Orders and payments are
 * `OrderAccess`; this is every other thing that a request names. To whoever is kept to schools what is
 * foreign and what exists nowhere are one: `request.notFound`, before a body is looked at.
 */
export type SchoolAccess = {
  admit(caller: CallerIdentity, route: RouteDefinition, input: Input): Promise<Result<undefined>>;
};

export function createSchoolAccess({ storage }: Needs): SchoolAccess {
  return {
    async admit(caller, route, input) {
      if (caller.kind !== 'staff' || caller.schools === 'everySchool') return ok(undefined);
      if (route.school === 'filtered' || route.school === 'own') return ok(undefined);
      const names = namesIn(input);
      if (route.school === 'ofSchool' && !names.schoolCode) return fail('auth.forbidden');
      const own = await Promise.all([
        isOwnBatch(storage, caller, names.batchId),
        isOwnStation(storage, caller, names.stationId),
        isOwnAccount(storage, caller, names.accountId),
        isOwnSchool(storage, caller, names.schoolCode),
      ]);
      return own.every(Boolean) ? ok(undefined) : fail('request.notFound');
    },
  };
}

/** A path goes before a body that says otherwise. */
function namesIn({ params, query, body }: Input): Names {
  return { ...objectOf(body), ...objectOf(query), ...objectOf(params) };
}

const objectOf = (value: unknown): Names =>
  value !== null && typeof value === 'object' && !Buffer.isBuffer(value) ? value : {};

async function isOwnBatch({ desk }: DeskRows, { schools }: StaffCaller, id: string | undefined) {
  if (!id) return true;
  const batch = await desk.findBatch(id);
  return batch !== undefined && isWithin(schools, batch.schoolId);
}

async function isOwnStation(
  { stations }: StationRows,
  { schools }: StaffCaller,
  id: string | undefined,
) {
  if (!id) return true;
  const station = await stations.find(id);
  return station !== undefined && isWithin(schools, station.schoolId);
}

/** An account belongs to the schools of the students that it is linked to. */
async function isOwnAccount(
  { accounts }: AccountRows,
  { schools }: StaffCaller,
  id: string | undefined,
) {
  if (!id) return true;
  const students = await accounts.students(id);
  return students.some(({ schoolId }) => isWithin(schools, schoolId));
}

async function isOwnSchool(
  { schools: rows }: SchoolRows,
  { schools }: StaffCaller,
  code: string | undefined,
) {
  if (!code) return true;
  const school = await rows.findByCode(code);
  return school !== undefined && isWithin(schools, school.id);
}
