import { type Language, ok, type Result } from '@gradshot/domain';
import type { Clock } from '../ground/clock.ts';
import type { EventLog } from '../store/event-log.ts';
import type { Settings } from '../store/settings.ts';
import { storing } from '../store/store-failure.ts';

/** A page that is loaded anew is back by then, and the desk does not become the graduate's meanwhile. */
const GRACE_MS = 5000;

/** Whether the graduate has a screen of their own, beside the staff's. */
export type Screens = {
  graduate(): boolean;
  /** The graduate's screen is there; the returned function says that it is gone. */
  arrived(): () => void;
  /** Staff want one wherever there is a second display. */
  wanted(): boolean;
  /** `station.diskFull` when it cannot be kept; what was set before then stands. */
  want(on: boolean): Promise<Result<null>>;
  /** Of the desk, while the graduate has a screen of their own: a visitor's choice is not the staff's. */
  deskLanguage(): Language;
  setDeskLanguage(language: Language): void;
  close(): void;
};

export type ScreensOptions = {
  readonly settings: Settings;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly onChange: () => void;
};

export function createScreens({ settings, events, clock, onChange }: ScreensOptions): Screens {
  let connected = 0;
  let present = false;
  let deskLanguage: Language = 'zh';
  let stopGrace = () => {};
  let wanted = settings.get('secondScreen') ?? false;

  const set = (next: boolean) => {
    if (present === next) return;
    present = next;
    onChange();
  };
  const left = () => {
    connected -= 1;
    if (connected === 0) stopGrace = clock.after(GRACE_MS, () => set(false));
  };
  return {
    graduate: () => present,
    arrived() {
      stopGrace();
      connected += 1;
      set(true);
      let here = true;
      return () => {
        if (here) left();
        here = false;
      };
    },
    wanted: () => wanted,
    want: (on) =>
      storing(async () => {
        settings.set('secondScreen', on);
        wanted = on;
        events.note('staff.setSecondScreen', { on });
        onChange();
        return ok(null);
      }),
    deskLanguage: () => deskLanguage,
    setDeskLanguage(language) {
      deskLanguage = language;
      onChange();
    },
    close: () => stopGrace(),
  };
}
