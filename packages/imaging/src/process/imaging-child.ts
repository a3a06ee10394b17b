import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { HostReply, ImagingChild } from './protocol.ts';

const HOST_FILE = fileURLToPath(new URL('./host.ts', import.meta.url));

/**
 * Heaps that glibc keeps for threads. Pictures come and go on a dozen decoder threads, and what
 * each heap holds back adds up: with two of them 320 MB instead of 385 stay resident after ordinary
 * photos, and a third less after damaged ones, for a twentieth more processor time.
 */
const MALLOC_ARENA_MAX = '2';

/**
 * Starts the imaging process with Node. `hostFile`: the built entry where the sources are not at
 * hand. Payloads cross as structured clones, so that a 10 MB picture is not turned into JSON.
 */
export function forkImagingChild(hostFile: string = HOST_FILE): ImagingChild {
  const child = fork(hostFile, [], {
    serialization: 'advanced',
    env: { MALLOC_ARENA_MAX, ...process.env },
    // Native libraries print to stdout; the owner's stdout may be somebody's JSON.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  let ended = false;
  return {
    pid: child.pid,
    post: (request) => {
      // The exit event tells about a dead child; a failed write says nothing more.
      if (child.connected) child.send(request, () => {});
    },
    onReply: (listener) => {
      child.on('message', (message) => listener(message as HostReply));
    },
    onExit: (listener) => {
      const once = (how: string) => {
        if (!ended) listener(how);
        ended = true;
      };
      child.once('exit', (code, signal) => once(signal ?? `code ${code}`));
      child.once('error', (error) => once(error.message));
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

/** Electron's `UtilityProcess`; the part in use. */
export type UtilityProcessLike = {
  readonly pid: number | undefined;
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
};

/** Wraps what `utilityProcess.fork(hostFile)` returned. */
export function adoptUtilityProcess(child: UtilityProcessLike): ImagingChild {
  return {
    get pid() {
      return child.pid;
    },
    post: (request) => child.postMessage(request),
    onReply: (listener) => {
      child.on('message', (message) => listener(message as HostReply));
    },
    onExit: (listener) => {
      child.once('exit', (code) => listener(`code ${code}`));
    },
    kill: () => {
      child.kill();
    },
  };
}
