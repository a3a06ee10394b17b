import { randomUUID } from 'node:crypto';
import { fail } from '@gradshot/domain';
import { beforeEach, describe, expect, test } from 'vitest';
import { hour, staffRow } from '../../../tests/in-memory/rows.ts';
import { createInMemoryStorage, type InMemoryStorage } from '../../../tests/in-memory/storage.ts';
import { unwrap } from '../../../tests/in-memory/unwrap.ts';
import type { Passwords } from '../../ports/staff/passwords.ts';
import type { StaffRecord } from '../../ports/staff/staff-repository.ts';
import { createStaffLogin, type StaffLogin } from './staff-login.ts';

const MINUTE_MS = 60_000;
const RIGHT = 'right password';

// A real one takes as long as it should, some forty times over.
const passwords: Passwords = {
  hash: async (password) => `hash of ${password}`,
  matches: async (password, hash) => hash === `hash of ${password}`,
  hashOfNobody: async () => 'hash of nobody',
};
const passwordHash = `hash of ${RIGHT}`;

let storage: InMemoryStorage;
let staff: StaffLogin;
let member: StaffRecord;
let now: number;
beforeEach(async () => {
  storage = createInMemoryStorage();
  now = hour(0).getTime();
  staff = createStaffLogin({ storage, passwords, clock: () => new Date(now) });
  member = staffRow({ account: 'wang', passwordHash });
  await storage.staff.save(member);
});

const login = (password = RIGHT, account = 'wang') => staff.login({ account, password });
const wrong = fail('auth.credentials');
const locked = (minutes: number) => fail('auth.accountLocked', { minutes });
const counted = async () => (await storage.staff.find(member.id))?.wrongCount;

async function wrongTimes(times: number) {
  for (let count = 0; count < times; count += 1) await login('wrong');
}

describe('a login', () => {
  test('opens a session of twelve hours, whatever the case of the account', async () => {
    const { staffToken, expiresAt, staff: shown } = unwrap(await login(RIGHT, 'WANG'));
    expect(expiresAt).toBe(hour(12).toISOString());
    expect(shown).toMatchObject({ account: 'wang', roles: ['reviewer'] });
    expect(await staff.identify(staffToken)).toMatchObject({
      ...{ kind: 'staff', staffId: member.id, roles: ['reviewer'], schools: 'everySchool' },
      mustChangePassword: false,
    });
    now = hour(12).getTime() - 1;
    expect(await staff.identify(staffToken)).toBeDefined();
    now += 1;
    expect(await staff.identify(staffToken)).toBeUndefined();
    await login();
    now += 1;
    await login();
    expect(storage.tables.staffSessions.size).toBe(2);
  });

  test('ends with the account, and is refused to one that was disabled', async () => {
    const { staffToken } = unwrap(await login());
    await storage.staff.save({ ...member, enabled: false });
    expect(await staff.identify(staffToken)).toBeUndefined();
    expect(await login()).toEqual(wrong);
  });

  test('is refused for a wrong password and for nobody alike', async () => {
    expect(await login('wrong')).toEqual(wrong);
    expect(await login(RIGHT, 'nobody')).toEqual(wrong);
    expect(await staff.identify('made up')).toBeUndefined();
    expect(storage.tables.staffSessions.size).toBe(0);
  });

  test('is locked for fifteen minutes by the fifth wrong password, the right one included', async () => {
    await wrongTimes(4);
    expect(await counted()).toBe(4);
    expect(await login('wrong')).toEqual(locked(15));
    expect(await login()).toEqual(locked(15));
    now += 14 * MINUTE_MS;
    expect(await login()).toEqual(locked(1));
    now += MINUTE_MS - 1;
    expect(await login()).toEqual(locked(1));
    now += 1;
    expect(await login('wrong')).toEqual(wrong);
    expect(await counted()).toBe(1);
    expect((await login()).ok).toBe(true);
  });

  test('that succeeds forgets the wrong ones', async () => {
    await wrongTimes(4);
    expect((await login()).ok).toBe(true);
    expect(await counted()).toBe(0);
    await wrongTimes(4);
    expect((await login()).ok).toBe(true);
  });
});

const callerOf = async (token: string) => {
  const caller = await staff.identify(token);
  if (!caller) throw new Error('the session has ended');
  return caller;
};

test('a logout ends this session alone, and gives back what was held', async () => {
  const [mine, other] = [unwrap(await login()), unwrap(await login())];
  const lease = { orderId: 'o', photoId: 'p', leaseId: 'l', staffId: member.id };
  const times = { takenAt: hour(0), expiresAt: hour(1) };
  storage.tables.reviewLeases.set('o', { ...lease, ...times });
  storage.tables.reviewLeases.set('q', { ...lease, orderId: 'q', staffId: 'x', ...times });
  const caller = await callerOf(mine.staffToken);
  expect(await staff.logout(caller)).toEqual({ loggedOutAt: hour(0).toISOString() });
  expect(await staff.identify(mine.staffToken)).toBeUndefined();
  expect(await staff.identify(other.staffToken)).toBeDefined();
  expect([...storage.tables.reviewLeases.keys()]).toEqual(['q']);
});

describe('a new password', () => {
  const change = async (token: string, current: string, next: string) =>
    staff.changePassword(await callerOf(token), { current, next });

  test('ends every other session, and is the one from then on', async () => {
    await storage.staff.save({ ...member, mustChangePassword: true });
    const [mine, other] = [unwrap(await login()), unwrap(await login())];
    const stranger = staffRow({ account: 'li', passwordHash });
    await storage.staff.save(stranger);
    const theirs = unwrap(await login(RIGHT, 'li'));
    now += 5;
    const changed = unwrap(await change(mine.staffToken, RIGHT, 'another password'));
    expect(changed).toMatchObject({ account: 'wang', mustChangePassword: false });
    expect(await staff.identify(mine.staffToken)).toMatchObject({ mustChangePassword: false });
    expect(await staff.identify(other.staffToken)).toBeUndefined();
    expect(await staff.identify(theirs.staffToken)).toBeDefined();
    expect(await login()).toEqual(wrong);
    expect((await login('another password')).ok).toBe(true);
    expect((await storage.staff.find(member.id))?.updatedAt).toEqual(new Date(now));
  });

  test('needs the present one, and is another', async () => {
    const { staffToken } = unwrap(await login());
    expect(await change(staffToken, 'wrong', 'another password')).toEqual(wrong);
    expect(await change(staffToken, RIGHT, RIGHT)).toEqual(fail('auth.passwordUnchanged'));
    expect((await login()).ok).toBe(true);
  });

  test('is no way around the lock', async () => {
    const { staffToken } = unwrap(await login());
    for (let count = 0; count < 5; count += 1) await change(staffToken, 'wrong', 'x');
    expect(await change(staffToken, RIGHT, 'another password')).toEqual(locked(15));
  });
});

test('whoever asks is told of themselves', async () => {
  const { staffToken } = unwrap(await login());
  const caller = await callerOf(staffToken);
  expect(await staff.me(caller)).toMatchObject({ staffId: member.id, account: 'wang' });
  await expect(staff.me({ ...caller, staffId: randomUUID() })).rejects.toThrow(
    'without its member',
  );
});
