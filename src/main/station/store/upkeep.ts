import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { UpkeepAnswer, UpkeepRequest, UpkeepTask } from './upkeep-protocol.ts';

/**
 * What a database needs now and then and takes as long as the disk does: done by a thread with
 * connections of its own, so that nobody waits. One thread serves all databases of the process.
 */
export type Upkeep = {
  /**
   * Brings the log into the main file, with both on the disk. False when not all of it came in, because
   * the station went on writing.
   */
  checkpoint(): Promise<boolean>;
  /** Writes a whole copy to a path where nothing lies. */
  copyTo(path: string): Promise<void>;
  /** `ok`, or what SQLite finds wrong with the file. */
  check(): Promise<string>;
  /** To be called before the database is closed: whoever closes it last tidies up. */
  close(): Promise<void>;
};

export function createUpkeep(file: string): Upkeep {
  let used = false;
  const ask = (task: UpkeepTask) => {
    used = true;
    return request(file, task);
  };
  return {
    checkpoint: async () => (await ask({ kind: 'checkpoint' })) === 'whole',
    async copyTo(path) {
      await ask({ kind: 'copy', to: path });
    },
    check: () => ask({ kind: 'check' }),
    async close() {
      if (used) await request(file, { kind: 'close' });
    },
  };
}

type Waiting = {
  readonly resolve: (value: string) => void;
  readonly reject: (error: Error) => void;
};

let thread: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

function request(file: string, task: UpkeepTask): Promise<string> {
  return new Promise((resolve, reject) => {
    thread ??= start();
    lastId += 1;
    waiting.set(lastId, { resolve, reject });
    // It keeps the process alive only while somebody waits.
    thread.ref();
    thread.postMessage({ id: lastId, file, task } satisfies UpkeepRequest);
  });
}

/** As the thread of HEIF pictures: beside this module in the sources, outside the archive in a package. */
const THREAD_FILE = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? './upkeep-thread.ts' : '../upkeep-thread.js',
    import.meta.url,
  ),
).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');

function start(): Worker {
  const worker = new Worker(THREAD_FILE);
  worker.on('message', (answer: UpkeepAnswer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ('value' in answer) asked?.resolve(answer.value);
    else asked?.reject(Object.assign(new Error(answer.error.message), { code: answer.error.code }));
  });
  // The next request starts another one; an `exit` follows every `error`.
  let cause: unknown;
  worker.on('error', (error) => {
    cause = error;
  });
  worker.on('exit', () => {
    thread = undefined;
    const lost = [...waiting.values()];
    waiting.clear();
    for (const { reject } of lost) reject(new Error('the upkeep thread has ended', { cause }));
  });
  return worker;
}
