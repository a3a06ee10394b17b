import { expect, test, vi } from 'vitest';
import { createProgress, duration } from './progress.mjs';

function paper(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  return { out: { write, isTTY }, text: () => written.join('') };
}

test('a step says its number when it begins, and its time when it ends', async () => {
  const { out, text } = paper(false);
  const step = createProgress(3, 1, out);
  const result = await step('Models', async () => {
    expect(text()).toBe('2/3 Models …\n');
    return 7;
  });
  expect(result).toBe(7);
  expect(text()).toBe('2/3 Models …\n2/3 Models … 0.0 s\n');
  await step('Build', async () => {});
  expect(text()).toContain('3/3 Build … 0.0 s\n');
});

test('on a terminal the seconds of a quiet step are counted on its own line', async () => {
  vi.useFakeTimers();
  const { out, text } = paper(true);
  const step = createProgress(1, 0, out);
  const done = step('Packages', () => new Promise((resolve) => setTimeout(resolve, 2500)));
  await vi.advanceTimersByTimeAsync(2500);
  await done;
  vi.useRealTimers();
  expect(text().split('\r\x1b[K')).toEqual([
    '1/1 Packages …',
    '1/1 Packages … 1.0 s',
    '1/1 Packages … 2.0 s',
    '1/1 Packages … 2.5 s\n',
  ]);
});

test('nothing is redrawn over what a step prints', async () => {
  const { out, text } = paper(true);
  await createProgress(1, 0, out)('Tests', async () => void out.write('12 passed\n'), {
    talks: true,
  });
  expect(text()).toBe('1/1 Tests …\n12 passed\n1/1 Tests … 0.0 s\n');
});

test('a step that fails says so and passes its error on', async () => {
  const { out, text } = paper(false);
  const failing = createProgress(
    1,
    0,
    out,
  )('Build', async () => {
    throw new Error('no room');
  });
  await expect(failing).rejects.toThrow('no room');
  expect(text()).toContain('1/1 Build … failed after 0.0 s\n');
});

test.each([
  [400, '0.4 s'],
  [9960, '10 s'],
  [63_200, '63 s'],
  [125_000, '2 min 5 s'],
])('%i ms are %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
