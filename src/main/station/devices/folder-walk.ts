import { fail, ok, type Result } from '@gradshot/domain';
import type { TetheredFailure } from '../../../shared/index.ts';
import type { FolderFiles } from './folder-files.ts';
import { isHidden } from './picture-names.ts';

export type Walked = {
  /** Paths within the folder, with `/`. */
  readonly files: readonly string[];
  /** Folders within that could not be listed: what is in them is not known. */
  readonly unread: readonly string[];
};

/** Programs make a folder for each day, some below one for each year and month. */
const DEEPEST = 4;
/** A season of pictures, and far below a whole disk that was chosen by mistake. */
const MOST_FILES = 100_000;

/** Every file in the folder, by names alone: no file is looked into. */
export async function walkFolder(files: FolderFiles, root: string): Promise<Result<Walked>> {
  const found: string[] = [];
  const unread: string[] = [];
  let folders: readonly string[] = [''];
  for (let depth = 0; depth <= DEEPEST && folders.length > 0; depth += 1) {
    const next: string[] = [];
    for (const folder of folders) {
      const entries = await files.list(`${root}/${folder}`).catch((reason: unknown) => reason);
      if (!Array.isArray(entries)) {
        if (folder === '') return fail(folderFailure(entries));
        unread.push(folder);
        continue;
      }
      for (const { name, kind } of entries) {
        const path = `${folder}${name}`;
        if (kind === 'file') found.push(path);
        else if (!isHidden(name)) next.push(`${path}/`);
      }
      if (found.length > MOST_FILES) return fail('camera.folderTooFull');
    }
    folders = next;
  }
  return ok({ files: found, unread });
}

/** Why the folder itself cannot be used. */
export function folderFailure(reason: unknown): TetheredFailure {
  const { code } = reason as NodeJS.ErrnoException;
  // A share that has gone answers in many ways; a right that is missing in two.
  return code === 'EACCES' || code === 'EPERM' ? 'camera.folderUnreadable' : 'camera.folderMissing';
}
