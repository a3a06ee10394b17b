import { fail, ok, type Result } from '@gradshot/domain';
import { z } from 'zod';
import type { WechatIdentity, WechatLogin } from '../../ports/accounts/wechat-login.ts';
import { exchange, parseJson } from '../http/bounded-exchange.ts';

export type WechatLoginConfig = {
  /** AppID and AppSecret of the mini-program. */
  readonly appId: string;
  readonly appSecret: string;
  /** Default `https://api.weixin.qq.com`. */
  readonly baseUrl?: string;
  /** Default 5000 ms. */
  readonly timeoutMs?: number;
  /** Told WeChat's error number, or a network word; never a code or an address (it holds the secret). */
  readonly report?: (trouble: { readonly why: string; readonly message?: string }) => void;
};

const WECHAT_URL = 'https://api.weixin.qq.com';

/** `errcode` and `errmsg` come with failures; a success has neither, or `errcode` 0. */
const answer = z.object({
  openid: z.string().min(1).max(128).optional(),
  unionid: z.string().min(1).max(128).optional(),
  errcode: z.int().default(0),
  errmsg: z.string().default(''),
});
type Answer = z.infer<typeof answer>;

/**
 * Numbers that blame the code: 40029 invalid, 40163 used, 41008 missing; 40226 is a user whom WeChat
 * blocks. Everything else (-1 busy, 45011 too often, 40013 and 40125 our credentials) is not theirs.
 */
const CODE_REFUSALS: ReadonlySet<number> = new Set([40029, 40163, 41008, 40226]);

/** `code2Session` of WeChat's server interface. The session key is dropped: nothing here uses it. */
export function createWechatLogin(config: WechatLoginConfig): WechatLogin {
  return { exchange: (code) => exchangeCode(config, code) };
}

async function exchangeCode(
  config: WechatLoginConfig,
  code: string,
): Promise<Result<WechatIdentity>> {
  const url = new URL('/sns/jscode2session', config.baseUrl ?? WECHAT_URL);
  url.search = new URLSearchParams({
    appid: config.appId,
    secret: config.appSecret,
    js_code: code,
    grant_type: 'authorization_code',
  }).toString();
  const outcome = await exchange({
    method: 'GET',
    url,
    headers: { accept: 'application/json' },
    timeoutMs: config.timeoutMs ?? 5000,
    maxBytes: 16 * 1024,
  });
  if (!outcome.ok) return unavailable(config, outcome.why);
  const { status, body } = outcome.exchange;
  // WeChat answers 200 with `text/plain`, failures included.
  const read = status === 200 ? answer.safeParse(parseJson(body)).data : undefined;
  return read ? readAnswer(config, read) : unavailable(config, `HTTP ${status}`);
}

function readAnswer(config: WechatLoginConfig, read: Answer): Result<WechatIdentity> {
  const { openid, unionid, errcode, errmsg } = read;
  if (CODE_REFUSALS.has(errcode)) return fail('auth.wechatCode');
  if (errcode !== 0 || !openid) return unavailable(config, String(errcode), errmsg);
  return ok(unionid ? { openid, unionid } : { openid });
}

function unavailable(config: WechatLoginConfig, why: string, message?: string): Result<never> {
  config.report?.(message ? { why, message } : { why });
  return fail('auth.wechatUnavailable');
}
