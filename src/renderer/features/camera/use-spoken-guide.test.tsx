// @vitest-environment jsdom
import type { GuideHint } from '@gradshot/domain';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { snapshotAt, startStation } from '../../tests/test-station.tsx';
import type { Position } from './use-guidance.ts';
import type { Shot } from './use-shot.ts';
import { useSpokenGuide } from './use-spoken-guide.ts';

const said = vi.hoisted((): string[] => []);
vi.mock('../../voice/prompt.ts', () => ({
  prompt: ({ text }: { text: string }, _language: string, volume: number) => {
    if (volume > 0) said.push(text);
  },
  silence: () => undefined,
}));

beforeEach(async () => {
  said.length = 0;
  const { station } = snapshotAt({ step: 'welcome' });
  (await startStation({ step: 'welcome' })).show({ station: { ...station, voiceVolume: 0.5 } });
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const hint = (zh: string, weight: GuideHint['weight'] = 'corrects') => ({
  ...{ code: zh, zh, en: zh, weight },
});
const seen = (...hints: GuideHint[]): Position => ({ faces: 1, hints, state: 'adjust' });
const LEFT = hint('请向左移一点。');

function guide() {
  const rest = { left: undefined, taking: false, caught: false } as Shot;
  const hook = renderHook(({ position, shot }) => useSpokenGuide(position, shot), {
    initialProps: { position: undefined as Position, shot: rest },
  });
  const wait = (ms: number) => act(() => void vi.advanceTimersByTime(ms));
  return {
    wait,
    look: (position: Position) => hook.rerender({ position, shot: rest }),
    count: (left: number | undefined, taking = false, caught = taking) =>
      hook.rerender({ position: undefined, shot: { ...rest, left, taking, caught } }),
  };
}

it('says a correction that stands, and not one that is gone at once', () => {
  const { look, wait } = guide();
  look(seen(LEFT));
  wait(400);
  look(seen());
  wait(5000);
  expect(said).toEqual([]);
  look(seen(LEFT));
  wait(1000);
  expect(said).toEqual(['请向左移一点。']);
});

it('says it again only after a while, and another one at once', () => {
  const { look, wait } = guide();
  for (let second = 0; second < 6; second++) {
    look(seen(LEFT));
    wait(1000);
  }
  expect(said).toHaveLength(1);
  wait(3000);
  expect(said).toHaveLength(2);
  look(seen(hint('请靠近一点。')));
  wait(1000);
  expect(said.at(-1)).toBe('请靠近一点。');
});

it('tells nobody of what only staff can change', () => {
  const { look, wait } = guide();
  look(seen(hint('背景不够干净', 'advises')));
  wait(10_000);
  expect(said).toEqual([]);
});

it('counts down in words, and says when it is done', () => {
  const { count } = guide();
  for (const left of [3, 2, 1]) count(left);
  count(undefined, true);
  expect(said).toEqual(['三', '二', '一', '拍好了']);
});

it('says nothing of the sort while a camera on a cable is still about to expose', () => {
  const { count } = guide();
  count(1);
  count(undefined, true, false);
  expect(said).toEqual(['一']);
});
