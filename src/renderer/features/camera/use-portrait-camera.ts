import { type RefObject, useEffect, useRef, useState } from 'react';
import { type CameraLink, type CameraState, createCameraLink } from '../../camera/camera-link.ts';
import { reportCamera } from '../../camera/camera-report.ts';

/**
 * Where the camera can take stills by itself, the stream only has to look good; where it cannot,
 * the still is a frame of the stream, which then must be as large as the camera gives it.
 */
const PREVIEW = { width: 1920, height: 1080 };
const LARGEST = { width: 3840, height: 2160 };
/** Milliseconds between two looks whether the picture still moves, and looks until it counts as frozen. */
const FREEZE_LOOK_MS = 2000;
const FREEZE_LOOKS = 3;

export type PortraitCamera = {
  readonly state: CameraState;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly link: RefObject<CameraLink | undefined>;
};

/** Keeps the portrait camera open and its stream in `video`; tells the core how it fares. */
export function usePortraitCamera(): PortraitCamera {
  const [state, setState] = useState<CameraState>({ kind: 'opening' });
  const link = useRef<CameraLink>(undefined);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const size = typeof ImageCapture === 'undefined' ? LARGEST : PREVIEW;
    const media = navigator.mediaDevices;
    const created = createCameraLink({ media, task: 'portrait', size, onState: setState });
    link.current = created;
    created.start();
    return () => created.stop();
  }, []);
  useEffect(() => {
    if (video.current) video.current.srcObject = state.kind === 'ready' ? state.stream : null;
    void reportCamera(state);
    if (state.kind !== 'ready') return;
    return watchForFreeze(video, () => link.current?.retry());
  }, [state]);
  return { state, video, link };
}

/** Some drivers stop sending frames without ending the track; the clock of the video tells. */
function watchForFreeze(video: RefObject<HTMLVideoElement | null>, onFrozen: () => void) {
  let time = -1;
  let still = 0;
  const timer = setInterval(() => {
    const now = video.current?.currentTime ?? -1;
    still = now === time && !document.hidden ? still + 1 : 0;
    time = now;
    if (still >= FREEZE_LOOKS) onFrozen();
  }, FREEZE_LOOK_MS);
  return () => clearInterval(timer);
}
