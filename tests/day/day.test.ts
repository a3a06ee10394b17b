import { describe, expect, it } from 'vitest';
import { patient } from '../../scripts/test/slowness.ts';
import { PACES } from '../../src/shared/index.ts';
import { seeded } from '../faults/damage.ts';
import { runDay } from './day.ts';
import { nextOutage, OUTAGE_KINDS } from './outages.ts';

/** What each pace asks of a prepaid graduate while the network does not fail an act. */
const ASKED = {
  express: { touches: 5, pages: ['verify', 'camera', 'judged', 'handedIn'] },
  stepwise: {
    touches: 11,
    pages: [
      ...['verify', 'orders', 'orderDetail', 'requirements', 'camera'],
      ...['reviewShot', 'kept', 'judged', 'handedIn'],
    ],
  },
};

describe('a short day with a network that is down for a third of the time', () => {
  it.each(PACES)(
    '%s: every photo arrives once, as it was shot',
    async (pace) => {
      const graduates = 12;
      const day = await runDay({ graduates, seed: 7, down: 0.3, pace, recording: 'built' });
      expect(day.verdict).toEqual({ exactlyOnce: graduates, lost: [], doubled: [], changed: [] });
      expect(day).toMatchObject({ parked: 0, errors: [] });
      const undisturbed = day.visits.filter(({ failedActs }) => failedActs === 0);
      expect(undisturbed.length).toBeGreaterThan(0);
      for (const { touches, pages } of undisturbed) expect({ touches, pages }).toEqual(ASKED[pace]);
    },
    patient(120_000),
  );
});

it.each([0.1, 0.3, 0.6])('outages take the share of the time that is asked for: %d', (down) => {
  const random = seeded(1);
  const row = Array.from({ length: 20_000 }, () => nextOutage(random, down));
  const sum = (of: 'upMs' | 'downMs') => row.reduce((total, outage) => total + outage[of], 0);
  expect(sum('downMs') / (sum('downMs') + sum('upMs'))).toBeCloseTo(down, 1);
  expect(new Set(row.map(({ kind }) => kind))).toEqual(new Set(OUTAGE_KINDS));
});
