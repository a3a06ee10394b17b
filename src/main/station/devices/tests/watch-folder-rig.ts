import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Failure } from '@gradshot/domain';
import type { CameraRig, CameraTraits, HeardShot } from '@gradshot/testkit';
import type { TetheredState } from '../../../../shared/index.ts';
import { createRigClock, type RigClock } from '../../ground/tests/rig-clock.ts';
import { diskFiles, type FolderFiles } from '../folder-files.ts';
import type { TetheredCamera } from '../tethered-camera.ts';
import { createWatchFolderCamera } from '../watch-folder-camera.ts';
import { standBefore } from './stand-before.ts';

/** Nobody can take a folder for himself. */
export const FOLDER_TRAITS: CameraTraits = {
  missing: 'camera.folderMissing',
  forbidden: 'camera.folderUnreadable',
  keepsOpen: true,
  noticesWithinMs: 3000,
};

/** A watch folder on the disk, and a clock that the test moves. */
export type FolderRig = {
  readonly camera: TetheredCamera;
  readonly clock: RigClock;
  readonly shots: HeardShot[];
  readonly refusals: Failure[];
  readonly states: TetheredState[];
  /** How many pictures were noted that nobody waited for. */
  strays(): number;
  /** How often any folder was listed. */
  listings(): number;
  watchers(): number;
  /** What the disk does otherwise from now on; nothing given: what it really does. */
  disk: Partial<FolderFiles>;
  /** The page is entered; fulfilled once a picture counts. */
  enterPage(): Promise<void>;
  leavePage(): void;
  /** Saves as a camera's program does; folders of the path are made. */
  save(path: string, content: Uint8Array): Promise<void>;
  /** As large as it says, without a byte on the disk. */
  saveEmpty(path: string, size: number): Promise<void>;
  move(from: string, to: string): Promise<void>;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  dispose(): Promise<void>;
};

export async function openFolder(): Promise<FolderRig> {
  const home = await mkdtemp(join(tmpdir(), 'watch-folder-'));
  const folder = join(home, 'camera');
  await mkdir(folder);
  let underWay = 0;
  let watchers = 0;
  let listings = 0;
  let strays = 0;
  const clock = createRigClock(() => underWay > 0);
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    underWay += 1;
    return work().finally(() => {
      underWay -= 1;
    });
  };
  const disk = () => ({ ...diskFiles, ...rig.disk });
  const files: FolderFiles = {
    reach: (path) => counted(() => disk().reach(path)),
    list(path) {
      listings += 1;
      return counted(() => disk().list(path));
    },
    facts: (path) => counted(() => disk().facts(path)),
    read: (path) => counted(() => disk().read(path)),
    watch(path, onNews) {
      watchers += 1;
      const stop = disk().watch(path, onNews);
      return () => {
        watchers -= 1;
        stop();
      };
    },
  };
  const states: TetheredState[] = [];
  const camera = createWatchFolderCamera({
    ...{ folder, clock, files },
    onState: (state) => states.push(state),
    onStray: (count) => {
      strays += count;
    },
  });
  let leave = () => {};
  const rig: FolderRig = {
    ...{ camera, clock, states, shots: [], refusals: [], disk: {} },
    strays: () => strays,
    listings: () => listings,
    watchers: () => watchers,
    async enterPage() {
      leave = await standBefore(
        camera,
        {
          shot: (shot) => rig.shots.push(shot),
          refused: (failure) => rig.refusals.push(failure),
        },
        () => clock.advance(50),
      );
    },
    leavePage: () => leave(),
    async save(path, content) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    },
    async saveEmpty(path, size) {
      await writeFile(join(folder, path), '');
      await truncate(join(folder, path), size);
    },
    move: (from, to) => rename(join(folder, from), join(folder, to)),
    unplug: () => rename(folder, join(home, 'away')),
    plugIn: () => rename(join(home, 'away'), folder),
    async dispose() {
      camera.stop();
      await clock.advance(1);
      await rm(home, { recursive: true, force: true });
    },
  };
  return rig;
}

const DENIED = async () => {
  throw Object.assign(new Error('denied'), { code: 'EACCES' });
};

/** The rig as every camera's contract handles it: hands are quicker than the disk. */
export function asCamera(rig: FolderRig): CameraRig {
  let done: Promise<unknown> = Promise.resolve();
  const soon = (work: () => Promise<void>) => () => {
    done = done.then(work);
  };
  return {
    traits: FOLDER_TRAITS,
    start: () => {
      done = done.then(rig.camera.start);
    },
    stop: rig.camera.stop,
    observed: () => rig.states.at(-1),
    holdsDevice: () => rig.watchers() > 0,
    plugIn: soon(rig.plugIn),
    unplug: soon(rig.unplug),
    occupy: () => assert.fail('nobody can take a folder for himself'),
    release: () => assert.fail('nobody can take a folder for himself'),
    forbid: () => {
      rig.disk = { list: DENIED, reach: DENIED };
    },
    permit: () => {
      rig.disk = {};
    },
    async wait(ms) {
      await done;
      await rig.clock.advance(ms);
    },
    dispose: rig.dispose,
  };
}
