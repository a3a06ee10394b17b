import { watch } from 'node:fs';
import { opendir, readdir, readFile, stat } from 'node:fs/promises';

export type FolderEntry = { readonly name: string; readonly kind: 'file' | 'folder' };

/** What tells one state of a file from another. */
export type FileFacts = {
  readonly size: number;
  readonly modifiedMs: number;
  /** Another one where the file was replaced by another of the same name. */
  readonly inode: number;
};

/** The disk as far as a camera's folder needs it: it is read, never written. Rejects as Node does. */
export type FolderFiles = {
  /** Rejects where the folder is not there or may not be read; lists nothing. */
  reach(folder: string): Promise<void>;
  list(folder: string): Promise<readonly FolderEntry[]>;
  facts(file: string): Promise<FileFacts>;
  read(file: string): Promise<Uint8Array<ArrayBuffer>>;
  /** `onNews`: something happened to that path within; undefined: to one that is not named. */
  watch(folder: string, onNews: (path: string | undefined) => void): () => void;
};

/** On Linux Node watches a tree by a watcher for every file in it, which old pictures have thousands of. */
const RECURSIVE = process.platform === 'win32' || process.platform === 'darwin';

export const diskFiles: FolderFiles = {
  async reach(folder) {
    const opened = await opendir(folder);
    await opened.close();
  },
  async list(folder) {
    const entries = await readdir(folder, { withFileTypes: true });
    // A link may lead round in a circle, and no camera makes one.
    return entries
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => ({ name: entry.name, kind: entry.isFile() ? 'file' : 'folder' }));
  },
  async facts(file) {
    const { size, mtimeMs, ino } = await stat(file);
    return { size, modifiedMs: mtimeMs, inode: ino };
  },
  read: (file) => readFile(file),
  watch(folder, onNews) {
    try {
      const watcher = watch(folder, { recursive: RECURSIVE }, (_event, path) =>
        onNews(path?.replaceAll('\\', '/')),
      );
      // The folder has gone, or the system has no watcher left: the walks find out.
      watcher.on('error', () => onNews(undefined));
      return () => watcher.close();
    } catch {
      return () => {};
    }
  },
};
