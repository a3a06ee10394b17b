import { z } from 'zod';
import { student } from './eligibility.ts';
import { id, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

/** Mainland mobile number, the only kind that the SMS gateway reaches. */
export const mobileNumber = z
  .string()
  .regex(/^1[3-9]\d{9}$/)
  .describe('Mainland mobile number, 11 digits');

/**
 * A login of the companion client. It owns nothing by itself: an order becomes visible to it once
 * `verifyLastFour` was called with its token, which links the student to the account.
 */
export const account = z.object({
  accountId: id,
  kind: z.enum(['wechat', 'phone']),
  /** Phone accounts only. */
  maskedPhone: z.string().optional(),
  students: z.array(student),
});
export type Account = z.infer<typeof account>;

export const accountSession = z.object({
  /** Send as `Authorization: Bearer <accountToken>`; stored hashed. */
  accountToken: z.string(),
  expiresAt: timestamp,
  account,
});
export type AccountSession = z.infer<typeof accountSession>;

/** `code` of `wx.login`: exchanged once by code2session; the openid never leaves the server. */
export const loginWechat = defineRoute({
  id: 'loginWechat',
  method: 'POST',
  path: '/v1/accounts/wechat',
  summary: 'Log in with the code of wx.login; the first login opens the account',
  callers: ['public'],
  body: z.object({ code: z.string().min(1).max(256) }),
  response: accountSession,
  errors: ['auth.wechatCode', 'auth.wechatUnavailable'],
});

/** Answers the same for known and unknown numbers. `request.tooMany` says how long to wait. */
export const requestSmsCode = defineRoute({
  id: 'requestSmsCode',
  method: 'POST',
  path: '/v1/accounts/sms',
  summary: 'Send a login code to a phone, at most one a minute for a number',
  callers: ['public'],
  body: z.object({ phone: mobileNumber }),
  response: z.object({
    expiresAt: timestamp,
    resendAfterSeconds: z.int().min(0),
  }),
  status: 202,
  errors: ['auth.smsUnavailable'],
});

export const loginSms = defineRoute({
  id: 'loginSms',
  method: 'POST',
  path: '/v1/accounts/sms/verify',
  summary: 'Log in with phone and code; the first login opens the account',
  callers: ['public'],
  body: z.object({ phone: mobileNumber, code: z.string().regex(/^\d{4,8}$/) }),
  response: accountSession,
  errors: ['auth.smsCodeWrong', 'auth.smsCodeExpired'],
});

export const getAccount = defineRoute({
  id: 'getAccount',
  method: 'GET',
  path: '/v1/accounts/me',
  summary: 'The calling account and the students linked to it',
  callers: ['account'],
  response: account,
  errors: [],
});

/** Repeating it, also with a token that has ended, is success. */
export const logout = defineRoute({
  id: 'logout',
  method: 'POST',
  path: '/v1/accounts/logout',
  summary: 'End the session of the calling token',
  callers: ['public', 'account'],
  response: z.object({ loggedOutAt: timestamp }),
  errors: [],
});
