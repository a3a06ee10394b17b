import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type ErrorCode, fail, ok } from '@gradshot/domain';
import { Mutex } from 'async-mutex';
import type {
  ReadingTask,
  RosterReader,
  RosterReading,
  SheetSummary,
} from '../../ports/rosters/roster-sheets.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

const THREAD_FILE = fileURLToPath(new URL('./reading-thread.ts', import.meta.url));
/** 200,000 rows take half of it while they are read; what needs more is no roster. */
const MEMORY_MB = 2048;
/** The longest that the thread may be busy without a word. */
const SILENCE_MS = 120_000;
/** Somebody who mends rows comes again soon, and to start costs a second. */
const IDLE_MS = 60_000;
/** A thread that had more rows gives its memory back by ending. */
const KEPT_ROWS = 20_000;

type Outcome = Awaited<ReturnType<RosterReader['run']>>;

/** Reads .xlsx, .xls, .xlsb, .ods and text beside the main thread, one at a time for its memory. */
export function createRosterReader(): RosterReader {
  const turn = new Mutex();
  const thread = keptThread();
  return {
    run: (task, reading) =>
      turn.runExclusive(() =>
        reading.signal?.aborted
          ? fail('roster.cancelled')
          : thread.lend((worker) => conversation(worker, task, reading)),
      ),
    writeBad: (bad) =>
      turn.runExclusive(() =>
        thread.lend(async (worker) => ({ value: await write(worker, bad), again: true })),
      ),
  };
}

/** What came of a task, and whether its thread is fit for another one. */
type Lent<T> = { readonly value: T; readonly again: boolean };

/** One thread, started when it is needed and ended when nobody has needed it for a while. */
function keptThread() {
  let kept: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  return {
    async lend<T>(work: (worker: Worker) => Promise<Lent<T>>): Promise<T> {
      clearTimeout(idle);
      const worker = kept ?? startThread();
      kept = undefined;
      let again = false;
      try {
        worker.postMessage({ kind: 'reset' } satisfies ToThread);
        const lent = await work(worker);
        again = lent.again;
        return lent.value;
      } finally {
        for (const event of ['message', 'error', 'exit'] as const) worker.removeAllListeners(event);
        // An error that nobody hears would end the process.
        worker.on('error', () => {});
        if (again) kept = worker;
        else await worker.terminate();
        idle = setTimeout(() => {
          void kept?.terminate();
          kept = undefined;
        }, IDLE_MS);
        idle.unref();
      }
    },
  };
}

function startThread(): Worker {
  const worker = new Worker(THREAD_FILE, {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    // What a library writes about a file may hold what the file holds.
    stdout: true,
    stderr: true,
  });
  worker.unref();
  return worker;
}

async function conversation(
  worker: Worker,
  task: ReadingTask,
  { signal, onPortion, onProgress }: RosterReading,
): Promise<Lent<Outcome>> {
  const ended = deferred<Lent<Outcome>>();
  const failWith = (code: ErrorCode) => ended.resolve({ value: fail(code), again: false });
  const say = (message: ToThread) => worker.postMessage(message);
  const patience = setTimeout(() => failWith('roster.tooMuch'), SILENCE_MS);
  const onAbort = () => failWith('roster.cancelled');
  signal?.addEventListener('abort', onAbort);
  let done = 0;
  worker.on('error', (error: NodeJS.ErrnoException) =>
    failWith(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'roster.tooMuch' : 'roster.unreadable'),
  );
  worker.on('exit', () => failWith('roster.unreadable'));
  worker.on('message', (message: FromThread) => {
    patience.refresh();
    if (message.kind === 'failed') return failWith(message.code);
    if (message.kind === 'written') return;
    if (message.kind === 'done') {
      const value = ok<readonly SheetSummary[]>(message.sheets);
      return ended.resolve({ value, again: done <= KEPT_ROWS });
    }
    const { portion, total } = message;
    onPortion(portion).then(() => {
      done += portion.good + portion.bad + portion.aside;
      onProgress?.(done, total);
      say({ kind: 'next' });
    }, ended.reject);
  });
  try {
    await start(task, say);
    return await ended.promise;
  } finally {
    clearTimeout(patience);
    signal?.removeEventListener('abort', onAbort);
  }
}

async function start(task: ReadingTask, say: (message: ToThread) => void): Promise<void> {
  if ('file' in task) return say({ kind: 'file', bytes: task.file, headings: task.headings });
  for await (const text of task.portions) say({ kind: 'rows', text });
  say({ kind: 'judge', sheets: task.sheets, plans: task.plans });
}

async function write(
  worker: Worker,
  { portions, sheets }: Parameters<RosterReader['writeBad']>[0],
): Promise<Uint8Array> {
  const written = deferred<Uint8Array>();
  worker.on('error', written.reject);
  worker.on('exit', () => written.reject(new Error('the reading thread has ended')));
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'written') written.resolve(message.bytes);
  });
  for await (const text of portions) worker.postMessage({ kind: 'rows', text } satisfies ToThread);
  worker.postMessage({ kind: 'write', sheets } satisfies ToThread);
  return written.promise;
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
