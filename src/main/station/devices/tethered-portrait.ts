import { type Failure, fail, ok, type Result } from '@gradshot/domain';
import type {
  PortraitFinding,
  PortraitSource,
  TetheredSource,
  TetheredState,
  TetheredView,
} from '../../../shared/index.ts';
import type { EventLog } from '../store/event-log.ts';
import type { Settings } from '../store/settings.ts';
import { storing } from '../store/store-failure.ts';
import type { TetheredCamera, TetheredOptions, TetheredShot } from './tethered-camera.ts';

export type MakeTethered = (source: TetheredSource, options: TetheredOptions) => TetheredCamera;

/** Where photos come from, and the camera behind it where it is not the page's own. */
export type TetheredPortrait = {
  /** Undefined where the page's own camera takes the photo. */
  view(): TetheredView | undefined;
  /** `station.diskFull` when it cannot be kept; the source of before then stands. */
  choose(source: PortraitSource): Promise<Result<null>>;
  /** Looks at a source that need not be the chosen one. */
  look(source: PortraitSource): Promise<Result<PortraitFinding>>;
  /** Presses the shutter of a camera that can be told to. */
  capture(): Promise<Result<null>>;
  /** Something was plugged in or out. */
  wake(): void;
  /** Whether a visit stands before the camera: only then does a picture count. */
  follow(atCamera: boolean): void;
  close(): void;
};

type PortraitParts = {
  readonly settings: Settings;
  readonly events: EventLog;
  readonly make: MakeTethered;
  readonly onChange: () => void;
  readonly onShot: (shot: TetheredShot) => void;
  readonly onRefused: (failure: Failure) => void;
};

const WEBCAM: PortraitSource = { kind: 'webcam' };

export function createTetheredPortrait(parts: PortraitParts): TetheredPortrait {
  const { settings, events, make } = parts;
  let source = settings.get('portraitSource') ?? WEBCAM;
  let camera: TetheredCamera | undefined;
  let state: TetheredState = { kind: 'opening' };
  let deafen: (() => void) | undefined;
  let listening = false;
  /** Also while a camera that is ready says so before it has returned how to stop. */
  let hears = false;

  const told = (next: TetheredState) => {
    if (next.kind === 'failed') {
      listening = false;
      events.note('camera.tethered', { state: next.code });
    } else events.note('camera.tethered', { state: next.kind });
    state = next;
    parts.onChange();
  };
  const onStray = (count: number) => events.note('camera.strayPictures', { count });

  const listen = () => {
    if (!camera || hears) return;
    hears = true;
    const stop = camera.listen({
      ready() {
        listening = true;
        parts.onChange();
      },
      shot: parts.onShot,
      refused(failure) {
        events.note('camera.pictureRefused', { code: failure.code });
        parts.onRefused(failure);
      },
    });
    if (hears) deafen = stop;
    else stop();
  };
  const stopListening = () => {
    hears = false;
    deafen?.();
    deafen = undefined;
    listening = false;
  };
  const open = () => {
    if (source.kind === 'webcam') return;
    camera = make(source, { onState: told, onStray });
    camera.start();
  };
  const close = () => {
    stopListening();
    camera?.stop();
    camera = undefined;
  };
  open();

  return {
    view: () => (source.kind === 'webcam' ? undefined : { source, state, listening }),
    choose: (next) =>
      storing(async () => {
        settings.set('portraitSource', next);
        events.note('staff.setPortraitSource', { kind: next.kind });
        const waiting = hears;
        close();
        source = next;
        open();
        if (waiting) listen();
        parts.onChange();
        return ok(null);
      }),
    async look(asked) {
      if (asked.kind === 'webcam') return fail('station.wrongStep');
      return make(asked, { onState: () => {}, onStray: () => {} }).look();
    },
    async capture() {
      if (!hears || !camera?.capture) return fail('station.wrongStep');
      const captured = await camera.capture();
      if (!captured.ok) events.note('camera.captureFailed', { code: captured.error.code });
      return captured;
    },
    wake: () => camera?.wake?.(),
    follow(atCamera) {
      if (atCamera) listen();
      else if (hears) stopListening();
    },
    close,
  };
}
