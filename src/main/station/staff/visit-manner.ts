import { ok, type Result } from '@gradshot/domain';
import type { Pace } from '../../../shared/index.ts';
import type { EventLog } from '../store/event-log.ts';
import type { Settings } from '../store/settings.ts';
import { storing } from '../store/store-failure.ts';

/** Heard a step away, and not across the hall. */
const DEFAULT_VOLUME = 0.7;

/** How staff want visits to be: the pace, and how loud the station speaks (0–1, 0 is silence). */
export type VisitManner = {
  pace(): Pace;
  voiceVolume(): number;
  /** `station.diskFull` when it cannot be kept; what was set before then stands. */
  setPace(pace: Pace): Promise<Result<null>>;
  setVoice(volume: number): Promise<Result<null>>;
};

/** Kept in memory too: every picture of the screen tells both. */
export function createVisitManner(
  settings: Settings,
  events: EventLog,
  onPace: (pace: Pace) => void,
): VisitManner {
  let pace = settings.get('pace') ?? 'stepwise';
  let volume = settings.get('voiceVolume') ?? DEFAULT_VOLUME;
  return {
    pace: () => pace,
    voiceVolume: () => volume,
    setPace: (next) =>
      storing(async () => {
        settings.set('pace', next);
        pace = next;
        events.note('staff.setPace', { pace });
        onPace(pace);
        return ok(null);
      }),
    setVoice: (next) =>
      storing(async () => {
        settings.set('voiceVolume', next);
        volume = next;
        events.note('staff.setVoice', { volume });
        return ok(null);
      }),
  };
}
