import type { ChatMessage, RouteOutput } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { AccountCaller } from '../../ports/access/caller.ts';
import type { AccountRecord, AccountRows } from '../../ports/accounts/account-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Announcing } from '../../ports/ground/happenings.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { ChatMessageRecord, ChatRows } from '../../ports/messages/chat-repository.ts';
import type { OrderRows } from '../../ports/order-life/order-repository.ts';
import { reachOrder } from '../access/order-access.ts';

type Rows = AccountRows & Announcing & ChatRows;
type Writing = Stored<Rows> & { readonly clock: Clock; readonly vault: Vault };
type Needs = Stored<Rows & OrderRows> & {
  readonly clock: Clock;
  readonly vault: Vault;
};

/** An agent counts as present for so long after the last look at the desk. */
const PRESENT_MS = 2 * 60_000;

export type NewMessage = {
  readonly messageId: string;
  readonly text: string;
  readonly orderId?: string | undefined;
};

/** 在线客服 on the graduate's side. */
export type Chat = {
  list(
    caller: AccountCaller,
    page: { readonly after: number; readonly limit: number },
  ): Promise<RouteOutput<'listMessages'>>;
  send(caller: AccountCaller, message: NewMessage): Promise<Result<ChatMessage>>;
  markRead(caller: AccountCaller, upTo: number): Promise<{ unread: number }>;
};

export function createChat(environment: Needs): Chat {
  return {
    list: (caller, page) => list(environment, caller, page),
    send: (caller, message) => send(environment, caller, message),
    markRead: (caller, upTo) => markRead(environment, caller, upTo),
  };
}

const contextOf = (messageId: string) => `chat_messages.text:${messageId}`;

export function messageView(
  { vault }: { readonly vault: Vault },
  message: ChatMessageRecord,
): ChatMessage {
  return {
    messageId: message.id,
    sequence: message.sequence,
    from: message.sender,
    ...(message.agentName ? { agentName: message.agentName } : {}),
    text: vault.open(message.textSealed, contextOf(message.id)),
    ...(message.orderId ? { orderId: message.orderId } : {}),
    at: message.at.toISOString(),
  };
}

async function list(
  environment: Needs,
  { accountId }: AccountCaller,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<RouteOutput<'listMessages'>> {
  const { storage, clock } = environment;
  const found = await storage.chat.after(accountId, after, limit + 1);
  const account = await storage.accounts.find(accountId);
  const since = new Date(clock().getTime() - PRESENT_MS);
  return {
    messages: found.slice(0, limit).map((message) => messageView(environment, message)),
    more: found.length > limit,
    online: await storage.chat.anybodyAtDesk(since),
    unread: await storage.chat.countUnread(accountId, account?.chatRead ?? 0, 'graduate'),
  };
}

async function send(
  environment: Needs,
  caller: AccountCaller,
  message: NewMessage,
): Promise<Result<ChatMessage>> {
  const { orderId } = message;
  // The order stands in the body, not in the path; the same rule decides about it.
  const order = orderId ? await reachOrder(environment, caller, orderId) : ok(null);
  if (!order.ok) return order;
  return addMessage(environment, {
    accountId: caller.accountId,
    sender: 'graduate',
    agentName: null,
    messageId: message.messageId,
    text: message.text,
    orderId: orderId ?? null,
  });
}

export type MessageToAdd = Pick<
  ChatMessageRecord,
  'accountId' | 'sender' | 'agentName' | 'orderId'
> & { readonly messageId: string; readonly text: string };

/** Appends to a conversation; the same message again is success and adds nothing. */
export function addMessage(
  environment: Writing,
  message: MessageToAdd,
): Promise<Result<ChatMessage>> {
  return environment.storage.transaction(async (repositories) => {
    const account = await repositories.accounts.lock(message.accountId);
    if (!account) return fail('request.notFound');
    const known = await repositories.chat.find(message.messageId);
    if (known) return sameAgain(environment, known, message);
    return ok(messageView(environment, await insert(environment, repositories, account, message)));
  });
}

function sameAgain(
  environment: Writing,
  known: ChatMessageRecord,
  message: MessageToAdd,
): Result<ChatMessage> {
  const view = messageView(environment, known);
  const same =
    known.accountId === message.accountId &&
    known.sender === message.sender &&
    view.text === message.text;
  return same ? ok(view) : fail('request.idempotencyMismatch');
}

async function insert(
  { vault, clock }: Writing,
  repositories: Rows,
  account: AccountRecord,
  { messageId, text, ...message }: MessageToAdd,
): Promise<ChatMessageRecord> {
  const sequence = account.chatLast + 1;
  const record: ChatMessageRecord = {
    id: messageId,
    sequence,
    textSealed: vault.seal(text, contextOf(messageId)),
    at: clock(),
    ...pickMessage(message),
  };
  await repositories.chat.insert(record);
  await repositories.accounts.update(account.id, {
    chatLast: sequence,
    // Whoever answers has read what was asked.
    ...(message.sender === 'agent' ? { agentName: message.agentName, deskRead: sequence } : {}),
  });
  repositories.announce({ topic: 'chat', accountId: account.id });
  return record;
}

function pickMessage({
  accountId,
  sender,
  agentName,
  orderId,
}: Omit<MessageToAdd, 'messageId' | 'text'>) {
  return { accountId, sender, agentName, orderId };
}

async function markRead(
  { storage }: Needs,
  { accountId }: AccountCaller,
  upTo: number,
): Promise<{ unread: number }> {
  return storage.transaction(async ({ accounts, chat }) => {
    const account = await accounts.lock(accountId);
    if (!account) throw new Error('a session without its account');
    const chatRead = Math.max(account.chatRead, Math.min(upTo, account.chatLast));
    await accounts.update(accountId, { chatRead });
    return { unread: await chat.countUnread(accountId, chatRead, 'graduate') };
  });
}
