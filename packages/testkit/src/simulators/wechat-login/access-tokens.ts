import { randomBytes } from 'node:crypto';
import { z } from 'zod';

const tokenRequest = z.object({
  grant_type: z.string(),
  appid: z.string(),
  secret: z.string(),
  force_refresh: z.boolean().optional(),
});

export type AccessTokens = {
  /** Answers as `/cgi-bin/stable_token` does. */
  issue(body: unknown): object;
  /** Errors of a token: 40001 for one that never was or was replaced, 42001 for one that is over. */
  refusalOf(
    token: string | undefined,
  ): { readonly errcode: number; readonly errmsg: string } | undefined;
  /** Ends the present token early, as somebody's forced refresh elsewhere does. */
  replace(): void;
  /** How often a token was asked for. */
  readonly asked: number;
};

const VALID_S = 7200;

/** The access token in its stable form: everybody gets the same one until it ends. */
export function createAccessTokens(
  credentials: { readonly appId: string; readonly appSecret: string },
  now: () => Date,
): AccessTokens {
  const newToken = () => ({
    value: randomBytes(48).toString('base64url'),
    until: now().getTime() + VALID_S * 1000,
  });
  let token: ReturnType<typeof newToken> | undefined;
  const ended = new Set<string>();
  let asked = 0;
  const issue = (body: unknown): object => {
    asked += 1;
    const wanted = tokenRequest.safeParse(body).data;
    if (wanted?.grant_type !== 'client_credential') return refusal(40002, 'invalid grant_type');
    if (wanted.appid !== credentials.appId) return refusal(40013, 'invalid appid');
    if (wanted.secret !== credentials.appSecret) return refusal(40125, 'invalid appsecret');
    const over = token && token.until <= now().getTime();
    if (token && over) ended.add(token.value);
    if (!token || over || wanted.force_refresh) token = newToken();
    const left = Math.floor((token.until - now().getTime()) / 1000);
    return { access_token: token.value, expires_in: left };
  };
  return {
    issue,
    refusalOf(value) {
      if (value !== undefined && value === token?.value && token.until > now().getTime())
        return undefined;
      if (value !== undefined && (ended.has(value) || value === token?.value))
        return refusal(42001, 'access_token expired');
      return refusal(40001, 'invalid credential, access_token is invalid or not latest');
    },
    replace() {
      token = newToken();
    },
    get asked() {
      return asked;
    },
  };
}

const refusal = (errcode: number, errmsg: string) => ({ errcode, errmsg });
