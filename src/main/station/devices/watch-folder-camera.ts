import { basename } from 'node:path';
import { fail, ok, type Result } from '@gradshot/domain';
import type { PortraitFinding, TetheredFailure } from '../../../shared/index.ts';
import type { Clock } from '../ground/clock.ts';
import { diskFiles, type FolderFiles } from './folder-files.ts';
import { type FolderRound, folderRound } from './folder-round.ts';
import { folderFailure, walkFolder } from './folder-walk.ts';
import { kindOfFile } from './picture-names.ts';
import type { ShotEar, TetheredCamera, TetheredOptions } from './tethered-camera.ts';

type WatchFolderOptions = TetheredOptions & {
  readonly folder: string;
  readonly clock: Clock;
  readonly files?: FolderFiles;
};

/** While nobody waits for a picture, only whether the folder is there. */
const AT_REST_MS = 3000;
const WALK_EVERY_MS = 500;
/** While a new file is not whole. */
const SETTLING_MS = 200;
/** A walk takes a tenth of the time at most, however many old pictures there are. */
const WALK_SHARE = 10;

/**
 * A camera behind a program that saves every picture into a folder. The system's watcher hastens what
 * the walks find anyway: over a network share, and below Linux' subfolders, it says nothing.
 */
export function createWatchFolderCamera(options: WatchFolderOptions): TetheredCamera {
  const { folder, clock, onState, files = diskFiles } = options;
  let running = false;
  let worked = false;
  let told: TetheredFailure | 'ready' | undefined;
  let round: FolderRound | undefined;
  let before: ReadonlySet<string> | undefined;
  let stopWatching: (() => void) | undefined;
  let cancelNext = () => {};
  let looking = false;
  let walkDue = 0;

  const ready = () => {
    worked = true;
    stopWatching ??= files.watch(folder, noticed);
    if (told === 'ready') return;
    told = 'ready';
    onState({ kind: 'ready', label: basename(folder) || folder });
  };
  const failed = (code: TetheredFailure) => {
    stopWatching?.();
    stopWatching = undefined;
    round?.forget();
    if (told === code) return;
    told = code;
    onState({ kind: 'failed', code, lost: worked });
  };

  const walk = async (present: FolderRound) => {
    const began = clock.monotonic();
    const walked = await walkFolder(files, folder);
    walkDue = clock.monotonic() + Math.max(WALK_EVERY_MS, WALK_SHARE * (clock.monotonic() - began));
    if (!running || round !== present) return;
    if (!walked.ok) return failed(walked.error.code as TetheredFailure);
    ready();
    present.walked(walked.value);
  };
  const reach = async () => {
    const reason = await files.reach(folder).catch((error: unknown) => error);
    if (!running || round) return;
    if (reason === undefined) ready();
    else failed(folderFailure(reason));
  };

  const look = async () => {
    const present = round;
    if (!present) return reach();
    if (clock.monotonic() >= walkDue) await walk(present);
    if (running && round === present) await present.settle();
  };
  const pause = () => {
    if (!round) return AT_REST_MS;
    return round.isSettling() ? SETTLING_MS : WALK_EVERY_MS;
  };
  /** One look at a time; whoever hastens it while it runs finds the next one soon enough. */
  const lookNow = async () => {
    cancelNext();
    if (looking) return;
    looking = true;
    await look().finally(() => {
      looking = false;
    });
    if (running) cancelNext = clock.after(pause(), () => void lookNow());
  };

  const endRound = () => {
    before = round ? round.end() : before;
    round = undefined;
  };

  const noticed = (path: string | undefined) => {
    if (path !== undefined && round) round.noticed(path);
    // At rest a new file is nobody's; a watcher that has ended tells of no path.
    if (path === undefined || round) void lookNow();
  };

  return {
    start() {
      running = true;
      worked = false;
      told = undefined;
      onState({ kind: 'opening' });
      void lookNow();
    },
    stop() {
      running = false;
      cancelNext();
      stopWatching?.();
      stopWatching = undefined;
      endRound();
    },
    listen(ear: ShotEar) {
      endRound();
      const mine = folderRound({ files, folder, clock, before, onStray: options.onStray }, ear);
      round = mine;
      walkDue = 0;
      void lookNow();
      return () => {
        if (round === mine) endRound();
      };
    },
    look: () => lookOnce(files, folder),
  };
}

async function lookOnce(files: FolderFiles, folder: string): Promise<Result<PortraitFinding>> {
  const walked = await walkFolder(files, folder);
  if (!walked.ok) return fail(walked.error.code);
  const pictures = walked.value.files.filter((path) => kindOfFile(path) === 'jpeg').length;
  return ok({ label: basename(folder) || folder, pictures });
}
