import { randomUUID } from 'node:crypto';
import type { StaffMember } from '@gradshot/contract';
import { fail, ok, type Result, type StaffRole } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import { isWithin } from '../../ports/access/school-scope.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { ReviewRows } from '../../ports/review/review-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import type { Passwords } from '../../ports/staff/passwords.ts';
import type { StaffRecord, StaffRows } from '../../ports/staff/staff-repository.ts';
import { newToken } from '../../security/tokens.ts';
import { isOfOwnSchools, isSameScope, mayChange } from './staff-granting.ts';
import { staffMemberOf } from './staff-view.ts';

type Rows = ReviewRows & SchoolRows & StaffRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly passwords: Passwords;
};

export type StaffChange = {
  readonly account: string;
  readonly name: string;
  readonly roles: readonly StaffRole[];
  /** Codes; null: every school. Absent: as before, of a new one the caller's. */
  readonly schools?: readonly string[] | null | undefined;
  readonly enabled: boolean;
  readonly password?: string | undefined;
};

export type FirstLogin = { readonly account: string; readonly password: string };

export type StaffMembers = {
  /** Those of the caller's schools alone. */
  list(caller: StaffCaller): Promise<StaffMember[]>;
  /** Whether anybody has not yet changed a password that somebody else has set. */
  anyPasswordDue(): Promise<boolean>;
  /**
   * Creates or changes a member; a password set here must be changed at the first login. Failures:
   * `staff.accountTaken`, `staff.lastAdministrator`, `request.invalid` (a new one needs a password,
   * an administrator has every school), those of `mayChange`.
   */
  save(caller: StaffCaller, staffId: string, change: StaffChange): Promise<Result<StaffMember>>;
  /**
   * The first administrator of an empty installation, with a password to be changed at the first
   * login. `tell` comes before the commit, because nobody could log in if it were lost in between.
   * False when there is staff already.
   */
  createFirst(tell: (first: FirstLogin) => Promise<void>): Promise<boolean>;
  /** Members of the sample, whose passwords everybody may know. Existing ones stay as they are. */
  installSample(members: readonly (StaffChange & { readonly password: string })[]): Promise<void>;
};

const FIRST_ACCOUNT = 'admin';

export function createStaffMembers(environment: Needs): StaffMembers {
  const { storage, passwords } = environment;
  return {
    async list(caller) {
      const members = (await storage.staff.list()).filter((one) => isOfOwnSchools(caller, one));
      return Promise.all(members.map((member) => staffMemberOf(storage, member)));
    },
    async anyPasswordDue() {
      const members = await storage.staff.list();
      return members.some(({ mustChangePassword }) => mustChangePassword);
    },
    async save(caller, staffId, change) {
      // Hashing is slow on purpose: not while the rows are locked.
      const passwordHash = change.password ? await passwords.hash(change.password) : undefined;
      return storage.transaction((repositories) =>
        save(environment, repositories, { caller, staffId, change, passwordHash }),
      );
    },
    async createFirst(tell) {
      const password = newToken();
      const passwordHash = await passwords.hash(password);
      return storage.transaction(async ({ staff }) => {
        if ((await staff.lockAll()).length > 0) return false;
        await staff.save({ ...firstOf(environment), passwordHash });
        await tell({ account: FIRST_ACCOUNT, password });
        return true;
      });
    },
    async installSample(members) {
      for (const member of members) await installOne(environment, member);
    },
  };
}

function newRecord({ clock }: Needs): StaffRecord {
  const now = clock();
  return {
    id: randomUUID(),
    account: '',
    name: '',
    roles: [],
    schoolIds: null,
    passwordHash: '',
    mustChangePassword: true,
    enabled: true,
    wrongCount: 0,
    lockedUntil: null,
    createdAt: now,
    updatedAt: now,
  };
}

const firstOf = (environment: Needs): StaffRecord => ({
  ...newRecord(environment),
  account: FIRST_ACCOUNT,
  name: '管理员',
  roles: ['administrator'],
});

