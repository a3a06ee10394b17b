import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whole, or in pieces that follow one another. */
type FileBytes = Uint8Array | readonly Uint8Array[];

/**
 * Writes a file so that after a crash it is either whole or absent: temp file beside it, fsync,
 * rename, fsync of the folder. Rejects with the file system's error (ENOSPC when the disk is full)
 * and leaves nothing behind.
 */
export async function writeDurably(path: string, bytes: FileBytes, mode = 0o600): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeAndSync(temporary, bytes, mode);
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

async function writeAndSync(path: string, bytes: FileBytes, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(bytes as Uint8Array | Uint8Array[]);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Windows cannot open a folder for syncing; its rename is journalled by NTFS. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
