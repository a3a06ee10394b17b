import { type RefObject, useEffect, useRef, useState } from 'react';
import type { GuidanceView } from '../../../shared/index.ts';
import { ask } from '../../state/station-store.ts';

/** Between two looks for a newer frame, in milliseconds: some five a second. */
const LOOK_EVERY_MS = 200;
/** So many looks without a newer frame, and the picture is no longer a live one. */
const LOOKS_TO_STOP = 15;

export type Live = {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** False before the first frame, and when none has come for some seconds. */
  readonly running: boolean;
  readonly guidance: GuidanceView | undefined;
};

/** What the page at the camera sees, drawn into `canvas`; asked for while it is mounted. */
export function useLiveFrame(): Live {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [running, setRunning] = useState(false);
  const [guidance, setGuidance] = useState<GuidanceView>();
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout>;
    let seen = 0;
    let missed = 0;
    const look = async () => {
      const result = await ask('staff.liveFrame', { seen });
      const frame = result.ok ? result.value : undefined;
      if (frame) {
        const drawn = await draw(canvas.current, frame.jpeg as Uint8Array<ArrayBuffer>);
        if (!current) return;
        seen = frame.number;
        setGuidance(frame.guidance);
        if (drawn) setRunning(true);
      }
      if (!current) return;
      missed = frame ? 0 : missed + 1;
      if (missed === LOOKS_TO_STOP) setRunning(false);
      timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    void look();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, []);
  return { canvas, running, guidance };
}

/** Decoded before it is shown, so that nothing flickers. */
async function draw(
  canvas: HTMLCanvasElement | null,
  jpeg: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const bitmap = await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' })).catch(
    () => undefined,
  );
  if (!canvas || !bitmap) return false;
  if (canvas.width !== bitmap.width) canvas.width = bitmap.width;
  if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return true;
}