async function installOne(
  environment: Needs,
  { password, ...member }: StaffChange & { readonly password: string },
): Promise<void> {
  const passwordHash = await environment.passwords.hash(password);
  await environment.storage.transaction(async ({ staff, schools }) => {
    if (await staff.lockByAccount(member.account)) return;
    const { account, name, roles, enabled } = member;
    const schoolIds = member.schools ? await idsOf(schools, member.schools) : null;
    if (schoolIds === undefined) throw new Error('a member of the sample of an unknown school');
    const record = { ...newRecord(environment), account, name, roles, schoolIds, enabled };
    await staff.save({ ...record, passwordHash, mustChangePassword: false });
  });
}

type Saving = {
  readonly caller: StaffCaller;
  readonly staffId: string;
  readonly change: StaffChange;
  readonly passwordHash: string | undefined;
};

async function save(
  environment: Needs,
  repositories: Rows,
  { caller, staffId, change, passwordHash }: Saving,
): Promise<Result<StaffMember>> {
  const { staff } = repositories;
  const all = await staff.lockAll();
  const account = change.account.toLowerCase();
  const { name, roles, enabled } = change;
  const former = all.find(({ id }) => id === staffId);
  const schoolIds = await wantedSchools(repositories, caller, former, change);
  if (schoolIds === undefined) return fail('request.invalid', { field: 'schools' });
  const may = mayChange(caller, former, { roles, schoolIds, enabled });
  if (!may.ok) return may;
  if (schoolIds && roles.includes('administrator'))
    return fail('request.invalid', { field: 'schools' });
  if (all.some((other) => other.account === account && other.id !== staffId))
    return fail('staff.accountTaken');
  if (!former && !passwordHash) return fail('request.invalid', { field: 'password' });
  const saved: StaffRecord = {
    ...(former ?? { ...newRecord(environment), id: staffId }),
    account,
    name,
    roles,
    schoolIds,
    enabled,
    ...(passwordHash
      ? { passwordHash, mustChangePassword: true, wrongCount: 0, lockedUntil: null }
      : {}),
    updatedAt: environment.clock(),
  };
  const after = [...all.filter(({ id }) => id !== staffId), saved];
  if (!after.some(isAdministrator)) return fail('staff.lastAdministrator');
  await staff.save(saved);
  await endWhatEnded(repositories, former, saved, passwordHash !== undefined);
  return ok(await staffMemberOf(repositories, saved));
}

/** Whoever was switched off, moved to other schools or has got another password starts anew. */
async function endWhatEnded(
  { staff, reviews }: Rows,
  former: StaffRecord | undefined,
  saved: StaffRecord,
  newPassword: boolean,
): Promise<void> {
  const moved = !isSameScope(former ?? saved, saved);
  if (newPassword || moved || !saved.enabled) await staff.deleteSessionsOf(saved.id);
  if (moved || !saved.enabled) await reviews.releaseLeasesOf(saved.id);
}

/** Undefined: a school that is not there, or not the caller's. */
async function wantedSchools(
  { schools }: SchoolRows,
  caller: StaffCaller,
  former: StaffRecord | undefined,
  change: StaffChange,
): Promise<readonly string[] | null | undefined> {
  if (change.schools === null) return null;
  if (change.schools === undefined)
    return former ? former.schoolIds : caller.schools === 'everySchool' ? null : caller.schools;
  const ids = await idsOf(schools, change.schools);
  return ids?.every((id) => isWithin(caller.schools, id)) ? ids : undefined;
}

async function idsOf(
  schools: SchoolRows['schools'],
  codes: readonly string[],
): Promise<readonly string[] | undefined> {
  const found = await Promise.all([...new Set(codes)].map((code) => schools.findByCode(code)));
  const ids = found.flatMap((school) => (school ? [school.id] : []));
  return ids.length === found.length ? ids : undefined;
}

const isAdministrator = ({ enabled, roles }: StaffRecord) =>
  enabled && roles.includes('administrator');
