import assert from 'node:assert/strict';
import type { ErrorCode } from '@gradshot/domain';

/** What a camera says about itself, whatever kind it is. */
export type CameraObservation =
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready'; readonly label: string }
  | {
      readonly kind: 'failed';
      readonly code: Extract<ErrorCode, `camera.${string}`>;
      /** True when it had been working before. */
      readonly lost: boolean;
    };

type CameraCode = Extract<ErrorCode, `camera.${string}`>;

/** In what a kind of camera differs from another by its nature. */
export type CameraTraits = {
  /** What it says of a device that is not there. */
  readonly missing: CameraCode;
  /** What it says while another program has the device; absent where none can take it. */
  readonly occupied?: CameraCode;
  /** What it says without permission. */
  readonly forbidden: CameraCode;
  /** It holds the device open while it works; else for each call, and never between two. */
  readonly keepsOpen: boolean;
  /** How long it takes to notice what nobody tells it. */
  readonly noticesWithinMs: number;
};

/** Of a camera that a page opens: the browser tells at once what becomes of it. */
export const WEBCAM_TRAITS: CameraTraits = {
  missing: 'camera.notFound',
  occupied: 'camera.busy',
  forbidden: 'camera.denied',
  keepsOpen: true,
  noticesWithinMs: 1,
};

/** A camera under test with the hands of a person around it. A rig is used for one case only. */
export type CameraRig = {
  readonly traits: CameraTraits;
  start(): void;
  stop(): void;
  /** The last thing the camera said; undefined before `start`. */
  observed(): CameraObservation | undefined;
  /** True while the camera holds the device open. */
  holdsDevice(): boolean;
  plugIn(): void;
  unplug(): void;
  /** Another program takes the device, or lets it go. */
  occupy(): void;
  release(): void;
  /** Permission is withdrawn, or given. */
  forbid(): void;
  permit(): void;
  /** Lets time pass, reconnection tries included. */
  wait(ms: number): Promise<void>;
  dispose(): Promise<void>;
};

export type CameraContractCase = {
  readonly name: string;
  /** What must be possible to this kind, or the case cannot happen. */
  readonly needs?: 'occupied';
  run(rig: CameraRig): Promise<void>;
};

/** Longest time that a station may take to have a camera back. */
const BACK_WITHIN_MS = 10_000;

async function expectReady(rig: CameraRig): Promise<void> {
  await rig.wait(BACK_WITHIN_MS);
  assert.equal(rig.observed()?.kind, 'ready');
  assert.equal(rig.holdsDevice(), rig.traits.keepsOpen);
}

async function expectFailure(
  rig: CameraRig,
  why: 'missing' | 'occupied' | 'forbidden',
  lost: boolean,
): Promise<void> {
  const code = rig.traits[why];
  await rig.wait(rig.traits.noticesWithinMs);
  assert.deepEqual(rig.observed(), { kind: 'failed', code, lost });
  assert.equal(rig.holdsDevice(), false);
}

/**
 * The contract that every camera keeps, simulated or real. Run each case that can happen to the kind
 * on a fresh rig whose device is plugged in, free and permitted:
 *
 *     for (const { name, run } of contractOf(TRAITS)) it(name, () => withRig(run));
 */
export function contractOf(traits: CameraTraits): readonly CameraContractCase[] {
  return CAMERA_CONTRACT.filter(({ needs }) => needs === undefined || traits[needs] !== undefined);
}

export const CAMERA_CONTRACT: readonly CameraContractCase[] = [
  {
    name: 'opens by itself and says its name',
    async run(rig) {
      rig.start();
      await expectReady(rig);
    },
  },
  {
    name: 'waits for a device that is not there, and takes it when it comes',
    async run(rig) {
      rig.unplug();
      rig.start();
      await expectFailure(rig, 'missing', false);
      rig.plugIn();
      await expectReady(rig);
    },
  },
  {
    name: 'says when a working device was pulled out, and comes back',
    async run(rig) {
      rig.start();
      await expectReady(rig);
      rig.unplug();
      await expectFailure(rig, 'missing', true);
      rig.plugIn();
      await expectReady(rig);
    },
  },
  {
    name: 'comes back after being unplugged many times',
    async run(rig) {
      rig.start();
      for (let round = 0; round < 5; round += 1) {
        await expectReady(rig);
        rig.unplug();
        await rig.wait(60_000);
        rig.plugIn();
      }
      await expectReady(rig);
    },
  },
  {
    name: 'keeps trying while another program has the device',
    needs: 'occupied',
    async run(rig) {
      rig.occupy();
      rig.start();
      await expectFailure(rig, 'occupied', false);
      rig.release();
      await expectReady(rig);
    },
  },
  {
    name: 'tells a missing permission apart, and goes on when it is given',
    async run(rig) {
      rig.forbid();
      rig.start();
      await expectFailure(rig, 'forbidden', false);
      rig.permit();
      await expectReady(rig);
    },
  },
  {
    name: 'lets go of the device when stopped, and stays stopped',
    async run(rig) {
      rig.start();
      await expectReady(rig);
      rig.stop();
      assert.equal(rig.holdsDevice(), false);
      rig.unplug();
      rig.plugIn();
      await rig.wait(BACK_WITHIN_MS);
      assert.equal(rig.holdsDevice(), false);
    },
  },
  {
    name: 'can be started again after a stop',
    async run(rig) {
      rig.start();
      await expectReady(rig);
      rig.stop();
      rig.start();
      await expectReady(rig);
    },
  },
];
