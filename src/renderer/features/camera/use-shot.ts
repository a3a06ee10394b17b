import { useCallback, useEffect, useState } from 'react';
import type { TetheredView } from '../../../shared/index.ts';
import { ask, send } from '../../state/station-store.ts';
import { type RateFrame, type TakenBurst, takeBest } from './take-picture.ts';
import { useAutoShutter } from './use-auto-shutter.ts';
import { useCountdown } from './use-countdown.ts';
import type { Position } from './use-guidance.ts';
import type { PortraitCamera } from './use-portrait-camera.ts';
import { useShutterKeys } from './use-shutter-keys.ts';

const COUNTDOWN_SECONDS = 3;

type ShotOptions = {
  readonly camera: PortraitCamera;
  readonly position: Position;
  readonly rate: RateFrame;
  /** The camera that takes the photo in place of the page's. */
  readonly tethered: TetheredView | undefined;
  /** True while something lies over the picture. */
  readonly covered: boolean;
  /** False while the picture must not be watched: it is being taken. */
  readonly onTaking: (taking: boolean) => void;
};

export type Shot = {
  /** Seconds that are left; undefined at rest. */
  readonly left: number | undefined;
  readonly taking: boolean;
  /** The picture is made: nobody need stand still any more. */
  readonly caught: boolean;
  readonly failed: boolean;
  /** False after somebody called a countdown off: then only a press takes the picture. */
  readonly auto: boolean;
  readonly canShoot: boolean;
  /** False where only a hand at the camera can. */
  readonly hasShutter: boolean;
  shoot(): void;
  callOff(): void;
};

/** The best frame is the shot; the others follow, for staff to choose from. */
async function handOver(burst: TakenBurst): Promise<void> {
  const id = crypto.randomUUID();
  const taken = await send('session.takeShot', {
    ...burst.best,
    burst: { id, frame: burst.frame },
  });
  if (!taken.ok) return burst.close();
  void burst
    .eachOther(async (frame, picture) => {
      const kept = await ask('camera.spareFrame', { ...picture, burst: { id, frame } });
      return kept.ok;
    })
    // A frame that cannot be encoded is a choice less.
    .catch(() => undefined)
    .finally(burst.close);
}

/** The shutter: pressed by hand, by key, or by a position that is right; then 3-2-1 and the burst. */
export function useShot(options: ShotOptions): Shot {
  const { camera, position, rate, covered, onTaking, tethered } = options;
  const { state, video } = camera;
  const [taking, setTaking] = useState(false);
  const [failed, setFailed] = useState(false);
  const [auto, setAuto] = useState(true);
  /** By whom the present countdown was started. */
  const [byItself, setByItself] = useState(false);
  const pressTethered = useCallback(async () => {
    setTaking(true);
    onTaking(true);
    await send('camera.capture', {});
    setTaking(false);
    onTaking(false);
  }, [onTaking]);
  const take = useCallback(async () => {
    const track = state.kind === 'ready' ? state.stream.getVideoTracks()[0] : undefined;
    if (!track || !video.current) return setFailed(true);
    setTaking(true);
    onTaking(true);
    try {
      await handOver(await takeBest(track, video.current, rate));
    } catch {
      setFailed(true);
    } finally {
      setTaking(false);
      onTaking(false);
    }
  }, [state, video, rate, onTaking]);
  const { left, start, cancel } = useCountdown(
    COUNTDOWN_SECONDS,
    () => void (tethered ? pressTethered() : take()),
  );
  const counting = left !== undefined;
  const hasShutter = tethered?.source.kind !== 'watchFolder';
  const works = tethered ? tethered.listening && hasShutter : state.kind === 'ready';
  const canShoot = works && !taking && !counting;
  const begin = (itself: boolean) => {
    setFailed(false);
    setByItself(itself);
    start();
  };
  useAutoShutter({
    position,
    armed: auto && !covered && !taking && (!counting || byItself),
    counting,
    onHeld: () => canShoot && begin(true),
    onMoved: cancel,
  });
  useShutterKeys(canShoot && !covered, () => begin(false));
  // Nothing can be taken without a camera, so nothing is counted.
  useEffect(() => {
    if (!works) cancel();
  }, [works, cancel]);
  return {
    left,
    taking,
    caught: taking && !tethered,
    failed,
    auto,
    canShoot,
    hasShutter,
    shoot: () => begin(false),
    callOff: () => {
      cancel();
      setAuto(false);
    },
  };
}
