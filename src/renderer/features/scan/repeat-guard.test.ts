import { expect, it } from 'vitest';
import { createRepeatGuard } from './repeat-guard.ts';

/** Looks at the code ten times a second for that long; how often it counted. */
function holdUp(
  guard: ReturnType<typeof createRepeatGuard>,
  text: string,
  from: number,
  ms: number,
) {
  let counted = 0;
  for (let at = from; at < from + ms; at += 100) if (guard.isNew(text, at)) counted += 1;
  return counted;
}

it('counts a code once for as long as it is held up', () => {
  expect(holdUp(createRepeatGuard(), 'A', 0, 60_000)).toBe(1);
});

it('counts it again when it was taken away', () => {
  const guard = createRepeatGuard();
  holdUp(guard, 'A', 0, 1000);
  for (let look = 0; look < 40; look++) guard.missed();
  expect(holdUp(guard, 'A', 5000, 1000)).toBe(1);
});

it('does not take the silence of a busy machine, or a moment of blur, for that', () => {
  const guard = createRepeatGuard();
  holdUp(guard, 'A', 0, 1000);
  expect(guard.isNew('A', 9000)).toBe(false);
  for (let look = 0; look < 3; look++) guard.missed();
  expect(guard.isNew('A', 19_000)).toBe(false);
  for (let look = 0; look < 10; look++) guard.missed();
  expect(guard.isNew('A', 20_000)).toBe(false);
});

it('counts another code at once', () => {
  const guard = createRepeatGuard();
  holdUp(guard, 'A', 0, 1000);
  expect(holdUp(guard, 'B', 1000, 1000)).toBe(1);
});

it('counts it again when the person dismissed the message', () => {
  const guard = createRepeatGuard();
  holdUp(guard, 'A', 0, 1000);
  guard.reset();
  expect(guard.isNew('A', 1000)).toBe(true);
});
