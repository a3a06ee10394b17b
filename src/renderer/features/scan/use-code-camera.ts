import { useEffect, useRef, useState } from 'react';
import { type CameraLink, type CameraState, createCameraLink } from '../../camera/camera-link.ts';
import { createCodeCamera } from './code-camera.ts';

/** Phones show the code small: full HD, where the camera has it, reads it from further away. */
const SIZE = { width: 1920, height: 1080 };

/** Keeps the reading camera open inside the element with that id while the component is there. */
export function useCodeCamera(elementId: string, onCode: (text: string) => void) {
  const [state, setState] = useState<CameraState>({ kind: 'opening' });
  const link = useRef<CameraLink>(undefined);
  const latest = useRef(onCode);
  latest.current = onCode;
  useEffect(() => {
    const media = navigator.mediaDevices;
    const camera = createCodeCamera(elementId, (text) => latest.current(text));
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
    return () => {
      created.stop();
      void camera.close();
    };
  }, [elementId]);
  return { state, link };
}
