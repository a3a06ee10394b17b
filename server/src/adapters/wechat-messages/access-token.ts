import { z } from 'zod';
import { exchange, parseJson } from '../http/bounded-exchange.ts';

export type WechatAppConfig = {
  /** AppID and AppSecret of the mini-program. */
  readonly appId: string;
  readonly appSecret: string;
  /** Default `https://api.weixin.qq.com`. */
  readonly baseUrl?: string;
  /** Default 5000 ms. */
  readonly timeoutMs?: number;
  readonly now?: () => Date;
};

export const WECHAT_URL = 'https://api.weixin.qq.com';

export type TokenOutcome =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly why: string };

export type AccessTokenSource = {
  /** The token that holds at present; asked for anew shortly before it ends. */
  get(): Promise<TokenOutcome>;
  /** WeChat refused that token: it is asked for anew, with force when WeChat still hands it out. */
  replace(refused: string): Promise<TokenOutcome>;
};

/** Before its end, so that a message on its way does not meet it. */
const MARGIN_MS = 5 * 60_000;

const answer = z.object({
  access_token: z.string().min(1).optional(),
  expires_in: z.number().positive().optional(),
  errcode: z.int().default(0),
});

/**
 * The mini-program's access token in its stable form (`stable_token`), which several servers get
 * alike and which nobody ends by asking again. One request at a time, however many wait for it.
 */
export function createAccessTokenSource(config: WechatAppConfig): AccessTokenSource {
  const now = () => (config.now?.() ?? new Date()).getTime();
  let held: { readonly token: string; readonly until: number } | undefined;
  let asking: Promise<TokenOutcome> | undefined;
  const ask = async (force: boolean): Promise<TokenOutcome> => {
    const outcome = await request(config, force);
    if (!outcome.ok) return outcome;
    held = { token: outcome.token, until: now() + outcome.seconds * 1000 - MARGIN_MS };
    return { ok: true, token: outcome.token };
  };
  const askOnce = (force: boolean): Promise<TokenOutcome> => {
    asking ??= ask(force).finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const get = async (): Promise<TokenOutcome> =>
    held && held.until > now() ? { ok: true, token: held.token } : askOnce(false);
  return {
    get,
    async replace(refused) {
      if (held?.token === refused) held = undefined;
      const next = await get();
      if (!next.ok || next.token !== refused) return next;
      held = undefined;
      return askOnce(true);
    },
  };
}

async function request(
  config: WechatAppConfig,
  force: boolean,
): Promise<{ ok: true; token: string; seconds: number } | { ok: false; why: string }> {
  const outcome = await exchange({
    method: 'POST',
    url: new URL('/cgi-bin/stable_token', config.baseUrl ?? WECHAT_URL),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credential',
      appid: config.appId,
      secret: config.appSecret,
      force_refresh: force,
    }),
    timeoutMs: config.timeoutMs ?? 5000,
    maxBytes: 16 * 1024,
  });
  if (!outcome.ok) return outcome;
  const read = answer.safeParse(parseJson(outcome.exchange.body)).data;
  if (!read) return { ok: false, why: `HTTP ${outcome.exchange.status}` };
  if (!read.access_token || !read.expires_in) return { ok: false, why: String(read.errcode) };
  return { ok: true, token: read.access_token, seconds: read.expires_in };
}
