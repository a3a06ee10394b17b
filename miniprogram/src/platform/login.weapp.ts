import { fail, ok, type Result } from '@gradshot/domain';
import type { LoginPort } from './ports.ts';

const LOGIN_TIMEOUT_MS = 10_000;

/** Login by code alone: no profile, no phone number is asked for. */
export const login: LoginPort = {
  kind: 'wechat',
  wechatCode: () =>
    new Promise<Result<string>>((resolve) => {
      wx.login({
        timeout: LOGIN_TIMEOUT_MS,
        success: ({ code }) => resolve(code ? ok(code) : fail('auth.wechatCode')),
        fail: () => resolve(fail('auth.wechatUnavailable')),
      });
    }),
};
