import type { Clock } from './clock.ts';
import type { StationEvents } from './station-events.ts';
import type { StationTiming } from './timing.ts';

/** One structured line per event; never anything personal in it. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, facts?: object) => void;

/** What every part of the station is built from; it knows none of them. */
export type Core = {
  /** Of the program. */
  readonly version: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly timing: StationTiming;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly events: StationEvents;
};
