import { z } from 'zod';
import { id, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

/** Longest text of one message, in UTF-16 units. */
export const MAX_MESSAGE_LENGTH = 1000;

export const chatMessage = z.object({
  /** Chosen by the sender; repeating it is success. */
  messageId: id,
  /** Grows by the account's conversation; pass the last one as `after`. */
  sequence: z.int().min(1),
  /** `system`: opening hours, "an agent has joined" and the like. */
  from: z.enum(['graduate', 'agent', 'system']),
  /** Shown name of the agent, never the staff login. */
  agentName: z.string().optional(),
  text: z.string(),
  orderId: id.optional(),
  at: timestamp,
});
export type ChatMessage = z.infer<typeof chatMessage>;

export const listMessages = defineRoute({
  id: 'listMessages',
  method: 'GET',
  path: '/v1/chat/messages',
  summary: '在线客服: the account’s conversation after a sequence, oldest first',
  callers: ['account'],
  query: z.object({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  response: z.object({
    messages: z.array(chatMessage),
    more: z.boolean(),
    /** Whether an agent is at the desk now. */
    online: z.boolean(),
    /** Messages of agents behind the last `markChatRead`. */
    unread: z.int().min(0),
  }),
  errors: [],
});

export const sendMessage = defineRoute({
  id: 'sendMessage',
  method: 'PUT',
  path: '/v1/chat/messages/:messageId',
  summary: 'Send a text to customer service, idempotent by messageId',
  callers: ['account'],
  params: z.object({ messageId: id }),
  body: z.object({
    text: z.string().trim().min(1).max(MAX_MESSAGE_LENGTH),
    /** The order that the question is about, one of the account’s own. */
    orderId: id.optional(),
  }),
  response: chatMessage,
  status: 201,
  errors: ['request.idempotencyMismatch', 'order.notFound'],
});

export const markChatRead = defineRoute({
  id: 'markChatRead',
  method: 'PUT',
  path: '/v1/chat/read',
  summary: 'The conversation was seen up to a sequence; never goes back',
  callers: ['account'],
  body: z.object({ upTo: z.int().min(0) }),
  response: z.object({ unread: z.int().min(0) }),
  errors: [],
});

/** A message to the graduate about a change of an order, also sent by WeChat or SMS. */
export const notice = z.object({
  noticeId: id,
  sequence: z.int().min(1),
  orderId: id,
  titleZh: z.string(),
  titleEn: z.string(),
  zh: z.string(),
  en: z.string(),
  at: timestamp,
  read: z.boolean(),
});
export type Notice = z.infer<typeof notice>;

export const listNotices = defineRoute({
  id: 'listNotices',
  method: 'GET',
  path: '/v1/notices',
  summary: 'Messages to the graduate, newest first',
  callers: ['account'],
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  response: z.object({ notices: z.array(notice), unread: z.int().min(0) }),
  errors: [],
});

export const markNoticesRead = defineRoute({
  id: 'markNoticesRead',
  method: 'PUT',
  path: '/v1/notices/read',
  summary: 'Notices were seen up to a sequence; never goes back',
  callers: ['account'],
  body: z.object({ upTo: z.int().min(0) }),
  response: z.object({ unread: z.int().min(0) }),
  errors: [],
});

/**
 * A nudge only: it says what to fetch again, so that a lost event costs nothing but time and no
 * personal data travels in the stream.
 */
export const accountEvent = z.object({
  topic: z.enum(['chat', 'notice', 'order', 'standardization']),
  orderId: id.optional(),
});
export type AccountEvent = z.infer<typeof accountEvent>;

/** Server-sent events, a comment line every 20 s; clients poll where streams do not pass. */
export const streamEvents = defineRoute({
  id: 'streamEvents',
  method: 'GET',
  path: '/v1/events',
  summary: 'Changes that concern the account, as they happen',
  callers: ['account'],
  response: accountEvent,
  stream: true,
  errors: [],
});
