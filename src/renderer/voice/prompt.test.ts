import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findVoice, prompt } from './prompt.ts';

const voice = (lang: string, localService = true) =>
  ({ lang, localService, name: lang }) as SpeechSynthesisVoice;
const langs = (...all: string[]) => all.map((lang) => voice(lang));

it.each([
  ['Mandarin before all', langs('en-US', 'zh-HK', 'zh-CN', 'zh-TW'), 'zh-CN'],
  ['Taiwan’s where there is no other', langs('zh-HK', 'zh-TW'), 'zh-TW'],
  ['what Linux calls it', langs('cmn'), 'cmn'],
])('takes %s', (_, voices, expected) => {
  expect(findVoice(voices, 'zh')?.lang).toBe(expected);
});

it('takes no Cantonese voice for Mandarin, and none that needs a network', () => {
  expect(findVoice(langs('zh-HK', 'yue-HK', 'en-GB'), 'zh')).toBeUndefined();
  expect(findVoice([voice('zh-CN', false)], 'zh')).toBeUndefined();
});

const spoken: { text: string; volume: number; lang: string }[] = [];
const tones: number[] = [];
let voices: SpeechSynthesisVoice[] = [];

beforeEach(() => {
  spoken.length = 0;
  tones.length = 0;
  vi.stubGlobal('speechSynthesis', {
    getVoices: () => voices,
    cancel: () => undefined,
    speak: (utterance: (typeof spoken)[number]) => void spoken.push(utterance),
  });
  vi.stubGlobal(
    'SpeechSynthesisUtterance',
    class {
      readonly text: string;
      constructor(text: string) {
        this.text = text;
      }
    },
  );
  const connectable = { connect: (next: unknown) => next };
  vi.stubGlobal(
    'AudioContext',
    class {
      readonly currentTime = 0;
      readonly destination = connectable;
      createGain() {
        const gain = { setValueAtTime() {}, exponentialRampToValueAtTime() {} };
        return { ...connectable, gain };
      }
      createOscillator() {
        const frequency = { value: 0 };
        const start = () => void tones.push(frequency.value);
        return { ...connectable, frequency, start, stop() {} };
      }
    },
  );
});
afterEach(() => void vi.unstubAllGlobals());

const BACK = { text: '请后退一点。', tone: 'attention' } as const;

it('speaks with the system’s voice, as loud as it is told', () => {
  voices = langs('zh-CN');
  prompt(BACK, 'zh', 0.5);
  expect(spoken).toMatchObject([{ text: '请后退一点。', volume: 0.5, lang: 'zh-CN' }]);
  expect(tones).toEqual([]);
});

it('sounds a tone where the system has no such voice', () => {
  voices = langs('fr-FR');
  prompt(BACK, 'zh', 0.5);
  expect(spoken).toEqual([]);
  expect(tones.length).toBeGreaterThan(0);
});

it('is silent when it is turned off', () => {
  voices = langs('zh-CN');
  prompt(BACK, 'zh', 0);
  expect([spoken, tones]).toEqual([[], []]);
});
