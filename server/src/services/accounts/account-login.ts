import { randomUUID } from 'node:crypto';
import type { Account, AccountSession } from '@gradshot/contract';
import { maskPhone, ok, type Result } from '@gradshot/domain';
import type { AccountCaller, CallerIdentity } from '../../ports/access/caller.ts';
import type { AccountRecord, AccountRows } from '../../ports/accounts/account-repository.ts';
import type { WechatLogin } from '../../ports/accounts/wechat-login.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import { newToken, tokenHash } from '../../security/tokens.ts';
import { openidOf, sealOpenid, sealPhone } from '../messages/account-addresses.ts';
import { studentOf } from '../order-life/order-view.ts';
import { checkSmsCode } from './sms-codes.ts';

type Needs = Stored<AccountRows> & {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly wechatLogin: WechatLogin;
};

/** A phone is personal; the last four characters are asked for again at every new code. */
const SESSION_DAYS = 30;
const DAY_MS = 86_400_000;

export type AccountLogin = {
  /** `code` of `wx.login`. Failures: `auth.wechatCode`, `auth.wechatUnavailable`. */
  wechat(code: string): Promise<Result<AccountSession>>;
  /** Failures: `auth.smsCodeWrong`, `auth.smsCodeExpired`. */
  sms(login: { readonly phone: string; readonly code: string }): Promise<Result<AccountSession>>;
  me(caller: AccountCaller): Promise<Account>;
  logout(caller: CallerIdentity): Promise<{ loggedOutAt: string }>;
};

export function createAccountLogin(environment: Needs): AccountLogin {
  const { storage, wechatLogin, clock } = environment;
  return {
    async wechat(code) {
      const identity = await wechatLogin.exchange(code);
      if (!identity.ok) return identity;
      return ok(await openSession(environment, wechatAccount(environment, identity.value.openid)));
    },
    async sms({ phone, code }) {
      const checked = await checkSmsCode(environment, phone, code);
      return checked.ok
        ? ok(await openSession(environment, phoneAccount(environment, phone)))
        : checked;
    },
    async me(caller) {
      const account = await storage.accounts.find(caller.accountId);
      if (!account) throw new Error('a session without its account');
      return viewOf(environment, account);
    },
    async logout(caller) {
      if (caller.kind === 'account') await storage.accounts.endSession(caller.sessionId);
      return { loggedOutAt: clock().toISOString() };
    },
  };
}

function newAccount({ clock }: Needs, kind: AccountRecord['kind']): AccountRecord {
  return {
    id: randomUUID(),
    kind,
    openidHash: null,
    openidSealed: null,
    phoneHash: null,
    phoneSealed: null,
    maskedPhone: null,
    createdAt: clock(),
    chatLast: 0,
    noticeLast: 0,
    chatRead: 0,
    deskRead: 0,
    noticeRead: 0,
    agentName: null,
  };
}

function wechatAccount(environment: Needs, openid: string): AccountRecord {
  return { ...newAccount(environment, 'wechat'), ...sealOpenid(environment, openid) };
}

function phoneAccount(environment: Needs, phone: string): AccountRecord {
  return {
    ...newAccount(environment, 'phone'),
    ...sealPhone(environment, phone),
    maskedPhone: maskPhone(phone),
  };
}

/** The openid of a caller who logged in by WeChat; undefined for others. */
export async function openidOfCaller(
  environment: Stored<AccountRows> & { readonly vault: Vault },
  caller: CallerIdentity,
): Promise<string | undefined> {
  if (caller.kind !== 'account') return undefined;
  const account = await environment.storage.accounts.find(caller.accountId);
  return account && openidOf(environment, account);
}

async function openSession(environment: Needs, wanted: AccountRecord): Promise<AccountSession> {
  const { storage, clock } = environment;
  const accountToken = newToken();
  const createdAt = clock();
  const expiresAt = new Date(createdAt.getTime() + SESSION_DAYS * DAY_MS);
  const account = await storage.transaction(async ({ accounts }) => {
    const standing = await accounts.ensure(wanted);
    // An account from before numbers were kept for messages.
    if (wanted.phoneSealed && !standing.phoneSealed)
      await accounts.update(standing.id, { phoneSealed: wanted.phoneSealed });
    await accounts.insertSession({
      id: randomUUID(),
      tokenHash: tokenHash(accountToken),
      accountId: standing.id,
      createdAt,
      expiresAt,
    });
    return standing;
  });
  return {
    accountToken,
    expiresAt: expiresAt.toISOString(),
    account: await viewOf(environment, account),
  };
}

async function viewOf({ storage }: Needs, account: AccountRecord): Promise<Account> {
  const students = await storage.accounts.students(account.id);
  return {
    accountId: account.id,
    kind: account.kind,
    ...(account.maskedPhone ? { maskedPhone: account.maskedPhone } : {}),
    students: students.map((student) => studentOf(student, student.school)),
  };
}
