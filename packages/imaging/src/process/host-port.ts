import type { HostPort, HostReply, HostRequest } from './protocol.ts';

/** Electron's `process.parentPort` in a utility process; the part in use. */
type UtilityParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
};

/**
 * The channel to whoever started this process: Electron's `utilityProcess.fork` or Node's
 * `child_process.fork`. Undefined when it was started by hand.
 */
export function findHostPort(): HostPort | undefined {
  const parentPort = (process as { parentPort?: UtilityParentPort }).parentPort;
  if (parentPort) return utilityPort(parentPort);
  return process.send ? forkedPort() : undefined;
}

function utilityPort(parent: UtilityParentPort): HostPort {
  return {
    post: (reply) => parent.postMessage(reply),
    onRequest: (listener) => {
      parent.on('message', ({ data }) => listener(data as HostRequest));
    },
    // Electron ends its utility processes itself.
    onDisconnect: () => {},
  };
}

function forkedPort(): HostPort {
  return {
    post: (reply: HostReply) => {
      // A parent that has just died is noticed by `disconnect`, not here.
      process.send?.(reply, undefined, {}, () => {});
    },
    onRequest: (listener) => {
      process.on('message', (message) => listener(message as HostRequest));
    },
    onDisconnect: (listener) => {
      process.on('disconnect', listener);
    },
  };
}
