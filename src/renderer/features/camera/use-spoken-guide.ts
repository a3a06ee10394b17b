import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSnapshot } from '../../state/station-store.ts';
import { useSentence } from '../../ui/use-language.ts';
import { type Prompt, prompt, silence } from '../../voice/prompt.ts';
import type { Position } from './use-guidance.ts';
import type { Shot } from './use-shot.ts';

/** A correction that is gone sooner need not be said. */
const STANDS_MS = 900;
/** The same one is not said again before that. */
const AGAIN_MS = 7000;

const NUMBERS: Readonly<Record<number, 'camera.spoken1' | 'camera.spoken2' | 'camera.spoken3'>> = {
  1: 'camera.spoken1',
  2: 'camera.spoken2',
  3: 'camera.spoken3',
};

/** Says each correction and the countdown aloud, for eyes that look into the lens. */
export function useSpokenGuide(position: Position, { left, taking, caught }: Shot): void {
  const { t } = useTranslation();
  const sentence = useSentence();
  const { language, station } = useSnapshot();
  const say = (what: Prompt) => prompt(what, language, station.voiceVolume);
  const latest = useRef(say);
  latest.current = say;
  useEffect(() => silence, []);

  const guidance = typeof position === 'object' ? position : undefined;
  const first = guidance?.hints.find(({ weight }) => weight !== 'advises');
  const text = left === undefined && !taking && first ? sentence(first) : undefined;
  const said = useRef<{ text: string; at: number }>(undefined);
  useEffect(() => {
    if (text === undefined) return;
    const speak = () => {
      said.current = { text, at: performance.now() };
      latest.current({ text, tone: 'attention' });
      timer = setTimeout(speak, AGAIN_MS);
    };
    const last = said.current?.text === text ? said.current.at : Number.NEGATIVE_INFINITY;
    const wait = Math.max(STANDS_MS, last + AGAIN_MS - performance.now());
    let timer = setTimeout(speak, wait);
    return () => clearTimeout(timer);
  }, [text]);

  const key = left === undefined ? undefined : NUMBERS[left];
  const number = key && t(key);
  useEffect(() => {
    if (number !== undefined) latest.current({ text: number, tone: 'tick' });
  }, [number]);
  const thanks = t('camera.spokenTaken');
  useEffect(() => {
    if (caught) latest.current({ text: thanks, tone: 'done' });
  }, [caught, thanks]);
}
