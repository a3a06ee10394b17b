import {
  CAMERA_CONTRACT,
  type CameraObservation,
  type CameraRig,
  createSimulatedMediaDevices,
  WEBCAM_TRAITS,
} from '@gradshot/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CameraChoice } from '../../shared/index.ts';
import { startStation } from '../tests/test-station.tsx';
import { type CameraMedia, type CameraState, createCameraLink } from './camera-link.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const told = (state: CameraState): CameraObservation => {
  if (state.kind === 'opening') return { kind: 'opening' };
  if (state.kind === 'ready') return { kind: 'ready', label: state.label };
  return { kind: 'failed', code: state.code, lost: state.lost };
};

function linkTo(devices = createSimulatedMediaDevices()) {
  const states: CameraState[] = [];
  const link = createCameraLink({
    media: devices.media as unknown as CameraMedia,
    task: 'portrait',
    size: { width: 1920, height: 1080 },
    onState: (state) => states.push(state),
  });
  return { devices, link, states };
}

function rig(): CameraRig {
  const { devices, link, states } = linkTo();
  return {
    ...devices,
    traits: WEBCAM_TRAITS,
    start: link.start,
    stop: link.stop,
    observed: () => {
      const last = states.at(-1);
      return last && told(last);
    },
    holdsDevice: () => devices.openStreams() > 0,
    wait: async (ms) => void (await vi.advanceTimersByTimeAsync(ms)),
    dispose: async () => link.stop(),
  };
}

describe('a browser camera keeps the contract of every camera', () => {
  for (const { name, run } of CAMERA_CONTRACT)
    it(name, async () => {
      const camera = rig();
      await run(camera);
      await camera.dispose();
    });
});

describe('a browser camera', () => {
  it('never holds two streams, however often it is told to retry', async () => {
    const { devices, link } = linkTo();
    link.start();
    for (let press = 0; press < 5; press += 1) link.retry();
    await vi.advanceTimersByTimeAsync(100);
    expect(devices.openStreams()).toBe(1);
    link.stop();
    expect(devices.openStreams()).toBe(0);
  });

  it('waits longer from try to try, and no longer than eight seconds', async () => {
    const devices = createSimulatedMediaDevices();
    const opened = vi.spyOn(devices.media, 'getUserMedia');
    devices.occupy();
    const { link } = linkTo(devices);
    link.start();
    await vi.advanceTimersByTimeAsync(8_000);
    const early = opened.mock.calls.length;
    await vi.advanceTimersByTimeAsync(80_000);
    expect(early).toBe(5);
    expect(opened.mock.calls.length - early).toBe(10);
    link.stop();
  });

  it('is tried at once, and quickly from then on, when something is plugged into the bus', async () => {
    const station = await startStation({ step: 'welcome' });
    const { devices, link, states } = linkTo();
    devices.occupy();
    link.start();
    await vi.advanceTimersByTimeAsync(60_000);
    const tries = states.length;
    station.show({ plugged: 1 });
    await vi.advanceTimersByTimeAsync(1);
    expect(states).toHaveLength(tries + 1);
    // The system knows the cable, the camera only half a second later.
    devices.release();
    await vi.advanceTimersByTimeAsync(600);
    expect(states.at(-1)?.kind).toBe('ready');
    station.show({ plugged: 2 });
    await vi.advanceTimersByTimeAsync(100);
    expect(states).toHaveLength(tries + 2);
    link.stop();
    devices.occupy();
    station.show({ plugged: 3 });
    await vi.advanceTimersByTimeAsync(100);
    expect(states).toHaveLength(tries + 2);
  });

  it('lets go of a stream that arrives after it was stopped', async () => {
    const { devices, link } = linkTo();
    link.start();
    link.stop();
    await vi.advanceTimersByTimeAsync(100);
    expect(devices.openStreams()).toBe(0);
  });
});

