import { type RefObject, useEffect, useState } from 'react';
import type { GuidanceView } from '../../../shared/index.ts';
import { ask } from '../../state/station-store.ts';
import { createFrameEncoder } from './frame-encoder.ts';

/** Shortest time between two looks, in milliseconds: a few a second are enough to follow a person. */
const LOOK_EVERY_MS = 250;

/** What is known of the position; `unavailable`: no hints can be had, the picture can. */
export type Position = GuidanceView | 'unavailable' | undefined;

/**
 * Live hints for what the camera sees. One frame is under way at a time, so that a slow machine
 * is looked at less often instead of falling behind.
 */
export function useGuidance(video: RefObject<HTMLVideoElement | null>, active: boolean): Position {
  const [guidance, setGuidance] = useState<Position>();
  useEffect(() => {
    if (!active) return;
    let current = true;
    let timer: ReturnType<typeof setTimeout>;
    const encoder = createFrameEncoder();
    const look = async () => {
      const started = performance.now();
      const seen = await guide(encoder, video.current);
      if (!current) return;
      setGuidance(seen);
      timer = setTimeout(look, Math.max(50, LOOK_EVERY_MS - (performance.now() - started)));
    };
    void look();
    return () => {
      current = false;
      clearTimeout(timer);
      encoder.close();
      setGuidance(undefined);
    };
  }, [video, active]);
  return guidance;
}

async function guide(
  encoder: ReturnType<typeof createFrameEncoder>,
  video: HTMLVideoElement | null,
): Promise<Position> {
  // The stream may end while its frame is copied; the next look finds out what has become of it.
  const frame = video ? await encoder.encode(video).catch(() => undefined) : undefined;
  if (!frame) return undefined;
  const result = await ask('camera.guide', { frame });
  // Hints are help, not a condition: without them the picture can be taken all the same.
  return result.ok ? result.value : 'unavailable';
}
