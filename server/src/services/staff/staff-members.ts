import { randomUUID } from 'node:crypto';
import type { StaffMember, StaffRole } from '@gradshot/contract';
import { fail, glossary, ok, type Result } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { ReviewRows } from '../../ports/review/review-repository.ts';
import type { Passwords } from '../../ports/staff/passwords.ts';
import type { StaffRecord, StaffRows } from '../../ports/staff/staff-repository.ts';
import { newToken } from '../../security/tokens.ts';
import { staffMemberOf } from './staff-view.ts';

type Rows = ReviewRows & StaffRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly passwords: Passwords;
};

export type StaffChange = {
  readonly account: string;
  readonly name: string;
  readonly roles: readonly StaffRole[];
  readonly enabled: boolean;
  readonly password?: string | undefined;
};

export type FirstLogin = { readonly account: string; readonly password: string };

export type StaffMembers = {
  list(): Promise<StaffMember[]>;
  /**
   * Creates or changes a member; a password set here must be changed at the first login. Failures:
   * `staff.accountTaken`, `staff.lastAdministrator`, `request.invalid` (a new one needs a password).
   */
  save(staffId: string, change: StaffChange): Promise<Result<StaffMember>>;
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
    list: async () => (await storage.staff.list()).map(staffMemberOf),
    async save(staffId, change) {
      // Hashing is slow on purpose: not while the rows are locked.
      const passwordHash = change.password ? await passwords.hash(change.password) : undefined;
      return storage.transaction((repositories) =>
        save(environment, repositories, { staffId, change, passwordHash }),
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
  name: glossary.administrator.zh,
  roles: ['administrator'],
});

async function installOne(
  environment: Needs,
  { password, ...member }: StaffChange & { readonly password: string },
): Promise<void> {
  const passwordHash = await environment.passwords.hash(password);
  await environment.storage.transaction(async ({ staff }) => {
    if (await staff.lockByAccount(member.account)) return;
    const { account, name, roles, enabled } = member;
    const record = { ...newRecord(environment), account, name, roles, enabled };
    await staff.save({ ...record, passwordHash, mustChangePassword: false });
  });
}

type Saving = {
  readonly staffId: string;
  readonly change: StaffChange;
  readonly passwordHash: string | undefined;
};

async function save(
  environment: Needs,
  { staff, reviews }: Rows,
  { staffId, change, passwordHash }: Saving,
): Promise<Result<StaffMember>> {
  const all = await staff.lockAll();
  const account = change.account.toLowerCase();
  if (all.some((other) => other.account === account && other.id !== staffId))
    return fail('staff.accountTaken');
  const former = all.find(({ id }) => id === staffId);
  if (!former && !passwordHash) return fail('request.invalid', { field: 'password' });
  const { name, roles, enabled } = change;
  const saved: StaffRecord = {
    ...(former ?? { ...newRecord(environment), id: staffId }),
    account,
    name,
    roles,
    enabled,
    ...(passwordHash
      ? { passwordHash, mustChangePassword: true, wrongCount: 0, lockedUntil: null }
      : {}),
    updatedAt: environment.clock(),
  };
  const after = [...all.filter(({ id }) => id !== staffId), saved];
  if (!after.some(isAdministrator)) return fail('staff.lastAdministrator');
  await staff.save(saved);
  // Whoever was switched off or has got another password starts anew.
  if (passwordHash || !enabled) await staff.deleteSessionsOf(staffId);
  if (!enabled) await reviews.releaseLeasesOf(staffId);
  return ok(staffMemberOf(saved));
}

const isAdministrator = ({ enabled, roles }: StaffRecord) =>
  enabled && roles.includes('administrator');