describe('the chosen camera', () => {
  const DESK = { deviceId: 'd', label: 'Desk' };
  const PORTRAIT = { deviceId: 'p', label: 'Portrait' };
  const CHOICE: CameraChoice = { label: 'Portrait', deviceId: 'salted otherwise', place: 0 };

  async function opened(link: ReturnType<typeof linkTo>): Promise<string | undefined> {
    link.link.start();
    await vi.advanceTimersByTimeAsync(100);
    const last = link.states.at(-1);
    return last?.kind === 'ready' ? last.label : last?.kind;
  }

  async function keeping(portrait?: CameraChoice) {
    const station = await startStation({ step: 'welcome' });
    if (portrait) station.show({ cameras: { portrait } });
    return station;
  }

  it('is told to the station and opened at once', async () => {
    const station = await keeping();
    const chooser = linkTo(createSimulatedMediaDevices([DESK, PORTRAIT]));
    expect(await opened(chooser)).toBe('Desk');
    chooser.link.choose('p');
    await vi.advanceTimersByTimeAsync(100);
    expect(chooser.states.at(-1)).toMatchObject({ label: 'Portrait', cameraId: 'p' });
    expect(chooser.devices.openStreams()).toBe(1);
    expect(station.sent).toContainEqual({
      name: 'camera.choose',
      payload: { task: 'portrait', camera: { label: 'Portrait', deviceId: 'p', place: 0 } },
    });
  });

  it('is opened by a page that has just been loaded', async () => {
    await keeping(CHOICE);
    expect(await opened(linkTo(createSimulatedMediaDevices([DESK, PORTRAIT])))).toBe('Portrait');
  });

  it('gives way to another while it is not plugged in, and stays chosen', async () => {
    const station = await keeping(CHOICE);
    expect(await opened(linkTo(createSimulatedMediaDevices([DESK])))).toBe('Desk');
    expect(station.sent.filter(({ name }) => name === 'camera.choose')).toEqual([]);
    expect(await opened(linkTo(createSimulatedMediaDevices([DESK, PORTRAIT])))).toBe('Portrait');
  });

  it('is opened also by a browser that names cameras only while one is open', async () => {
    await keeping(CHOICE);
    const devices = createSimulatedMediaDevices([DESK, PORTRAIT]);
    const named = devices.media.enumerateDevices;
    devices.media.enumerateDevices = async () =>
      devices.openStreams() > 0
        ? named()
        : (await named()).map((device) => ({ ...device, deviceId: '', label: '' }));
    expect(await opened(linkTo(devices))).toBe('Portrait');
    expect(devices.openStreams()).toBe(1);
  });
});

describe('another camera at hand', () => {
  const FRONT = { deviceId: 'f', label: 'Front' };
  const BACK = { deviceId: 'b', label: 'Back' };

  function failing(...broken: string[]) {
    const devices = createSimulatedMediaDevices([FRONT, BACK]);
    const open = devices.media.getUserMedia;
    const asked: (string | undefined)[] = [];
    devices.media.getUserMedia = async (constraints) => {
      const id = (constraints as { video: { deviceId?: { exact: string } } }).video.deviceId?.exact;
      asked.push(id);
      if (broken.includes(id ?? FRONT.deviceId))
        throw Object.assign(new Error(''), { name: 'NotReadableError' });
      return open(constraints);
    };
    return { ...linkTo(devices), asked };
  }

  it('is taken at once when the first one is busy or broken', async () => {
    const { link, states } = failing('f');
    link.start();
    await vi.advanceTimersByTimeAsync(100);
    expect(states.at(-1)).toMatchObject({ kind: 'ready', label: 'Back' });
    expect(states.some(({ kind }) => kind === 'failed')).toBe(false);
    link.stop();
  });

  it('is tried once in a round; then the failure is told', async () => {
    const { link, states, asked } = failing('f', 'b');
    link.start();
    await vi.advanceTimersByTimeAsync(100);
    expect(states.at(-1)).toMatchObject({ kind: 'failed', code: 'camera.busy' });
    expect(asked).toEqual([undefined, 'f', 'b']);
    link.stop();
  });
});

describe('a stream that stands still', () => {
  it('is started again, and given up for a while when that is no help', async () => {
    const { devices, link, states } = linkTo();
    link.start();
    await vi.advanceTimersByTimeAsync(100);
    link.frozen();
    await vi.advanceTimersByTimeAsync(100);
    expect(states.at(-1)).toMatchObject({ kind: 'ready' });
    expect(devices.openStreams()).toBe(1);
    await vi.advanceTimersByTimeAsync(3000);
    link.frozen();
    expect(states.at(-1)).toMatchObject({ kind: 'failed', code: 'camera.frozen', lost: true });
    expect(devices.openStreams()).toBe(0);
    await vi.advanceTimersByTimeAsync(8000);
    expect(states.at(-1)).toMatchObject({ kind: 'ready' });
    link.stop();
  });

  it('is forgiven when it has worked for long', async () => {
    const { link, states } = linkTo();
    link.start();
    await vi.advanceTimersByTimeAsync(100);
    link.frozen();
    await vi.advanceTimersByTimeAsync(60_000);
    link.frozen();
    await vi.advanceTimersByTimeAsync(100);
    expect(states.at(-1)).toMatchObject({ kind: 'ready' });
    expect(states.some(({ kind }) => kind === 'failed')).toBe(false);
    link.stop();
  });
});
