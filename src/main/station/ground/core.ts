import type { Language } from '@gradshot/domain';
import type { StationOptions } from '../api.ts';
import type { Faults } from '../faults/faults.ts';
import type { Store } from '../store/store.ts';
import type { Connect } from '../sync/server-link.ts';
import type { Clock } from './clock.ts';
import type { StationTiming } from './timing.ts';

/** What every part of the station is built from. */
export type Core = {
  readonly options: StationOptions;
  readonly store: Store;
  /** Absent where faults are not allowed. */
  readonly faults: Faults | undefined;
  readonly clock: Clock;
  readonly timing: StationTiming;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly connect: Connect;
  /** The snapshot is out of date. */
  readonly changed: () => void;
  /** Of the present visitor; Chinese again when the visit ends or the welcome page is deserted. */
  readonly language: { current: Language };
};
