import { ok } from '@gradshot/domain';
import type { EventStreams } from '../plugins/event-streams.ts';
import type { HandlersOf } from '../plugins/handler.ts';
import type { HappeningSource } from '../ports/ground/happenings.ts';
import { listenForAccount } from '../services/accounts/account-events.ts';
import type { Chat } from '../services/messages/chat.ts';
import type { ChatDesk } from '../services/messages/chat-desk.ts';
import type { Notices } from '../services/messages/notices.ts';

export function messageRoutes(services: {
  readonly chat: Chat;
  readonly notices: Notices;
}): HandlersOf<
  'listMessages' | 'sendMessage' | 'markChatRead' | 'listNotices' | 'markNoticesRead'
> {
  const { chat, notices } = services;
  return {
    listMessages: async ({ caller, query }) => ok(await chat.list(caller, query)),
    sendMessage: ({ caller, params, body }) => chat.send(caller, { ...params, ...body }),
    markChatRead: async ({ caller, body }) => ok(await chat.markRead(caller, body.upTo)),
    listNotices: async ({ caller, query }) => ok(await notices.list(caller, query.limit)),
    markNoticesRead: async ({ caller, body }) => ok(await notices.markRead(caller, body.upTo)),
  };
}

export function accountStreamRoutes(
  environment: { readonly happenings: HappeningSource },
  streams: EventStreams,
): HandlersOf<'streamEvents'> {
  return {
    async streamEvents({ caller, reply }) {
      streams.open(reply, (send) => listenForAccount(environment, caller, send));
      return ok(undefined);
    },
  };
}

export function chatDeskRoutes(services: {
  readonly chatDesk: ChatDesk;
}): HandlersOf<'listConversations' | 'listConversation' | 'answerConversation'> {
  const { chatDesk } = services;
  return {
    listConversations: async ({ caller }) => ok(await chatDesk.conversations(caller)),
    listConversation: ({ caller, params, query }) =>
      chatDesk.messages(caller, { ...params, ...query }),
    answerConversation: ({ caller, params, body }) =>
      chatDesk.answer(caller, { ...params, ...body }),
  };
}
