import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CAMERA_CONTRACT,
  type CameraContractCase,
  type CameraObservation,
  type CameraRig,
  contractOf,
  WEBCAM_TRAITS,
} from './camera-contract.ts';
import { createSimulatedMediaDevices, type SimulatedStream } from './simulated-media-devices.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const CODES = {
  NotAllowedError: 'camera.denied',
  NotReadableError: 'camera.busy',
  NotFoundError: 'camera.notFound',
} as const;

/** The least camera that keeps the contract; `retries: false` makes one that does not. */
function createRig({ retries }: { retries: boolean }): CameraRig {
  const devices = createSimulatedMediaDevices();
  let said: CameraObservation | undefined;
  let stream: SimulatedStream | undefined;
  let timer: NodeJS.Timeout | undefined;

  const failed = (code: (typeof CODES)[keyof typeof CODES], lost: boolean): void => {
    stream = undefined;
    said = { kind: 'failed', code, lost };
    if (retries) timer = setTimeout(open, 1000);
  };
  async function open(): Promise<void> {
    said = { kind: 'opening' };
    try {
      stream = await devices.media.getUserMedia();
      const [track] = stream.getVideoTracks();
      track?.addEventListener('ended', () => failed('camera.notFound', true));
      said = { kind: 'ready', label: track?.label ?? '' };
    } catch (reason) {
      failed(CODES[(reason as Error).name as keyof typeof CODES], false);
    }
  }
  return {
    ...devices,
    traits: WEBCAM_TRAITS,
    start: () => void open(),
    stop() {
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    },
    observed: () => said,
    holdsDevice: () => devices.openStreams() > 0,
    wait: async (ms) => void (await vi.advanceTimersByTimeAsync(ms)),
    dispose: async () => clearTimeout(timer),
  };
}

const run = async ({ run: runCase }: CameraContractCase, retries: boolean): Promise<void> => {
  const rig = createRig({ retries });
  await runCase(rig).finally(() => rig.dispose());
};

describe('the camera contract', () => {
  for (const contractCase of CAMERA_CONTRACT) {
    it(`is kept by a camera that reconnects: ${contractCase.name}`, () => run(contractCase, true));
  }

  it('leaves out what cannot happen to a kind, and nothing else', () => {
    const { occupied: _, ...untakeable } = WEBCAM_TRAITS;
    expect(contractOf(WEBCAM_TRAITS)).toEqual(CAMERA_CONTRACT);
    const left = CAMERA_CONTRACT.filter((each) => !contractOf(untakeable).includes(each));
    expect(left.map(({ name }) => name)).toEqual([
      'keeps trying while another program has the device',
    ]);
  });

  it('is broken by a camera that gives up', async () => {
    const outcomes = await Promise.allSettled(CAMERA_CONTRACT.map((each) => run(each, false)));
    const broken = CAMERA_CONTRACT.filter((_, index) => outcomes[index]?.status === 'rejected');
    expect(broken.map(({ name }) => name)).toEqual([
      'waits for a device that is not there, and takes it when it comes',
      'says when a working device was pulled out, and comes back',
      'comes back after being unplugged many times',
      'keeps trying while another program has the device',
      'tells a missing permission apart, and goes on when it is given',
    ]);
  });
});
