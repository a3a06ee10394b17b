import type { Notice } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { createStore } from 'zustand/vanilla';
import type { Parts } from './parts.ts';

export type NoticesState = {
  /** Newest first; undefined before the first answer. */
  readonly notices: readonly Notice[] | undefined;
  readonly unread: number;
  readonly failure: Failure | undefined;
  load(): Promise<void>;
  markRead(): Promise<void>;
  forget(): void;
};

const EMPTY = { notices: undefined, unread: 0, failure: undefined };

export const createNoticesStore = ({ api }: Parts) =>
  createStore<NoticesState>((set, get) => ({
    ...EMPTY,
    load: async () => {
      const answer = await api.call('listNotices', { query: {} });
      set(answer.ok ? { ...answer.value, failure: undefined } : { failure: answer.error });
    },
    markRead: async () => {
      const upTo = Math.max(0, ...(get().notices ?? []).map(({ sequence }) => sequence));
      if (upTo === 0 || get().unread === 0) return;
      const answer = await api.call('markNoticesRead', { body: { upTo } });
      if (answer.ok) set({ unread: answer.value.unread });
    },
    forget: () => set(EMPTY),
  }));
