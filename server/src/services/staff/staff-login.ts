import { randomUUID } from 'node:crypto';
import type { RouteOutput, StaffMember } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { ReviewRows } from '../../ports/review/review-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import type { Passwords } from '../../ports/staff/passwords.ts';
import type { StaffRecord, StaffRows } from '../../ports/staff/staff-repository.ts';
import { newToken, tokenHash } from '../../security/tokens.ts';
import { staffMemberOf } from './staff-view.ts';

type Rows = ReviewRows & SchoolRows & StaffRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly passwords: Passwords;
};

const MAX_WRONG_PASSWORDS = 5;
const LOCK_MINUTES = 15;
/** One working day; nobody stays logged in over night. */
const SESSION_HOURS = 12;
const MINUTE_MS = 60_000;

type Credentials = { readonly account: string; readonly password: string };

export type StaffLogin = {
  /** Failures: `auth.credentials`, `auth.accountLocked` (even for the right password). */
  login(credentials: Credentials): Promise<Result<RouteOutput<'loginStaff'>>>;
  /** Whoever holds that token; undefined when it has ended. */
  identify(token: string): Promise<StaffCaller | undefined>;
  me(caller: StaffCaller): Promise<StaffMember>;
  /** Leases held go back to the queue. */
  logout(caller: StaffCaller): Promise<RouteOutput<'logoutStaff'>>;
  /**
   * Ends all other sessions. Failures: `auth.credentials`, `auth.accountLocked`,
   * `auth.passwordUnchanged` (whoever set the old one still knows it).
   */
  changePassword(
    caller: StaffCaller,
    passwords: { readonly current: string; readonly next: string },
  ): Promise<Result<StaffMember>>;
};

export function createStaffLogin(environment: Needs): StaffLogin {
  const { storage, clock } = environment;
  return {
    async login(credentials) {
      const staff = await check(environment, credentials);
      return staff.ok ? ok(await openSession(environment, staff.value)) : staff;
    },
    async identify(token) {
      const found = await storage.staff.findSession(tokenHash(token));
      if (!found?.staff.enabled || found.session.expiresAt <= clock()) return undefined;
      const { id: staffId, roles, schoolIds, mustChangePassword } = found.staff;
      const schools = schoolIds ?? 'everySchool';
      const base = { kind: 'staff' as const, sessionId: found.session.id, staffId };
      return { ...base, roles, schools, mustChangePassword };
    },
    me: async (caller) => staffMemberOf(storage, await find(environment, caller)),
    async logout({ sessionId, staffId }) {
      await storage.staff.deleteSession(sessionId);
      await storage.reviews.releaseLeasesOf(staffId);
      return { loggedOutAt: clock().toISOString() };
    },
    changePassword: (caller, passwords) => changePassword(environment, caller, passwords),
  };
}

async function find({ storage }: Needs, caller: StaffCaller): Promise<StaffRecord> {
  const staff = await storage.staff.find(caller.staffId);
  if (!staff) throw new Error('a session without its member of staff');
  return staff;
}

/**
 * The slow comparison runs outside of the transaction, the counting inside: of many guesses at
 * once only those count as tries that come before the lock.
 */
async function check(
  environment: Needs,
  { account, password }: Credentials,
): Promise<Result<StaffRecord>> {
  const name = account.toLowerCase();
  const known = await environment.storage.transaction(({ staff }) => staff.lockByAccount(name));
  const { passwords } = environment;
  const hash = known?.passwordHash ?? (await passwords.hashOfNobody());
  const correct = await passwords.matches(password, hash);
  return environment.storage.transaction((repositories) =>
    count(environment, repositories, name, correct && known?.enabled === true),
  );
}

async function count(
  { clock }: Needs,
  { staff }: Rows,
  account: string,
  correct: boolean,
): Promise<Result<StaffRecord>> {
  const member = await staff.lockByAccount(account);
  if (!member) return fail('auth.credentials');
  const now = clock();
  const locked = minutesLocked(member, now);
  if (locked > 0) return fail('auth.accountLocked', { minutes: locked });
  const wrongCount = correct ? 0 : member.wrongCount + 1;
  const lock = wrongCount >= MAX_WRONG_PASSWORDS;
  const lockedUntil = lock ? new Date(now.getTime() + LOCK_MINUTES * MINUTE_MS) : null;
  await staff.save({ ...member, wrongCount: lock ? 0 : wrongCount, lockedUntil });
  if (correct) return ok(member);
  return lock ? fail('auth.accountLocked', { minutes: LOCK_MINUTES }) : fail('auth.credentials');
}

function minutesLocked({ lockedUntil }: StaffRecord, now: Date): number {
  const left = (lockedUntil?.getTime() ?? 0) - now.getTime();
  return left > 0 ? Math.ceil(left / MINUTE_MS) : 0;
}

async function openSession(
  { storage, clock }: Needs,
  staff: StaffRecord,
): Promise<RouteOutput<'loginStaff'>> {
  const staffToken = newToken();
  const now = clock();
  const expiresAt = new Date(now.getTime() + SESSION_HOURS * 60 * MINUTE_MS);
  await storage.staff.deleteExpiredSessions(now);
  await storage.staff.insertSession({
    id: randomUUID(),
    tokenHash: tokenHash(staffToken),
    staffId: staff.id,
    createdAt: now,
    expiresAt,
  });
  const shown = await staffMemberOf(storage, staff);
  return { staffToken, expiresAt: expiresAt.toISOString(), staff: shown };
}

async function changePassword(
  environment: Needs,
  caller: StaffCaller,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<Result<StaffMember>> {
  const { account } = await find(environment, caller);
  const checked = await check(environment, { account, password: current });
  if (!checked.ok) return checked;
  const { passwords } = environment;
  if (await passwords.matches(next, checked.value.passwordHash))
    return fail('auth.passwordUnchanged');
  const passwordHash = await passwords.hash(next);
  return environment.storage.transaction(async (repositories) => {
    const { staff } = repositories;
    const member = await staff.lockByAccount(account);
    if (!member) return fail('auth.credentials');
    const updatedAt = environment.clock();
    const changed = { ...member, passwordHash, mustChangePassword: false, updatedAt };
    await staff.save(changed);
    await staff.deleteSessionsOf(member.id, caller.sessionId);
    return ok(await staffMemberOf(repositories, changed));
  });
}
