import { z } from 'zod';
import type {
  GraduateMessage,
  GraduateMessages,
  MessageFact,
  MessageOutcome,
  NoticeKind,
} from '../../ports/messages/graduate-messages.ts';
import { exchange, parseJson } from '../http/bounded-exchange.ts';
import {
  type AccessTokenSource,
  createAccessTokenSource,
  WECHAT_URL,
  type WechatAppConfig,
} from './access-token.ts';

/** A template of the mini-program's console, and which of its fields says what. */
export type WechatTemplate = {
  readonly templateId: string;
  /** E.g. `{ orderNo: 'character_string1', state: 'phrase2' }`. */
  readonly fields: Readonly<Partial<Record<MessageFact, string | undefined>>>;
};

export type WechatMessagesConfig = WechatAppConfig & {
  readonly templates: Readonly<Partial<Record<NoticeKind, WechatTemplate | undefined>>>;
  /** Which program opens by a tap. Default `formal`, the released one. */
  readonly programState?: 'developer' | 'trial' | 'formal';
  /** Told WeChat's error number, or a network word; never an address (it holds the token). */
  readonly report?: (trouble: { readonly why: string }) => void;
};

const answer = z.object({ errcode: z.int() });

/** 40001 not valid or not the latest, 40014 malformed, 42001 expired. */
const TOKEN_REFUSALS: ReadonlySet<number> = new Set([40001, 40014, 42001]);

/** The graduate's own doing: 43101 did not subscribe (any more), 40003 is no user of this program. */
const GRADUATE_REFUSALS: ReadonlySet<number> = new Set([43101, 40003]);

/**
 * Ours, and the same at every try: 40037 template, 47001 and 47003 contents, 41030 page, 45168
 * forbidden words, 43107 this program may not send. Everything else (-1 busy, 43108 at once, 45009
 * quota, 40013 and 40125 credentials, 40164 address) may be over or repaired at the next try.
 */
const CONTENT_REFUSALS: ReadonlySet<number> = new Set([40037, 47001, 47003, 41030, 45168, 43107]);

/** 订阅消息: `subscribeMessage.send` of WeChat's server interface. */
export function createWechatMessages(config: WechatMessagesConfig): GraduateMessages {
  const tokens = createAccessTokenSource(config);
  return {
    async send(message) {
      const template = config.templates[message.kind];
      if (!template) return { kind: 'refused', why: 'noTemplate' };
      return sendWith(config, tokens, bodyOf(config, template, message));
    },
  };
}

function bodyOf(
  { programState = 'formal' }: WechatMessagesConfig,
  template: WechatTemplate,
  { to, facts, orderId }: GraduateMessage,
): string {
  const fields = Object.entries(template.fields) as [MessageFact, string][];
  return JSON.stringify({
    touser: to,
    template_id: template.templateId,
    page: `pages/order/index?orderId=${orderId}`,
    data: Object.fromEntries(fields.map(([fact, field]) => [field, { value: facts[fact] }])),
    miniprogram_state: programState,
    lang: 'zh_CN',
  });
}

/** A token that ended on the way is replaced, once. */
async function sendWith(
  config: WechatMessagesConfig,
  tokens: AccessTokenSource,
  body: string,
): Promise<MessageOutcome> {
  const first = await tokens.get();
  if (!first.ok) return unavailable(config, first.why);
  const outcome = await post(config, first.token, body);
  if (typeof outcome !== 'number' || !TOKEN_REFUSALS.has(outcome)) return read(config, outcome);
  const second = await tokens.replace(first.token);
  if (!second.ok) return unavailable(config, second.why);
  return read(config, await post(config, second.token, body));
}

/** WeChat's error number, 0 for a success; a word for what came instead of one. */
async function post(
  config: WechatMessagesConfig,
  token: string,
  body: string,
): Promise<number | string> {
  const url = new URL('/cgi-bin/message/subscribe/send', config.baseUrl ?? WECHAT_URL);
  url.searchParams.set('access_token', token);
  const outcome = await exchange({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body,
    timeoutMs: config.timeoutMs ?? 5000,
    maxBytes: 16 * 1024,
  });
  if (!outcome.ok) return outcome.why;
  const parsed = answer.safeParse(parseJson(outcome.exchange.body)).data;
  return parsed ? parsed.errcode : `HTTP ${outcome.exchange.status}`;
}

function read(config: WechatMessagesConfig, outcome: number | string): MessageOutcome {
  if (outcome === 0) return { kind: 'sent' };
  const why = String(outcome);
  if (typeof outcome !== 'number') return unavailable(config, why);
  if (GRADUATE_REFUSALS.has(outcome)) return { kind: 'refused', why };
  if (!CONTENT_REFUSALS.has(outcome)) return unavailable(config, why);
  config.report?.({ why });
  return { kind: 'refused', why };
}

function unavailable(config: WechatMessagesConfig, why: string): MessageOutcome {
  config.report?.({ why });
  return { kind: 'unavailable', why };
}
