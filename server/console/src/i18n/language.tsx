import { errorSentence, type Failure, type Language } from '@gradshot/domain';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { en } from './en.ts';
import { type Messages, zh } from './zh.ts';

const STORAGE_KEY = 'gradshot.console.language';
const DICTIONARIES: Readonly<Record<Language, Messages>> = { zh, en };

type LanguageState = {
  readonly language: Language;
  readonly t: Messages;
  readonly setLanguage: (language: Language) => void;
  /** The text of the two in the chosen language. */
  readonly pick: (texts: { readonly zh: string; readonly en: string }) => string;
  readonly explain: (failure: Failure) => string;
};

const Context = createContext<LanguageState | undefined>(undefined);

function storedLanguage(): Language {
  return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'zh';
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, set] = useState<Language>(storedLanguage);
  const state = useMemo<LanguageState>(
    () => ({
      language,
      t: DICTIONARIES[language],
      setLanguage: (next) => {
        localStorage.setItem(STORAGE_KEY, next);
        document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
        set(next);
      },
      pick: (texts) => texts[language],
      explain: (failure) => sentence(failure, language),
    }),
    [language],
  );
  return <Context.Provider value={state}>{children}</Context.Provider>;
}

/** The catalogue's sentence for a lost session speaks to graduates; staff log in again. */
function sentence(failure: Failure, language: Language): string {
  if (failure.code === 'auth.required') return DICTIONARIES[language].login.sessionEnded;
  return errorSentence(failure, language);
}

export function useLanguage(): LanguageState {
  const state = useContext(Context);
  if (!state) throw new Error('useLanguage outside of LanguageProvider');
  return state;
}
