import { type Failure, fail, ok, type Result } from '@gradshot/domain';
import { MAX_SHOT_BYTES } from '../../../shared/index.ts';
import type { FileFacts, FolderFiles } from './folder-files.ts';
import type { TetheredShot } from './tethered-camera.ts';
import { wholeJpeg } from './whole-jpeg.ts';

/** A new file until it is known to be whole, or to be none that can be used. */
export type SettlingFile = {
  /**
   * `settling`: look again. `gone`: renamed or deleted meanwhile. A failure is told once, and the file
   * looked at further: a slow share may yet bring the rest.
   */
  look(now: number): Promise<'settling' | 'gone' | Result<WholeFile>>;
};

export type WholeFile = { readonly shot: TetheredShot; readonly modifiedMs: number };

/** Nobody writes a picture with a longer pause in it, but for a share that stands still. */
const STEADY_MS = 600;
/** A steady file that is not whole is read again so often … */
const READ_AGAIN_MS = 2000;
/** … and after so long the graduate is told. */
const GIVE_UP_MS = 12_000;

const MEGABYTE = 1024 * 1024;

export function settlingFile(files: FolderFiles, file: string, seenAt: number): SettlingFile {
  let facts: FileFacts | undefined;
  let steadySince = seenAt;
  let readAt = Number.NEGATIVE_INFINITY;
  let refused = false;

  const refuse = (failure: Failure): 'settling' | Result<WholeFile> => {
    if (refused) return 'settling';
    refused = true;
    return fail(failure.code, failure.details);
  };
  const notYet = (now: number): 'settling' | Result<WholeFile> =>
    now - steadySince < GIVE_UP_MS ? 'settling' : refuse({ code: 'camera.pictureIncomplete' });
  const changed = (next: FileFacts, now: number): boolean => {
    if (facts && sameFacts(facts, next)) return false;
    facts = next;
    steadySince = now;
    readAt = Number.NEGATIVE_INFINITY;
    return true;
  };

  return {
    async look(now) {
      const found = await files.facts(file).catch((reason: unknown) => reason);
      if (!isFacts(found)) return isGone(found) ? 'gone' : notYet(now);
      if (found.size > MAX_SHOT_BYTES)
        return refuse({
          code: 'photo.tooLargeBytes',
          details: { limitMb: MAX_SHOT_BYTES / MEGABYTE },
        });
      if (changed(found, now) || found.size === 0) return 'settling';
      if (now - steadySince < STEADY_MS || now - readAt < READ_AGAIN_MS) return 'settling';
      readAt = now;
      // Another program may still hold it, as on Windows: tried again like one that is not whole.
      const picture = await files.read(file).catch(() => undefined);
      const after = await files.facts(file).catch(() => undefined);
      // Replaced or written to while it was read: what was read is neither the one nor the other.
      if (after && changed(after, now)) return 'settling';
      const size = picture?.length === found.size ? wholeJpeg(picture) : undefined;
      if (!picture || !after || !size) return notYet(now);
      return ok({ shot: { picture, ...size }, modifiedMs: found.modifiedMs });
    },
  };
}

function sameFacts(one: FileFacts, other: FileFacts): boolean {
  return (
    one.size === other.size && one.modifiedMs === other.modifiedMs && one.inode === other.inode
  );
}

function isFacts(found: unknown): found is FileFacts {
  return typeof found === 'object' && found !== null && 'modifiedMs' in found;
}

function isGone(reason: unknown): boolean {
  return (reason as NodeJS.ErrnoException).code === 'ENOENT';
}
