import type { Language } from '@gradshot/domain';
import { playTone, type Tone } from './tones.ts';

/** Something to say, and the sound that stands for it where nobody can say it. */
export type Prompt = { readonly text: string; readonly tone: Tone };

const LOCALE: Readonly<Record<Language, RegExp>> = {
  // Mandarin alone: zh-HK and yue are Cantonese.
  zh: /^(zh|cmn)([-_](CN|SG|TW|Hans|Hant).*)?$/i,
  en: /^en/i,
};

/**
 * The system's own voice for that language; one that needs a network is none, for a station must speak
 * without one too.
 */
export function findVoice(
  voices: readonly SpeechSynthesisVoice[],
  language: Language,
): SpeechSynthesisVoice | undefined {
  const fitting = voices.filter(
    ({ lang, localService }) => localService && LOCALE[language].test(lang),
  );
  return fitting.find(({ lang }) => /CN|Hans|US|GB/i.test(lang)) ?? fitting[0];
}

/** Says it at once, in place of what is being said; `volume` 0–1, 0 is silence. */
export function prompt(what: Prompt, language: Language, volume: number): void {
  if (volume <= 0) return;
  const synthesis = globalThis.speechSynthesis;
  const voice = synthesis && findVoice(synthesis.getVoices(), language);
  if (!voice) {
    playTone(what.tone, volume);
    return;
  }
  const utterance = new SpeechSynthesisUtterance(what.text);
  Object.assign(utterance, { voice, lang: voice.lang, volume, rate: 1.1 });
  synthesis.cancel();
  synthesis.speak(utterance);
}

export function silence(): void {
  globalThis.speechSynthesis?.cancel();
}
