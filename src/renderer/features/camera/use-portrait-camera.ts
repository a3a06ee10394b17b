import { type RefObject, useEffect, useRef } from 'react';
import type { CameraState } from '../../camera/camera-link.ts';
import { portraitLink, usePortraitState } from '../../camera/portrait-camera.ts';
import { watchForFreeze } from '../../camera/watch-for-freeze.ts';

export type PortraitCamera = {
  readonly state: CameraState;
  readonly video: RefObject<HTMLVideoElement | null>;
};

/** The visit's camera in the page's `video`; a stream that stands still is started again. */
export function usePortraitCamera(): PortraitCamera {
  const state = usePortraitState();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = state.kind === 'ready' ? state.stream : null;
    if (state.kind !== 'ready') return;
    return watchForFreeze(
      () => video.current,
      () => portraitLink()?.frozen(),
    );
  }, [state]);
  return { state, video };
}
