import type { Account, AccountSession } from '@gradshot/contract';
import type { Failure, Result } from '@gradshot/domain';
import { createStore } from 'zustand/vanilla';
import type { Parts } from './parts.ts';

export const TOKEN_KEY = 'account-token';

export type SessionState = {
  readonly account: Account | undefined;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** When another SMS code may be asked for, milliseconds since the epoch. */
  readonly resendAt: number;
  /** 立即进入: `login` when the person has to log in by phone first. */
  enter(): Promise<'home' | 'login' | 'failed'>;
  /** Somebody has, on this phone; the session may have ended since. */
  isLoggedIn(): boolean;
  /** Reads the account anew: who is linked to it now. */
  refresh(): Promise<void>;
  sendCode(phone: string): Promise<boolean>;
  loginByPhone(phone: string, code: string): Promise<boolean>;
  logout(): Promise<void>;
};

type Set = (part: Partial<SessionState>) => void;

/** `onLogin`: somebody has logged in; what is shown may be somebody else's. */
export const createSessionStore = (parts: Parts, onLogin: () => void = () => undefined) => {
  const { api, platform } = parts;
  return createStore<SessionState>((set, get) => ({
    account: undefined,
    busy: false,
    failure: undefined,
    resendAt: 0,
    // A second tap before the page has drawn the first is none.
    enter: async () => (get().busy ? 'failed' : busy(set, () => enter(parts, set, onLogin))),
    isLoggedIn: () => platform.storage.get(TOKEN_KEY) !== undefined,
    refresh: async () => {
      const answer = await api.call('getAccount');
      if (answer.ok) set({ account: answer.value });
    },
    sendCode: async (phone) => !get().busy && busy(set, () => sendCode(parts, set, phone)),
    loginByPhone: async (phone, code) =>
      !get().busy &&
      busy(set, async () =>
        begin(parts, set, onLogin, await api.call('loginSms', { body: { phone, code } })),
      ),
    logout: async () => {
      await api.call('logout');
      platform.storage.remove(TOKEN_KEY);
      set({ account: undefined, failure: undefined });
    },
  }));
};

async function busy<T>(set: Set, act: () => Promise<T>): Promise<T> {
  set({ busy: true, failure: undefined });
  try {
    return await act();
  } finally {
    set({ busy: false });
  }
}

/** A token that still holds spares the login; one that has ended leads to it, unseen on WeChat. */
async function enter(
  parts: Parts,
  set: Set,
  onLogin: () => void,
): Promise<'home' | 'login' | 'failed'> {
  const { api, platform } = parts;
  if (platform.storage.get(TOKEN_KEY)) {
    const answer = await api.call('getAccount');
    if (answer.ok) set({ account: answer.value });
    if (answer.ok) return 'home';
    if (answer.error.code !== 'auth.required') return failed(set, answer.error);
  }
  if (platform.login.kind === 'phone') return 'login';
  const code = await platform.login.wechatCode();
  if (!code.ok) return failed(set, code.error);
  const login = await api.call('loginWechat', { body: { code: code.value } });
  return begin(parts, set, onLogin, login) ? 'home' : 'failed';
}

async function sendCode({ api }: Parts, set: Set, phone: string): Promise<boolean> {
  const answer = await api.call('requestSmsCode', { body: { phone } });
  if (!answer.ok) set({ failure: answer.error });
  else set({ resendAt: Date.now() + answer.value.resendAfterSeconds * 1000 });
  return answer.ok;
}

function begin(
  { platform }: Parts,
  set: Set,
  onLogin: () => void,
  login: Result<AccountSession>,
): boolean {
  if (!login.ok) {
    set({ failure: login.error });
    return false;
  }
  onLogin();
  platform.storage.set(TOKEN_KEY, login.value.accountToken);
  set({ account: login.value.account });
  return true;
}

function failed(set: Set, failure: Failure): 'failed' {
  set({ failure });
  return 'failed';
}
