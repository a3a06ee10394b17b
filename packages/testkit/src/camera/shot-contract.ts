import assert from 'node:assert/strict';
import type { ErrorCode } from '@gradshot/domain';
import { pictureFile } from './picture-file.ts';

/** What a tethered camera was heard to give, oldest first. */
export type HeardShot = {
  readonly picture: Uint8Array;
  readonly width: number;
  readonly height: number;
};

/** A tethered camera that is there and works, and the page that waits for its picture. */
export type ShotRig = {
  /** The page is entered; fulfilled once a picture counts. */
  enterPage(): Promise<void>;
  leavePage(): void;
  /**
   * Somebody presses the shutter, at the camera or by the camera's program. False: the camera would
   * not, for it is still busy with the press before. `cut`: so many bytes of it arrive.
   */
  press(picture: Uint8Array, cut?: number): Promise<boolean>;
  shots(): readonly HeardShot[];
  /** Why no picture came, as it was told to the page or answered to the press. */
  refusals(): readonly ErrorCode[];
  /** Lets time pass, for whatever is under way to arrive or be given up. */
  wait(ms: number): Promise<void>;
  dispose(): Promise<void>;
};

export type ShotContractCase = { readonly name: string; run(rig: ShotRig): Promise<void> };

/** Longer than any kind takes to bring a picture that is there. */
const ARRIVES_WITHIN_MS = 8000;
/** Longer than any kind waits for the rest of a picture that breaks off. */
const GIVEN_UP_WITHIN_MS = 30_000;

const picture = (text: string) => pictureFile(text, { width: 6000, height: 4000 });

async function pressed(rig: ShotRig, text: string): Promise<boolean> {
  const taken = await rig.press(picture(text));
  await rig.wait(ARRIVES_WITHIN_MS);
  return taken;
}

function expectShots(rig: ShotRig, ...texts: readonly string[]): void {
  const heard = rig.shots().map((shot) => Buffer.from(shot.picture).toString('latin1'));
  const wanted = texts.map((text) => Buffer.from(picture(text)).toString('latin1'));
  assert.deepEqual(heard, wanted);
}

/** The contract of every camera whose pictures come by themselves, whatever kind it is. */
export const SHOT_CONTRACT: readonly ShotContractCase[] = [
  {
    name: 'one press gives exactly one picture, byte for byte, and its size',
    async run(rig) {
      await rig.enterPage();
      await pressed(rig, 'one');
      expectShots(rig, 'one');
      const [{ width, height } = { width: 0, height: 0 }] = rig.shots();
      assert.deepEqual({ width, height }, { width: 6000, height: 4000 });
      assert.deepEqual(rig.refusals(), []);
    },
  },
  {
    name: 'nothing from before the page was entered counts',
    async run(rig) {
      await pressed(rig, 'before');
      await rig.enterPage();
      await rig.wait(ARRIVES_WITHIN_MS);
      expectShots(rig);
    },
  },
  {
    name: 'of two quick presses the newest picture that the camera took is seen, and none twice',
    async run(rig) {
      await rig.enterPage();
      const first = rig.press(picture('first'));
      const second = rig.press(picture('second'));
      const taken = [await first, await second];
      await rig.wait(ARRIVES_WITHIN_MS);
      const newest = taken[1] ? 'second' : 'first';
      const heard = rig.shots().map((shot) => Buffer.from(shot.picture).toString('latin1'));
      assert.equal(heard.at(-1), Buffer.from(picture(newest)).toString('latin1'));
      assert.equal(new Set(heard).size, heard.length);
    },
  },
  {
    name: 'a picture that breaks off is refused, and the next press works',
    async run(rig) {
      await rig.enterPage();
      await rig.press(picture('half'), 2000);
      await rig.wait(GIVEN_UP_WITHIN_MS);
      expectShots(rig);
      assert.deepEqual(rig.refusals(), ['camera.pictureIncomplete']);
      await pressed(rig, 'whole');
      expectShots(rig, 'whole');
    },
  },
  {
    name: 'nothing arrives after the page was left, nor for the next visit',
    async run(rig) {
      await rig.enterPage();
      const press = rig.press(picture('late'));
      rig.leavePage();
      await press;
      await rig.wait(ARRIVES_WITHIN_MS);
      expectShots(rig);
      await rig.enterPage();
      await rig.wait(ARRIVES_WITHIN_MS);
      expectShots(rig);
      await pressed(rig, 'next');
      expectShots(rig, 'next');
    },
  },
];
