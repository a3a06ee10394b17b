import { createSimulatedMediaDevices } from '@gradshot/testkit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startStation, type TestStation } from '../tests/test-station.tsx';
import type { CameraMedia } from './camera-link.ts';
import { probeCamera } from './camera-probe.ts';

let station: TestStation;
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
  station.sent.length = 0;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const devices = () => {
  const simulated = createSimulatedMediaDevices();
  return { ...simulated, media: simulated.media as unknown as CameraMedia };
};

it('opens the camera once, tells the core, and lets go of it', async () => {
  const { media, openStreams } = devices();
  const probe = probeCamera(media);
  await vi.advanceTimersByTimeAsync(1000);
  await probe;
  expect(station.sent).toMatchObject([{ name: 'camera.report', payload: { state: 'ready' } }]);
  expect(openStreams()).toBe(0);
});

it('tells why there is none, and does not go on trying', async () => {
  const { media, unplug, openStreams, plugIn } = devices();
  unplug();
  const probe = probeCamera(media);
  await vi.advanceTimersByTimeAsync(1000);
  await probe;
  plugIn();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(station.sent).toEqual([{ name: 'camera.report', payload: { state: 'camera.notFound' } }]);
  expect(openStreams()).toBe(0);
});

it('waits for no camera that does not answer', async () => {
  const { media } = devices();
  const probe = probeCamera({ ...media, getUserMedia: () => new Promise(() => {}) });
  await vi.advanceTimersByTimeAsync(10_000);
  await probe;
  expect(station.sent).toEqual([]);
});
