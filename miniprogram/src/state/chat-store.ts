import type { ChatMessage } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { createStore } from 'zustand/vanilla';
import { newId, type Parts } from './parts.ts';

/** Typed here and not yet confirmed by the server. */
export type Outgoing = {
  readonly messageId: string;
  readonly text: string;
  readonly orderId?: string;
  readonly failure?: Failure;
};

export type ChatState = {
  readonly messages: readonly ChatMessage[];
  readonly outgoing: readonly Outgoing[];
  readonly online: boolean;
  readonly unread: number;
  readonly loaded: boolean;
  readonly failure: Failure | undefined;
  /** Fetches what is new. */
  load(): Promise<void>;
  send(text: string, orderId?: string): Promise<void>;
  /** Sends a failed message again under its own id. */
  retry(messageId: string): Promise<void>;
  markRead(): Promise<void>;
  forget(): void;
};

type Store = {
  set(part: Partial<ChatState> | ((old: ChatState) => Partial<ChatState>)): void;
  get(): ChatState;
};

const EMPTY = {
  messages: [],
  outgoing: [],
  online: false,
  unread: 0,
  loaded: false,
  failure: undefined,
};

export const createChatStore = (parts: Parts) =>
  createStore<ChatState>((set, get) => ({
    ...EMPTY,
    load: () => load(parts, { set, get }),
    send: async (text, orderId) => {
      const messageId = await newId(parts.platform);
      const message = { messageId, text: text.trim(), ...(orderId ? { orderId } : {}) };
      set(({ outgoing }) => ({ outgoing: [...outgoing, message] }));
      await deliver(parts, { set, get }, message);
    },
    retry: async (messageId) => {
      const message = get().outgoing.find((x) => x.messageId === messageId);
      if (message) await deliver(parts, { set, get }, message);
    },
    markRead: async () => {
      const upTo = lastSequence(get().messages);
      if (upTo === 0 || get().unread === 0) return;
      const answer = await parts.api.call('markChatRead', { body: { upTo } });
      if (answer.ok) set({ unread: answer.value.unread });
    },
    forget: () => set(EMPTY),
  }));

const lastSequence = (messages: readonly ChatMessage[]) => messages.at(-1)?.sequence ?? 0;

async function load({ api }: Parts, { set, get }: Store): Promise<void> {
  for (let more = true; more; ) {
    const query = { after: lastSequence(get().messages) };
    const answer = await api.call('listMessages', { query });
    if (!answer.ok) return set({ failure: answer.error });
    const { messages, online, unread } = answer.value;
    more = answer.value.more && messages.length > 0;
    set((old) => ({
      messages: merge(old.messages, messages),
      outgoing: without(old.outgoing, messages),
      online,
      unread,
      loaded: true,
      failure: undefined,
    }));
  }
}

async function deliver({ api }: Parts, { set }: Store, message: Outgoing): Promise<void> {
  const { messageId, text, orderId } = message;
  replace(set, { messageId, text, ...(orderId ? { orderId } : {}) });
  const body = { text, ...(orderId ? { orderId } : {}) };
  const answer = await api.call('sendMessage', { params: { messageId }, body });
  if (!answer.ok) return replace(set, { ...message, failure: answer.error });
  set(({ messages, outgoing }) => ({
    messages: merge(messages, [answer.value]),
    outgoing: without(outgoing, [answer.value]),
  }));
}

function replace(set: Store['set'], message: Outgoing): void {
  set(({ outgoing }) => ({
    outgoing: outgoing.map((x) => (x.messageId === message.messageId ? message : x)),
  }));
}

/** By sequence, each message once: it may come by the answer and by the list. */
function merge(old: readonly ChatMessage[], fresh: readonly ChatMessage[]): ChatMessage[] {
  const known = new Map([...old, ...fresh].map((message) => [message.messageId, message]));
  return [...known.values()].sort((a, b) => a.sequence - b.sequence);
}

function without(outgoing: readonly Outgoing[], stored: readonly ChatMessage[]): Outgoing[] {
  return outgoing.filter((x) => !stored.some(({ messageId }) => messageId === x.messageId));
}
