import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Another process works in the folder; the embedded database allows one only. */
export class FolderInUseError extends Error {
  constructor(folder: string) {
    super(`Another server uses ${folder}. Stop it first, or choose another folder.`);
    this.name = 'FolderInUseError';
  }
}

/**
 * Holds a folder for this process until the returned function is called or the process ends,
 * however it ends: the system closes the socket, so that no stale lock survives a crash.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const address = addressOf(folder);
  const held = (await tryListen(address)) ?? (await takeOver(address));
  if (!held) throw new FolderInUseError(folder);
  held.unref();
  return () => new Promise((done) => held.close(() => done()));
}

/** Short, because a socket's path may have 100 characters only. */
function addressOf(folder: string): string {
  const name = `gradshot-${createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 24)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function tryListen(address: string): Promise<Server | undefined> {
  return new Promise((done, failed) => {
    const server = createServer((socket) => socket.end());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? done(undefined) : failed(error),
    );
    server.listen(address, () => done(server));
  });
}

/** The file of a process that was killed answers nobody: it is removed, and tried once more. */
async function takeOver(address: string): Promise<Server | undefined> {
  if (await answers(address)) return undefined;
  await unlink(address).catch(() => undefined);
  return tryListen(address);
}

function answers(address: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(address);
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('close', () => socket.destroy());
  });
}
