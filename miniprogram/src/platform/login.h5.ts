import { fail } from '@gradshot/domain';
import type { LoginPort } from './ports.ts';

/** A browser has no WeChat identity: the person logs in with phone and SMS code. */
export const login: LoginPort = {
  kind: 'phone',
  wechatCode: async () => fail('auth.wechatUnavailable'),
};
