import { expect, it } from 'vitest';
import { runTrial } from './trial.ts';

/** A few of what `npm run faults` does by the hundred. */
it.each([1, 2])(
  'killed and damaged (seed %i), it loses and doubles nothing',
  async (seed) => {
    const trial = await runTrial(seed);
    expect(trial).toMatchObject({ lost: [], doubled: [], changed: [], stuck: false });
    expect(trial.damages).toHaveLength(3);
  },
  180_000,
);
