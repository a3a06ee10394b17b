import { fail, ok, type Result } from '@gradshot/domain';
import type {
  DeskShutter,
  GuidanceView,
  LiveFrame,
  SessionStep,
  ShutterState,
} from '../../../shared/index.ts';
import type { Clock } from '../ground/clock.ts';

/** A press that no page has taken on by then is forgotten: nobody poses for it any more. */
const PRESS_LASTS_MS = 4000;

/**
 * The page at the camera, for the desk: its latest frame, and its shutter. A press is made once at most,
 * however often it is sent and however many pages hear of it.
 */
export type LiveCamera = {
  /** What the page has just let the guide look at; in memory alone, and only the last one. */
  saw(jpeg: Uint8Array<ArrayBuffer>): SawFrame;
  /** The latest frame, where it is not the one that was seen. */
  newerThan(seen: number): LiveFrame | undefined;
  /** How the page's own shutter stands. */
  report(state: ShutterState): void;
  press(): Result<null>;
  /** The page takes on the press; refused to every other. */
  obey(press: number): Result<null>;
  /** The number of the press that waits for a page. */
  pressed(): number | undefined;
  /** Nothing while nobody is before the camera. */
  shutter(): DeskShutter | undefined;
  /** To be told of every change. */
  follow(): void;
  close(): void;
};

/** What the guide made of the frame, as soon as it is known. */
type SawFrame = (guidance: GuidanceView) => void;

export type LiveCameraOptions = {
  readonly clock: Clock;
  readonly step: () => SessionStep;
  readonly onChange: () => void;
};

export function createLiveCamera({ clock, step, onChange }: LiveCameraOptions): LiveCamera {
  let latest: LiveFrame | undefined;
  /** The last word of the guide: it comes after its frame. */
  let guidance: GuidanceView | undefined;
  let frames = 0;
  let page: ShutterState = 'unable';
  let presses = 0;
  let waiting: number | undefined;
  let stopWaiting = () => {};

  const atCamera = () => step() === 'camera';
  const forgetPress = () => {
    stopWaiting();
    waiting = undefined;
  };
  return {
    saw(jpeg) {
      if (!atCamera()) return () => undefined;
      frames += 1;
      const number = frames;
      latest = { number, jpeg, ...(guidance ? { guidance } : {}) };
      return (found) => {
        guidance = found;
        if (latest?.number === number) latest = { ...latest, guidance: found };
      };
    },
    newerThan: (seen) => (latest && latest.number !== seen ? latest : undefined),
    report(state) {
      if (page === state) return;
      page = state;
      onChange();
    },
    press() {
      if (!atCamera()) return fail('shutter.notAtCamera');
      if (page === 'counting' || page === 'taking') return fail('shutter.underWay');
      if (page !== 'ready') return fail('shutter.notReady');
      if (waiting !== undefined) return ok(null);
      presses += 1;
      waiting = presses;
      stopWaiting = clock.after(PRESS_LASTS_MS, () => {
        waiting = undefined;
        onChange();
      });
      onChange();
      return ok(null);
    },
    obey(press) {
      if (!atCamera() || waiting !== press) return fail('shutter.underWay');
      forgetPress();
      page = 'counting';
      onChange();
      return ok(null);
    },
    pressed: () => waiting,
    shutter() {
      if (!atCamera()) return undefined;
      return waiting === undefined ? page : 'pressed';
    },
    follow() {
      if (atCamera()) return;
      latest = undefined;
      guidance = undefined;
      page = 'unable';
      forgetPress();
    },
    close: forgetPress,
  };
}
