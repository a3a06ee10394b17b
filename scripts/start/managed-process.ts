import { type ChildProcess, spawn } from 'node:child_process';
import { pinnedEnvironment } from '../setup/pinned-node.mjs';

export type ManagedProcess<M> = {
  readonly pid: number | undefined;
  /** Sends a message; false when the process is gone. */
  send(message: object): boolean;
  /** The next message that `pick` recognises; rejects when the process ends first. */
  next<T extends M>(pick: (message: M) => message is T): Promise<T>;
  /** How it ended: its exit code, or the signal's name. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Asks it to close, insists after `graceMs`, and returns when it is gone. */
  stop(graceMs?: number): Promise<void>;
};

export type ProcessOptions = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Whether it speaks our messages; a browser does not. */
  readonly channel: boolean;
  readonly output: 'inherit' | 'ignore';
};

const TERM_GRACE_MS = 3_000;

/**
 * Starts a process in a group of its own, so that Ctrl-C in the terminal reaches the start program
 * alone, which then closes all in order. One with a channel ends by itself when this one dies.
 */
export function startProcess<M>(options: ProcessOptions): ManagedProcess<M> {
  const stdio = options.output;
  const child = spawn(options.command, options.args, {
    env: options.env ?? pinnedEnvironment(),
    stdio: options.channel ? ['ignore', stdio, stdio, 'ipc'] : ['ignore', stdio, stdio],
    serialization: options.channel ? 'advanced' : 'json',
    detached: process.platform !== 'win32',
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 1));
  });
  return {
    pid: child.pid,
    ended,
    send: (message) => child.connected && child.send(message),
    next: (pick) => nextMessage(child, pick, ended),
    stop: (graceMs = 15_000) => stop(child, options.channel, ended, graceMs),
  };
}

function nextMessage<M, T extends M>(
  child: ChildProcess,
  pick: (message: M) => message is T,
  ended: Promise<unknown>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const listen = (message: unknown) => {
      if (!pick(message as M)) return;
      child.off('message', listen);
      resolve(message as T);
    };
    child.on('message', listen);
    void ended.then((how) => reject(new Error(`It ended too early (${how}).`)));
  });
}

async function stop(
  child: ChildProcess,
  channel: boolean,
  ended: Promise<unknown>,
  graceMs: number,
): Promise<void> {
  if (channel && child.connected) child.send({ kind: 'close' });
  else signalGroup(child, 'SIGTERM');
  if (await within(ended, graceMs)) return;
  signalGroup(child, 'SIGTERM');
  if (await within(ended, TERM_GRACE_MS)) return;
  signalGroup(child, 'SIGKILL');
  await ended;
}

/** The process and what it started. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // It ended between the check and the signal.
  }
}

async function within(ended: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const inTime = await Promise.race([ended.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
