import { type CodePayload, ok } from '@gradshot/domain';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const ONE = { payload: 'sealed-enrolment-of-the-one' };
const OTHER = { payload: 'sealed-enrolment-of-another' };

/** What each look of the camera finds. */
let looks: (readonly CodePayload[])[];
vi.mock('./qr-reading.h5.ts', () => ({ readQr: async () => looks.shift() ?? [] }));
vi.mock('./media-stream.h5.ts', () => ({
  openRearCamera: async () => ok({ getTracks: () => [] }),
}));

const VIDEO = { videoWidth: 4, videoHeight: 4, play: async () => undefined };
const CANVAS = { getContext: () => ({ drawImage: () => undefined, getImageData: () => ({}) }) };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  vi.stubGlobal('document', { createElement: () => CANVAS });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function scanning() {
  const { scan } = await import('./scan.h5.ts');
  const opened = await scan.open();
  if (!opened.ok) throw new Error(opened.error.code);
  const told: boolean[] = [];
  let found: CodePayload | null | undefined;
  opened.value.onSeveral((several) => told.push(several));
  void opened.value.found.then((code) => {
    found = code;
  });
  opened.value.attach(VIDEO as unknown as HTMLVideoElement);
  return { told, found: () => found, close: opened.value.close };
}

test('a code that is alone before the camera is found', async () => {
  looks = [[ONE], [], [ONE]];
  const { told, found } = await scanning();
  await vi.advanceTimersByTimeAsync(2000);
  expect(found()).toEqual(ONE);
  expect(told).not.toContain(true);
});

test('of two none is found, which is told, until one is left', async () => {
  looks = [
    ...Array.from({ length: 6 }, () => [ONE, OTHER]),
    ...Array.from({ length: 12 }, () => [OTHER]),
  ];
  const { told, found } = await scanning();
  await vi.advanceTimersByTimeAsync(600);
  expect(told).toContain(true);
  expect(found()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(5000);
  expect(told.at(-1)).toBe(false);
  expect(found()).toEqual(OTHER);
});

test('closed, it finds nothing', async () => {
  looks = [];
  const { found, close } = await scanning();
  close();
  await vi.advanceTimersByTimeAsync(1000);
  expect(found()).toBeNull();
});
