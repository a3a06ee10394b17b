import { spawn } from 'node:child_process';

/** How a program ended, with what it said until then. */
export type ProgramEnd =
  | {
      readonly kind: 'ended';
      /** Null where a signal ended it. */
      readonly exitCode: number | null;
      readonly output: Uint8Array<ArrayBuffer>;
      readonly complaint: string;
    }
  | { readonly kind: 'missing' }
  | { readonly kind: 'tooLong' }
  | { readonly kind: 'tooMuch' };

export type ProgramRun = {
  readonly end: Promise<ProgramEnd>;
  kill(): void;
};

type Limits = { readonly ms: number; readonly outputBytes: number };

/** The program and what always comes before its arguments. */
export type Command = readonly [program: string, ...leading: string[]];

/** A program that does not heed the first signal is ended by the second. */
const MERCY_MS = 2000;
const COMPLAINT_BYTES = 64 * 1024;

/** Runs a program by its name, never through a shell; its texts come in English. */
export function runProgram(
  [program, ...leading]: Command,
  args: readonly string[],
  limits: Limits,
): ProgramRun {
  const child = spawn(program, [...leading, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', LANG: 'C', LANGUAGE: 'C' },
    windowsHide: true,
  });
  const output: Buffer[] = [];
  let outputBytes = 0;
  let complaint = '';
  let broken: 'tooLong' | 'tooMuch' | undefined;
  let mercy: NodeJS.Timeout | undefined;

  const kill = () => {
    if (mercy) return;
    child.kill('SIGTERM');
    mercy = setTimeout(() => child.kill('SIGKILL'), MERCY_MS);
  };
  const breakOff = (why: typeof broken) => {
    broken ??= why;
    kill();
  };
  child.stdout.on('data', (chunk: Buffer) => {
    outputBytes += chunk.length;
    if (outputBytes > limits.outputBytes) breakOff('tooMuch');
    else output.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    if (complaint.length < COMPLAINT_BYTES) complaint += chunk.toString('utf8');
  });
  const patience = setTimeout(() => breakOff('tooLong'), limits.ms);
  const end = new Promise<ProgramEnd>((resolve) => {
    const done = (how: ProgramEnd) => {
      clearTimeout(patience);
      clearTimeout(mercy);
      resolve(how);
    };
    // It was never started: no such file, or no right to run it.
    child.on('error', () => {
      if (child.pid === undefined) done({ kind: 'missing' });
    });
    child.on('close', (exitCode) =>
      done(
        broken
          ? { kind: broken }
          : {
              ...{ kind: 'ended', exitCode, complaint },
              output: Uint8Array.from(Buffer.concat(output)),
            },
      ),
    );
  });
  return { end, kill };
}
