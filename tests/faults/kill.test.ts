import { expect, it } from 'vitest';
import { patient } from '../../scripts/test/slowness.ts';
import { openKilledRun } from './killed-run.ts';

it(
  'killed again and again during upload and submission, it loses and doubles nothing',
  async () => {
    const run = await openKilledRun(['a', 'b', 'c', 'd', 'e', 'f']);
    try {
      let finished: number | null = null;
      let kills = 0;
      // Pseudo-random, but the same every time: a failure can be looked at again.
      for (let round = 0; round < 12 && finished !== 0; round++) {
        finished = await run.killAfter(5 + ((round * 7) % 11), (round * 13) % 40);
        kills += finished === null ? 1 : 0;
      }
      if (finished !== 0) expect(await run.finish()).toBe(0);
      expect(kills).toBeGreaterThan(3);
      // One photo and one submission for each order, under the ids that the station had told.
      expect(run.verdict()).toEqual({ lost: [], doubled: [], changed: [] });
    } finally {
      await run.close();
    }
  },
  patient(180_000),
);
