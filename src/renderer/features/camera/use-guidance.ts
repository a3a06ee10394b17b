import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { GuidanceView } from '../../../shared/index.ts';
import { ask } from '../../state/station-store.ts';
import { createFrameEncoder, type FrameEncoder } from './frame-encoder.ts';
import type { RateFrame } from './take-picture.ts';

/** Shortest time between two looks, in milliseconds: a few a second are enough to follow a person. */
const LOOK_EVERY_MS = 250;
/** The guide may still be at the last look when the first frame of a burst comes. */
const RATE_TRIES = 3;
const RATE_AGAIN_MS = 60;

/** What is known of the position; `unavailable`: no hints can be had, the picture can. */
export type Position = GuidanceView | 'unavailable' | undefined;

/**
 * Live hints for what the camera sees, while `active`. One frame is under way at a time, so that a
 * slow machine is looked at less often instead of falling behind. `rate` looks at a frame of a burst.
 */
export function useGuidance(video: RefObject<HTMLVideoElement | null>, active: boolean) {
  const [position, setPosition] = useState<Position>();
  const encoder = useRef<FrameEncoder>(undefined);
  useEffect(() => {
    encoder.current = createFrameEncoder();
    return () => encoder.current?.close();
  }, []);
  useEffect(() => {
    if (!active) return;
    let current = true;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const started = performance.now();
      const seen = await guide(encoder.current, video.current);
      if (!current) return;
      setPosition(seen);
      timer = setTimeout(look, Math.max(50, LOOK_EVERY_MS - (performance.now() - started)));
    };
    void look();
    return () => {
      current = false;
      clearTimeout(timer);
      setPosition(undefined);
    };
  }, [video, active]);
  const rate = useCallback<RateFrame>((seen) => rateFrame(encoder.current, seen), []);
  return { position, rate };
}

async function guide(
  encoder: FrameEncoder | undefined,
  source: HTMLVideoElement | null,
): Promise<Position> {
  // The stream may end while its frame is copied; the next look finds out what has become of it.
  const frame = source ? await encoder?.encode(source).catch(() => undefined) : undefined;
  if (!frame) return undefined;
  const result = await ask('camera.guide', { frame });
  // Hints are help, not a condition: without them the picture can be taken all the same.
  return result.ok ? result.value : 'unavailable';
}

async function rateFrame(encoder: FrameEncoder | undefined, seen: ImageBitmap) {
  const frame = await encoder?.encode(seen).catch(() => undefined);
  if (!frame) return undefined;
  for (let tried = 1; ; tried++) {
    const result = await ask('camera.guide', { frame });
    if (result.ok) return result.value;
    if (result.error.code !== 'station.busy' || tried === RATE_TRIES) return undefined;
    await new Promise((resolve) => setTimeout(resolve, RATE_AGAIN_MS));
  }
}
