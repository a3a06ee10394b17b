import type { Language } from '@gradshot/domain';
import { useMirror } from '../state/station-store.ts';

/** The snapshot's language; Chinese until the first snapshot. */
export function useLanguage(): Language {
  return useMirror((mirror) => mirror.snapshot?.language ?? 'zh');
}

/** Chooses the sentence of a text that carries both languages. */
export function useSentence(): (text: { readonly zh: string; readonly en: string }) => string {
  const language = useLanguage();
  return (text) => text[language];
}
