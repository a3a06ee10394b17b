import type { ChatMessage, CONSOLE_ROUTES, OutputOf } from '@gradshot/contract';
import { fail, glossary, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { AccountRows } from '../../ports/accounts/account-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Announcing } from '../../ports/ground/happenings.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { ChatRows } from '../../ports/messages/chat-repository.ts';
import type { StaffRows } from '../../ports/staff/staff-repository.ts';
import { addMessage, messageView } from './chat.ts';

type Needs = Stored<AccountRows & Announcing & ChatRows & StaffRows> & {
  readonly clock: Clock;
  readonly vault: Vault;
};

/** More would not be worked off in a day; the waiting ones come first. */
const MAX_CONVERSATIONS = 200;
const MAX_MESSAGES = 500;
const PREVIEW_LENGTH = 80;

type Conversations = OutputOf<(typeof CONSOLE_ROUTES)['listConversations']>;
type Answer = { readonly accountId: string; readonly messageId: string; readonly text: string };

/** 在线客服 on the agents' side. */
export type ChatDesk = {
  /** Waiting ones first, the longest waiting at the top. */
  conversations(caller: StaffCaller): Promise<Conversations>;
  /** Messages after a sequence; what is answered counts as read by the desk. */
  messages(
    caller: StaffCaller,
    conversation: { readonly accountId: string; readonly after: number },
  ): Promise<Result<{ messages: ChatMessage[] }>>;
  answer(caller: StaffCaller, answer: Answer): Promise<Result<ChatMessage>>;
};

export function createChatDesk(environment: Needs): ChatDesk {
  return {
    async conversations(caller) {
      await seen(environment, caller);
      return { conversations: await list(environment, caller) };
    },
    async messages(caller, conversation) {
      await seen(environment, caller);
      return read(environment, conversation);
    },
    async answer(caller, { accountId, messageId, text }) {
      await seen(environment, caller);
      const agent = await environment.storage.staff.find(caller.staffId);
      const agentName = agent?.name ?? glossary.agent.zh;
      const message = { accountId, messageId, text, agentName, orderId: null };
      return addMessage(environment, { ...message, sender: 'agent' });
    },
  };
}

function seen({ storage, clock }: Needs, { staffId }: StaffCaller): Promise<void> {
  return storage.chat.seeAtDesk(staffId, clock());
}

async function list(
  environment: Needs,
  { schools }: StaffCaller,
): Promise<Conversations['conversations']> {
  const found = await environment.storage.chat.conversations(schools, MAX_CONVERSATIONS);
  return found.map(({ last, who, unread, agentName }) => {
    const { text, at } = messageView(environment, last);
    return {
      accountId: last.accountId,
      who,
      lastText: [...text].slice(0, PREVIEW_LENGTH).join(''),
      lastAt: at,
      unread,
      ...(agentName ? { agentName } : {}),
    };
  });
}

async function read(
  environment: Needs,
  { accountId, after }: { readonly accountId: string; readonly after: number },
): Promise<Result<{ messages: ChatMessage[] }>> {
  return environment.storage.transaction(async ({ accounts, chat }) => {
    const account = await accounts.lock(accountId);
    if (!account) return fail('request.notFound');
    const messages = await chat.after(accountId, after, MAX_MESSAGES);
    const newest = messages.at(-1)?.sequence ?? 0;
    if (newest > account.deskRead) await accounts.update(accountId, { deskRead: newest });
    return ok({ messages: messages.map((message) => messageView(environment, message)) });
  });
}
