import type { Clock } from '../ground/clock.ts';
import type { FolderFiles } from './folder-files.ts';
import type { Walked } from './folder-walk.ts';
import { kindOfFile } from './picture-names.ts';
import { type SettlingFile, settlingFile, type WholeFile } from './settling-file.ts';
import type { ShotEar } from './tethered-camera.ts';

/** One time that somebody waits for a picture out of the folder. */
export type FolderRound = {
  readonly ear: ShotEar;
  /** The first walk says what was there before; every later one, what is new. */
  walked(walked: Walked): void;
  /** The folder was away: whatever is in it when it comes back was there before. */
  forget(): void;
  /** A watcher names a file; before the first walk it says nothing. */
  noticed(path: string): void;
  /** True while a new file is not known to be whole. */
  isSettling(): boolean;
  /** Looks at the new files, and tells of the newest that is whole. */
  settle(): Promise<void>;
  /** What is known of the folder, so that the next round can tell what came between the two. */
  end(): ReadonlySet<string> | undefined;
};

type RoundParts = {
  readonly files: FolderFiles;
  readonly folder: string;
  readonly clock: Clock;
  readonly onStray: (count: number) => void;
  /** What the round before knew. */
  readonly before: ReadonlySet<string> | undefined;
};

/** So long after a RAW file a camera that saves both has saved its JPEG too. */
const JPEG_FOLLOWS_MS = 10_000;

export function folderRound(parts: RoundParts, ear: ShotEar): FolderRound {
  const { files, folder, clock, onStray, before } = parts;
  /**
   * Grows only: a share that shows half of its files, and then all of them, brings nothing new. In
   * Unicode's composed form, for a walk and a watcher may spell one file differently.
   */
  let known: Set<string> | undefined;
  let unread: readonly string[] = [];
  let settling = new Map<string, SettlingFile>();
  let onlyOthersSince: number | undefined;
  let over = false;

  const consider = (path: string) => {
    const name = path.normalize();
    if (!known || known.has(name)) return;
    const kind = kindOfFile(name);
    if (!kind) return;
    known.add(name);
    if (unread.some((blind) => name.startsWith(blind.normalize()))) return;
    if (kind === 'other') onlyOthersSince ??= clock.monotonic();
    else settling.set(name, settlingFile(files, `${folder}/${path}`, clock.monotonic()));
  };

  const noteStrays = (names: ReadonlySet<string>) => {
    if (!before) return;
    const strays = [...names].filter((name) => kindOfFile(name) === 'jpeg' && !before.has(name));
    if (strays.length > 0) onStray(strays.length);
  };

  /** The newest that is whole now; the others are none that anybody waits for. */
  const newestWhole = async (): Promise<WholeFile | undefined> => {
    let newest: WholeFile | undefined;
    let others = -1;
    for (const [name, file] of settling) {
      const seen = await file.look(clock.monotonic());
      if (over) return undefined;
      if (seen === 'settling') continue;
      if (seen === 'gone' || seen.ok) settling.delete(name);
      if (seen === 'gone') continue;
      if (!seen.ok) {
        ear.refused(seen.error);
        continue;
      }
      others += 1;
      if (!newest || seen.value.modifiedMs >= newest.modifiedMs) newest = seen.value;
    }
    if (others > 0) onStray(others);
    return newest;
  };

  const missJpeg = () => {
    if (onlyOthersSince === undefined || settling.size > 0) return;
    if (clock.monotonic() - onlyOthersSince < JPEG_FOLLOWS_MS) return;
    onlyOthersSince = undefined;
    ear.refused({ code: 'camera.noJpeg' });
  };

  return {
    ear,
    walked(walked) {
      if (over) return;
      if (known) return void walked.files.forEach(consider);
      known = new Set(walked.files.map((path) => path.normalize()));
      unread = walked.unread;
      noteStrays(known);
      ear.ready();
    },
    forget() {
      known = undefined;
      settling = new Map();
      onlyOthersSince = undefined;
    },
    noticed: (path) => {
      if (kindOfFile(path)) consider(path);
    },
    isSettling: () => settling.size > 0,
    async settle() {
      const newest = await newestWhole();
      if (over) return;
      if (!newest) return missJpeg();
      onlyOthersSince = undefined;
      ear.shot(newest.shot);
    },
    end() {
      over = true;
      if (settling.size > 0) onStray(settling.size);
      return known;
    },
  };
}
