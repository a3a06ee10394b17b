import { expect, it } from 'vitest';
import { createRigClock } from '../ground/tests/rig-clock.ts';
import { createScannerReads } from './scanner-reads.ts';

const bytes = (text: string) => Buffer.from(text);

it('a code that a held scanner reads again and again counts once, and again when it comes back', async () => {
  const clock = createRigClock();
  const reads = createScannerReads({ clock, log: () => undefined, onChange: () => undefined });
  reads.heard(bytes('same'));
  reads.heard(bytes('same'));
  expect(reads.take(1)).toEqual({ ok: true, value: { payload: 'same' } });
  expect(reads.waiting()).toBe(undefined);
  reads.heard(bytes('other'));
  reads.heard(bytes('same'));
  expect(reads.waiting()).toBe(2);
  reads.take(2);
  reads.take(3);
  await clock.advance(1200);
  reads.heard(bytes('same'));
  expect(reads.waiting()).toBe(4);
  reads.close();
});
