import { randomBytes } from 'node:crypto';
import { fail, ok, type Result } from '@gradshot/domain';
import { beforeEach, describe, expect, test } from 'vitest';
import { hour, schoolRow, studentRow } from '../../../tests/in-memory/rows.ts';
import { createInMemoryStorage, type InMemoryStorage } from '../../../tests/in-memory/storage.ts';
import { unwrap } from '../../../tests/in-memory/unwrap.ts';
import type { AccountCaller } from '../../ports/access/caller.ts';
import type { WechatIdentity } from '../../ports/accounts/wechat-login.ts';
import { tokenHash } from '../../security/tokens.ts';
import { createVault } from '../../security/vault.ts';
import { openidOf, phoneOf } from '../messages/account-addresses.ts';
import { createAccountLogin, openidOfCaller } from './account-login.ts';
import { createSmsCodes } from './sms-codes.ts';

const PHONE = '13900000000';
const DAY_MS = 86_400_000;

const vault = createVault(randomBytes(32));
let storage: InMemoryStorage;
let now: number;
let identity: Result<WechatIdentity>;
beforeEach(() => {
  storage = createInMemoryStorage();
  now = hour(0).getTime();
  identity = ok({ openid: 'o-1' });
});

const clock = () => new Date(now);
const login = () =>
  createAccountLogin({ storage, vault, clock, wechatLogin: { exchange: async () => identity } });
const byWechat = async () => unwrap(await login().wechat('code'));
/** A code is asked for, and given back as it came. */
async function bySms(phone = PHONE) {
  let code = '';
  const sms = {
    sendLoginCode: async (message: { readonly code: string }) => {
      code = message.code;
      return ok(undefined);
    },
  };
  unwrap(await createSmsCodes({ storage, vault, clock, sms } as never).request(phone));
  return login().sms({ phone, code });
}
const callerOf = async (token: string): Promise<AccountCaller> => {
  const session = await storage.accounts.findSession(tokenHash(token));
  if (!session) throw new Error('no session');
  const { id: sessionId, accountId } = session;
  return { kind: 'account', sessionId, accountId, studentIds: [] };
};
const accounts = () => [...storage.tables.accounts.values()];

describe('a login', () => {
  test('by WeChat is of the same account each time, and of another for another openid', async () => {
    const first = await byWechat();
    const again = await byWechat();
    expect(again.account.accountId).toBe(first.account.accountId);
    expect(again.accountToken).not.toBe(first.accountToken);
    identity = ok({ openid: 'o-2' });
    expect((await byWechat()).account.accountId).not.toBe(first.account.accountId);
    expect(accounts()).toHaveLength(2);
  });

  test('that WeChat does not confirm makes neither account nor session', async () => {
    identity = fail('auth.wechatCode');
    expect(await login().wechat('code')).toEqual(fail('auth.wechatCode'));
    expect([storage.tables.accounts.size, storage.tables.accountSessions.size]).toEqual([0, 0]);
  });

  test('by SMS needs the code, and is of the number', async () => {
    expect(await login().sms({ phone: PHONE, code: '000000' })).toEqual(
      fail('auth.smsCodeExpired'),
    );
    expect(accounts()).toEqual([]);
    const first = unwrap(await bySms());
    expect(first.account).toEqual({
      ...{ accountId: expect.any(String), kind: 'phone', maskedPhone: '139****0000', students: [] },
    });
    const other = unwrap(await bySms('13900000001'));
    expect(other.account.accountId).not.toBe(first.account.accountId);
  });

  test('lasts thirty days, and its token is kept nowhere', async () => {
    const { accountToken, expiresAt, account } = await byWechat();
    expect(expiresAt).toBe(new Date(now + 30 * DAY_MS).toISOString());
    expect([...storage.tables.accountSessions.values()]).toEqual([
      {
        ...{ id: expect.any(String), tokenHash: tokenHash(accountToken) },
        ...{ accountId: account.accountId, createdAt: clock() },
        expiresAt: new Date(now + 30 * DAY_MS),
      },
    ]);
  });

  test('shows the students that it has proven to know, masked, and no number of WeChat', async () => {
    const { account } = await byWechat();
    expect(account).toEqual({ accountId: expect.any(String), kind: 'wechat', students: [] });
    const school = schoolRow();
    const student = studentRow(school);
    await storage.schools.insert(school);
    await storage.students.save(student);
    await storage.accounts.link(account.accountId, student.id, clock());
    const { accountToken, account: later } = await byWechat();
    expect(later.students).toMatchObject([
      { studentId: student.id, maskedName: '*三', school: school.name },
    ]);
    expect(await login().me(await callerOf(accountToken))).toEqual(later);
  });
});

describe('the address of an account', () => {
  test('is kept sealed, so that messages reach it', async () => {
    await byWechat();
    await bySms();
    const [wechat, phone] = accounts();
    if (!wechat || !phone) throw new Error('not two accounts');
    expect(openidOf({ vault }, wechat)).toBe('o-1');
    expect(phoneOf({ vault }, phone)).toBe(PHONE);
    expect([wechat.maskedPhone, wechat.phoneHash, phone.openidHash]).toEqual([null, null, null]);
  });

  test('comes along at the next login of an account from before addresses were kept', async () => {
    const { account } = unwrap(await bySms());
    await storage.accounts.update(account.accountId, { phoneSealed: null });
    now += DAY_MS;
    await bySms();
    const [kept] = accounts();
    expect(kept && phoneOf({ vault }, kept)).toBe(PHONE);
  });

  test('stands once it is kept', async () => {
    await bySms();
    const before = accounts();
    now += DAY_MS;
    await bySms();
    expect(accounts()).toEqual(before);
  });

  test('in WeChat is known of those who logged in there, and of nobody else', async () => {
    const wechat = await callerOf((await byWechat()).accountToken);
    const phone = await callerOf(unwrap(await bySms()).accountToken);
    const of = (caller: Parameters<typeof openidOfCaller>[1]) =>
      openidOfCaller({ storage, vault }, caller);
    expect(await of(wechat)).toBe('o-1');
    expect(await of(phone)).toBeUndefined();
    expect(await of({ ...wechat, accountId: 'gone' })).toBeUndefined();
    expect(await of({ kind: 'public' })).toBeUndefined();
  });
});

test('logging out ends this session and no other', async () => {
  const [mine, tablet] = [await byWechat(), await byWechat()];
  const caller = await callerOf(mine.accountToken);
  expect(await login().logout({ kind: 'public' })).toEqual({ loggedOutAt: clock().toISOString() });
  expect(storage.tables.accountSessions.size).toBe(2);
  expect(await login().logout(caller)).toEqual({ loggedOutAt: clock().toISOString() });
  const hashes = [...storage.tables.accountSessions.values()].map((one) => one.tokenHash);
  expect(hashes).toEqual([tokenHash(tablet.accountToken)]);
});
