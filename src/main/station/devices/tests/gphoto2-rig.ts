import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { ErrorCode, Result } from '@gradshot/domain';
import type { CameraRig, CameraTraits, HeardShot, ShotRig } from '@gradshot/testkit';
import type { TetheredState } from '../../../../shared/index.ts';
import { createRigClock } from '../../ground/tests/rig-clock.ts';
import { createGphoto2Camera } from '../gphoto2-camera.ts';
import { type ProgramRun, runProgram } from '../program-run.ts';
import type { TetheredCamera } from '../tethered-camera.ts';
import { answerTo, type FakeWorld } from './gphoto2-tongue.ts';
import { standBefore } from './stand-before.ts';

const STEP_MS = 500;

/** The program has the camera for each call, and asks for it every eight seconds. */
export const GPHOTO2_TRAITS: CameraTraits = {
  missing: 'camera.notFound',
  occupied: 'camera.busy',
  forbidden: 'camera.denied',
  keepsOpen: false,
  noticesWithinMs: 8000,
};

export type Gphoto2Rig = {
  readonly camera: TetheredCamera & { readonly capture: () => Promise<Result<null>> };
  /** Moves the clock, and waits for every call of the program that falls due. */
  wait(ms: number): Promise<void>;
  /** Moves the clock, and waits for no call. */
  pass(ms: number): Promise<void>;
  readonly states: TetheredState[];
  readonly shots: HeardShot[];
  readonly refusals: ErrorCode[];
  strays(): number;
  running(): number;
  /** What the program is asked for, call by call. */
  calls(): string[];
  change(world: Partial<FakeWorld>): void;
  enterPage(): Promise<void>;
  leavePage(): void;
  /** With a picture of those bytes in the camera. */
  press(picture: Uint8Array, cut?: number): Promise<Result<null>>;
  dispose(): Promise<void>;
};

type RigOptions = {
  readonly patience?: { readonly look?: number; readonly capture?: number };
  /** Answered in this process: a contract asks a hundred times. */
  readonly spoken?: boolean;
};

export function openGphoto2({ patience, spoken = false }: RigOptions = {}): Gphoto2Rig {
  const home = mkdtempSync(join(tmpdir(), 'gphoto2-'));
  const file = (name: string) => join(home, name);
  let world: FakeWorld = {
    ...{ plugged: true, occupied: false, forbidden: false },
    ...{ answer: 'well', picture: '', exposureMs: 0, lookMs: 0 },
  };
  const change = (changes: Partial<FakeWorld>) => {
    world = { ...world, ...changes };
    writeFileSync(file('world.json'), JSON.stringify(world));
  };
  change({});
  writeFileSync(file('log'), '');
  let running = 0;
  let strays = 0;
  const clock = createRigClock();
  /** A call may lead to the next. */
  const atRest = async () => {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      while (running > 0) await setTimeout(3);
      await setImmediate();
    }
  };
  const states: TetheredState[] = [];
  const camera = createGphoto2Camera({
    clock,
    command: [process.execPath, join(import.meta.dirname, 'fake-gphoto2.ts'), home],
    ...(patience ? { patience } : {}),
    run(...call) {
      running += 1;
      const started = spoken ? speak(world, call[1]) : runProgram(...call);
      void started.end.finally(() => {
        running -= 1;
      });
      return started;
    },
    onState: (state) => states.push(state),
    onStray: (count) => {
      strays += count;
    },
  });
  let leave = () => {};
  let pressing = false;
  const rig: Gphoto2Rig = {
    camera: camera as Gphoto2Rig['camera'],
    ...{ states, shots: [], refusals: [], change },
    pass: clock.advance,
    async wait(ms) {
      await atRest();
      for (let left = ms; left > 0; left -= STEP_MS) {
        await clock.advance(Math.min(left, STEP_MS));
        await atRest();
      }
    },
    strays: () => strays,
    running: () => running,
    calls: () => readFileSync(file('log'), 'utf8').trim().split('\n'),
    async enterPage() {
      leave = await standBefore(
        camera,
        {
          shot: (shot) => rig.shots.push(shot),
          refused: ({ code }) => rig.refusals.push(code),
        },
        () => rig.wait(100),
      );
    },
    leavePage: () => leave(),
    async press(picture, cut) {
      if (pressing) return rig.camera.capture();
      pressing = true;
      change({ picture: Buffer.from(picture.subarray(0, cut)).toString('base64') });
      return rig.camera.capture().finally(() => {
        pressing = false;
      });
    },
    async dispose() {
      camera.stop();
      await atRest();
      rmSync(home, { recursive: true, force: true });
    },
  };
  return rig;
}

function speak(world: FakeWorld, args: readonly string[]): ProgramRun {
  const answer = answerTo(world, args);
  if (typeof answer === 'string') throw new Error(`not spoken: ${answer}`);
  const { exitCode, complaint } = answer;
  const output = Uint8Array.from(Buffer.from(answer.output as string));
  return { end: Promise.resolve({ kind: 'ended', exitCode, complaint, output }), kill: () => {} };
}

export function asCamera(rig: Gphoto2Rig): CameraRig {
  return {
    traits: GPHOTO2_TRAITS,
    start: rig.camera.start,
    stop: rig.camera.stop,
    observed: () => rig.states.at(-1),
    holdsDevice: () => rig.running() > 0,
    plugIn: () => rig.change({ plugged: true }),
    unplug: () => rig.change({ plugged: false }),
    occupy: () => rig.change({ occupied: true }),
    release: () => rig.change({ occupied: false }),
    forbid: () => rig.change({ forbidden: true }),
    permit: () => rig.change({ forbidden: false }),
    wait: rig.wait,
    dispose: rig.dispose,
  };
}

export function asShots(rig: Gphoto2Rig): ShotRig {
  const REFUSED_PRESS: readonly ErrorCode[] = ['station.busy', 'station.wrongStep'];
  return {
    enterPage: rig.enterPage,
    leavePage: rig.leavePage,
    async press(picture, cut) {
      const result = await rig.press(picture, cut);
      if (!result.ok && !REFUSED_PRESS.includes(result.error.code))
        rig.refusals.push(result.error.code);
      return result.ok;
    },
    shots: () => rig.shots,
    refusals: () => rig.refusals,
    wait: rig.wait,
    dispose: rig.dispose,
  };
}
