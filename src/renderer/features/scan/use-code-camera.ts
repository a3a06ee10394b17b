import type { CodePayload } from '@gradshot/domain';
import { useEffect, useRef, useState } from 'react';
import { type CameraLink, type CameraState, createCameraLink } from '../../camera/camera-link.ts';
import { watchForFreeze } from '../../camera/watch-for-freeze.ts';
import { createCodeCamera } from './code-camera.ts';

/** Phones show the code small: full HD, where the camera has it, reads it from further away. */
const SIZE = { width: 1920, height: 1080 };

/** Keeps the reading camera open inside the element with that id while the component is there. */
export function useCodeCamera(elementId: string, onLook: (codes: readonly CodePayload[]) => void) {
  const [state, setState] = useState<CameraState>({ kind: 'opening' });
  const link = useRef<CameraLink>(undefined);
  const latest = useRef(onLook);
  latest.current = onLook;
  useEffect(() => {
    const media = navigator.mediaDevices;
    const camera = createCodeCamera(elementId, (codes) => latest.current(codes));
    const created = createCameraLink({
      media: {
        getUserMedia: (constraints) => camera.open(constraints ?? {}),
        enumerateDevices: () => media.enumerateDevices(),
        addEventListener: media.addEventListener.bind(media),
        removeEventListener: media.removeEventListener.bind(media),
      },
      task: 'scan',
      size: SIZE,
      onState: setState,
    });
    link.current = created;
    created.start();
    const unwatch = watchForFreeze(
      () => document.getElementById(elementId)?.querySelector('video'),
      () => created.frozen(),
    );
    return () => {
      unwatch();
      created.stop();
      void camera.close();
    };
  }, [elementId]);
  return { state, link };
}
