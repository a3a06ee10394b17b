import type { Language } from '@gradshot/domain';
import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { client } from '../client.ts';
import { en } from '../text/en.ts';
import { type Text, zh } from '../text/zh.ts';

export const useLanguage = (): Language => useStore(client.language, (x) => x.language);

/** The words of the chosen language. */
export const useText = (): Text => (useLanguage() === 'zh' ? zh : en);

/** Picks the sentence of a catalogue entry in the chosen language. */
export function useSentence(): (entry: { readonly zh: string; readonly en: string }) => string {
  const language = useLanguage();
  return (entry) => entry[language];
}

/** Runs `act` while the page is shown: at once, and again after every pause. */
export function useWhileShown(act: () => void, everyMs: number): void {
  const latest = useRef(act);
  latest.current = act;
  const shown = useShown();
  useEffect(() => {
    if (!shown) return undefined;
    latest.current();
    const timer = setInterval(() => latest.current(), everyMs);
    return () => clearInterval(timer);
  }, [shown, everyMs]);
}

/** True while this page is the one in front, and the program is in sight. */
export function useShown(): boolean {
  const [shown, setShown] = useState(true);
  const [inSight, setInSight] = useState(true);
  useEffect(() => client.platform.phone.watchSight(setInSight), []);
  useDidShow(() => setShown(true));
  useDidHide(() => setShown(false));
  return shown && inSight;
}
