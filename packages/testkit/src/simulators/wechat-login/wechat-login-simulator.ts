import { createHash, randomBytes } from 'node:crypto';
import fastify from 'fastify';
import { z } from 'zod';
import { jsonBody, keepRawBodies, type Listen, LOOPBACK, listen } from '../listening.ts';
import { type AccessTokens, createAccessTokens } from './access-tokens.ts';
import { serviceNoticePage } from './service-notice-page.ts';
import { createSubscriptionDesk, type SubscriptionMessage } from './subscription-messages.ts';

export type WechatLoginSimulator = {
  readonly url: string;
  readonly credentials: { readonly appId: string; readonly appSecret: string };
  /** What `wx.login` would give to this user now. The same user always has the same openid. */
  issueCode(user: string): string;
  /** WeChat refuses this user's logins from now on, as with high-risk accounts. */
  block(user: string): void;
  openidOf(user: string): string;
  /** The user allowed one more message of that template, as `wx.requestSubscribeMessage` asks. */
  subscribe(user: string, templateId: string): void;
  /** Subscription messages that were sent. Newest last. */
  readonly messages: readonly SubscriptionMessage[];
  readonly accessTokens: Pick<AccessTokens, 'replace' | 'asked'>;
  /** While true, every answer is "system busy". */
  busy: boolean;
  close(): Promise<void>;
};

export type WechatLoginSimulatorOptions = {
  readonly at?: Listen;
  readonly now?: () => Date;
  /** Default: a random one. Give that of the payment simulator where both are used. */
  readonly appId?: string;
};

type IssuedCode = { readonly user: string; readonly until: number; used: boolean };

const VALID_FOR_MS = 5 * 60_000;

/**
 * WeChat's server interface for one mini-program: `code2Session`, the stable access token and
 * subscription messages, which show on a 演示 page.
 */
export async function startWechatLoginSimulator(
  options: WechatLoginSimulatorOptions = {},
): Promise<WechatLoginSimulator> {
  const now = options.now ?? (() => new Date());
  const credentials = {
    appId: options.appId ?? `wx${randomBytes(8).toString('hex')}`,
    appSecret: randomBytes(16).toString('hex'),
  };
  const codes = new Map<string, IssuedCode>();
  const blocked = new Set<string>();
  const openids = new Set<string>();
  const openidOf = (user: string): string => {
    const id = openid(credentials.appId, user);
    openids.add(id);
    return id;
  };
  const accessTokens = createAccessTokens(credentials, now);
  const desk = createSubscriptionDesk((id) => openids.has(id), now);
  const sendMessage = (query: unknown, body: unknown): object => {
    if (simulator.busy) return refusal(-1, 'system error');
    const { access_token } = query as { access_token?: string };
    return accessTokens.refusalOf(access_token) ?? desk.send(jsonBody(body));
  };
  const issueCode = (user: string): string => {
    const code = randomBytes(24).toString('base64url');
    codes.set(code, { user, until: now().getTime() + VALID_FOR_MS, used: false });
    return code;
  };
  const exchangeCode = (query: Query): object => {
    if (simulator.busy) return refusal(-1, 'system error');
    if (query.appid !== credentials.appId) return refusal(40013, 'invalid appid');
    if (query.secret !== credentials.appSecret) return refusal(40125, 'invalid appsecret');
    if (!query.js_code) return refusal(41008, 'missing code');
    const code = codes.get(query.js_code);
    if (!code || code.until < now().getTime()) return refusal(40029, 'invalid code');
    if (code.used) return refusal(40163, 'code been used');
    if (blocked.has(code.user)) return refusal(40226, 'code blocked');
    code.used = true;
    return { session_key: randomBytes(16).toString('base64'), openid: openidOf(code.user) };
  };

  const app = fastify({ forceCloseConnections: true });
  keepRawBodies(app);
  // As WeChat does: always 200, and JSON that is called plain text.
  app.get('/sns/jscode2session', (request, reply) =>
    reply.type('text/plain').send(JSON.stringify(exchangeCode(request.query as Query))),
  );
  app.post('/cgi-bin/stable_token', ({ body }) =>
    simulator.busy ? refusal(-1, 'system error') : accessTokens.issue(jsonBody(body)),
  );
  app.post('/cgi-bin/message/subscribe/send', ({ query, body }) => sendMessage(query, body));
  app.get('/', (_request, reply) => reply.type('text/html').send(serviceNoticePage(desk.messages)));
  app.get('/sim/messages', () => ({ messages: desk.messages }));
  app.post('/sim/codes', (request, reply) => {
    const wanted = z.object({ user: z.string().min(1).max(60) }).safeParse(jsonBody(request.body));
    if (!wanted.success) return reply.code(400).send({ error: 'malformed_request' });
    return { code: issueCode(wanted.data.user) };
  });
  const url = await listen(app, options.at ?? LOOPBACK);
  const simulator: WechatLoginSimulator = {
    url,
    credentials,
    issueCode,
    block: (user) => void blocked.add(user),
    openidOf,
    subscribe: (user, templateId) => desk.subscribe(openidOf(user), templateId),
    messages: desk.messages,
    accessTokens,
    busy: false,
    close: () => app.close(),
  };
  return simulator;
}

type Query = { readonly appid?: string; readonly secret?: string; readonly js_code?: string };

const refusal = (errcode: number, errmsg: string) => ({ errcode, errmsg });

/** 28 characters that start with `o`, as WeChat's do. */
function openid(appId: string, user: string): string {
  const digest = createHash('sha256').update(`${appId} ${user}`).digest('base64url');
  return `o${digest.slice(0, 27)}`;
}
