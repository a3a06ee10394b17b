import type { SchoolScope } from '../access/school-scope.ts';
export type ChatMessageRecord = {
  readonly id: string;
  readonly accountId: string;
  readonly sequence: number;
  readonly sender: 'graduate' | 'agent' | 'system';
  readonly agentName: string | null;
  readonly textSealed: Uint8Array;
  readonly orderId: string | null;
  readonly at: Date;
};

export type ConversationSummary = {
  readonly last: ChatMessageRecord;
  /** Masked name of the linked student, else the masked phone. */
  readonly who: string;
  /** Messages of the graduate that no agent has read. */
  readonly unread: number;
  readonly agentName: string | null;
};

export type ChatRepository = {
  find(id: string): Promise<ChatMessageRecord | undefined>;
  insert(message: ChatMessageRecord): Promise<void>;
  after(accountId: string, sequence: number, limit: number): Promise<ChatMessageRecord[]>;
  /** Messages behind a sequence that did not come from that side. */
  countUnread(accountId: string, after: number, reader: 'graduate' | 'agent'): Promise<number>;
  /** Waiting ones first, the longest waiting at the top; then the latest. */
  conversations(scope: SchoolScope, limit: number): Promise<ConversationSummary[]>;
  seeAtDesk(staffId: string, at: Date): Promise<void>;
  anybodyAtDesk(since: Date): Promise<boolean>;
};

export type ChatRows = { readonly chat: ChatRepository };
