import type { ClientSettings } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { createStore } from 'zustand/vanilla';
import type { Parts } from './parts.ts';

const KEY = 'settings';

export type SettingsState = {
  /** The last ones known; customer service must be reachable without a network, too. */
  readonly settings?: ClientSettings;
  readonly failure?: Failure;
  load(): Promise<void>;
};

export const createSettingsStore = ({ api, platform: { storage } }: Parts) =>
  createStore<SettingsState>((set) => ({
    ...readKept(storage.get(KEY)),
    load: async () => {
      const answer = await api.call('getClientSettings');
      if (!answer.ok) return set({ failure: answer.error });
      storage.set(KEY, JSON.stringify(answer.value));
      set((old) => ({ load: old.load, settings: answer.value }), true);
    },
  }));

function readKept(text: string | undefined): { settings?: ClientSettings } {
  if (!text) return {};
  try {
    return { settings: JSON.parse(text) as ClientSettings };
  } catch {
    return {};
  }
}
