import type { Language } from '@gradshot/domain';
import { createStore } from 'zustand/vanilla';
import type { Platform } from '../platform/ports.ts';

const KEY = 'language';

export type LanguageState = {
  readonly language: Language;
  choose(language: Language): void;
};

/** Chosen once, kept on the phone; the system's language before that. */
export const createLanguageStore = ({ storage, phone }: Pick<Platform, 'storage' | 'phone'>) =>
  createStore<LanguageState>((set) => ({
    language: kept(storage.get(KEY)) ?? phone.language,
    choose: (language) => {
      storage.set(KEY, language);
      set({ language });
    },
  }));

function kept(value: string | undefined): Language | undefined {
  return value === 'zh' || value === 'en' ? value : undefined;
}
