import { useEffect } from 'react';
import { create } from 'zustand';
import type { Pace, SessionStep } from '../../shared/index.ts';
import { type CameraLink, type CameraState, createCameraLink } from './camera-link.ts';
import { reportCamera } from './camera-report.ts';

/**
 * The portrait camera of the visit. It is opened before its page, so that nobody waits for it there,
 * and before anybody pays, so that nobody pays at a station without one.
 */

/**
 * Where the camera can take stills by itself, the stream only has to look good; where it cannot,
 * the still is a frame of the stream, which then must be as large as the camera gives it.
 */
const PREVIEW = { width: 1920, height: 1080 };
const LARGEST = { width: 3840, height: 2160 };

export const usePortraitState = create<CameraState>()(() => ({ kind: 'opening' }));

let link: CameraLink | undefined;

export const portraitLink = (): CameraLink | undefined => link;

/** Until the photo is handed in, so that 重拍 is at once. In 快速 the last four lead to the camera. */
const WANTED: Readonly<Record<SessionStep, boolean | Pace>> = {
  welcome: false,
  scanCode: false,
  identify: false,
  verify: 'express',
  orders: false,
  orderDetail: false,
  service: true,
  payment: true,
  requirements: true,
  camera: true,
  reviewShot: true,
  kept: true,
  judging: true,
  judged: true,
  handedIn: false,
};

export function wantsCamera(step: SessionStep, pace: Pace): boolean {
  return WANTED[step] === true || WANTED[step] === pace;
}

/** Keeps the camera open while `wanted`. */
export function useWarmCamera(wanted: boolean): void {
  useEffect(() => {
    if (!wanted || !navigator.mediaDevices) return;
    const size = typeof ImageCapture === 'undefined' ? LARGEST : PREVIEW;
    const onState = (state: CameraState) => {
      usePortraitState.setState(state, true);
      void reportCamera(state);
    };
    const opened = createCameraLink({
      media: navigator.mediaDevices,
      task: 'portrait',
      size,
      onState,
    });
    link = opened;
    opened.start();
    return () => {
      opened.stop();
      link = undefined;
      usePortraitState.setState({ kind: 'opening' }, true);
    };
  }, [wanted]);
}
