import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createGroupFlush } from './group-flush.ts';

type Flush = { readonly upTo: number; end(error?: Error): void };

function rig() {
  let written = 0;
  const flushes: Flush[] = [];
  const settled = createGroupFlush({
    written: () => written,
    flush: () =>
      new Promise<void>((resolve, reject) => {
        const end = (error?: Error) => (error ? reject(error) : resolve());
        flushes.push({ upTo: written, end });
      }),
  });
  const write = () => {
    written += 1;
  };
  return { write, flushes, settled };
}

const ticks = async () => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

it('costs nothing where nothing is new', async () => {
  const { write, flushes, settled } = rig();
  await settled();
  expect(flushes).toHaveLength(0);
  write();
  const first = settled();
  flushes[0]?.end();
  await first;
  await settled();
  expect(flushes).toHaveLength(1);
});

it('all that wait for the disk at once share one flush', async () => {
  const { write, flushes, settled } = rig();
  write();
  const first = settled();
  write();
  const later = [settled(), settled(), settled()];
  expect(flushes).toHaveLength(1);
  flushes[0]?.end();
  await first;
  await ticks();
  expect(flushes).toHaveLength(2);
  flushes[1]?.end();
  await Promise.all(later);
  expect(flushes).toHaveLength(2);
});

it('who waits for a flush that fails hears of it, and the next one tries again', async () => {
  const { write, flushes, settled } = rig();
  write();
  const first = settled();
  write();
  const second = settled();
  flushes[0]?.end(new Error('i/o error'));
  await expect(first).rejects.toThrow('i/o error');
  await ticks();
  flushes[1]?.end();
  await second;
  await settled();
  expect(flushes).toHaveLength(2);
});

it('answers nobody before a flush that began after their writing has ended well', async () => {
  const acts = fc.array(fc.constantFrom('write', 'wait', 'end', 'fail'), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(acts, async (row) => {
      const { write, flushes, settled } = rig();
      let [written, safe, ended] = [0, 0, 0];
      const waiting: Promise<unknown>[] = [];
      const finish = (error?: Error) => {
        const flush = flushes[ended];
        if (!flush) return;
        ended += 1;
        if (!error) safe = Math.max(safe, flush.upTo);
        flush.end(error);
      };
      for (const act of row) {
        if (act === 'write') {
          write();
          written += 1;
        } else if (act === 'wait') {
          const mine = written;
          const told = settled().then(() => expect(safe).toBeGreaterThanOrEqual(mine));
          waiting.push(told.catch((error: Error) => expect(error.message).toBe('failed')));
        } else finish(act === 'fail' ? new Error('failed') : undefined);
        await ticks();
      }
      while (ended < flushes.length) {
        finish();
        await ticks();
      }
      await Promise.all(waiting);
    }),
  );
});
