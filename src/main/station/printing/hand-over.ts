import { randomUUID } from 'node:crypto';
import { type Failure, fail, ok, type Result } from '@gradshot/domain';
import { PRINTER_TROUBLES } from '../../../shared/index.ts';
import type { PrintDocument, Printer } from '../api.ts';
import type { Clock } from '../ground/clock.ts';
import type { StationTiming } from '../ground/timing.ts';
import type { PrintSpool, SpooledJob } from './print-spool.ts';

export type HandOverParts = {
  readonly printer: Printer;
  /** Absent where the system has none that could be asked. */
  readonly spool: PrintSpool | undefined;
  readonly clock: Clock;
  readonly timing: Pick<StationTiming, 'printMs' | 'printQueueMs'>;
};

/**
 * Gives a document to a printer that is there and ready, for what is queued for one that is not comes out
 * when nobody is there to take it. Where the system tells of its queue, it is followed there.
 */
export async function handOver(
  parts: HandOverParts,
  document: PrintDocument,
  name: string,
): Promise<Result<null>> {
  const late = new AbortController();
  const cancel = parts.clock.after(parts.timing.printMs, () => late.abort());
  try {
    const mark = `gradshot-${randomUUID().slice(0, 8)}`;
    const marked = parts.spool ? withMark(document, mark) : document;
    const given = await unlessLate(give(parts, marked, name, late.signal), late.signal);
    if (!given.ok || !given.value) return done(given);
    return await followed(parts, { before: given.value, mark, name }, late.signal);
  } finally {
    cancel();
    // Whatever still hangs lets go of the document.
    late.abort();
  }
}

/** First in the title, of which the system tells the beginning alone. */
function withMark(document: PrintDocument, mark: string): PrintDocument {
  return { ...document, html: document.html.replace('<title>', `<title>${mark} `) };
}

const done = (result: Result<unknown>): Result<null> => (result.ok ? ok(null) : result);

/** Answers with the jobs that were there before; undefined where nobody tells. */
async function give(
  parts: HandOverParts,
  document: PrintDocument,
  name: string,
  signal: AbortSignal,
): Promise<Result<readonly SpooledJob[] | undefined>> {
  const trouble = await troubleOf(parts.printer, name);
  if (trouble) return { ok: false, error: trouble };
  const before = await parts.spool?.waiting(name);
  const printed = await parts.printer.print(document, name, signal);
  return printed.ok ? ok(before) : printed;
}

export async function troubleOf(printer: Printer, name: string): Promise<Failure | undefined> {
  const found = (await printer.list()).find((each) => each.name === name);
  if (!found) return { code: 'station.printerMissing', details: { printer: name } };
  if (!found.trouble) return undefined;
  return { code: PRINTER_TROUBLES[found.trouble], details: { printer: found.label } };
}

type Followed = {
  readonly before: readonly SpooledJob[];
  readonly mark: string;
  readonly name: string;
};

type Own = { readonly jobs: readonly SpooledJob[]; readonly isSure: boolean };

/**
 * Those with our mark, and once they were seen no others; else those that were not there before. Of those,
 * what is not the only one or has a title of another program may be followed, and not taken back.
 */
function ownFinder({ before, mark }: Followed): (waiting: readonly SpooledJob[]) => Own {
  let wasSeen = false;
  return (waiting) => {
    const marked = waiting.filter(({ title }) => title?.startsWith(mark));
    wasSeen ||= marked.length > 0;
    if (wasSeen) return { jobs: marked, isSure: true };
    const jobs = waiting.filter(({ name }) => before.every((job) => job.name !== name));
    return { jobs, isSure: jobs.length === 1 && jobs[0]?.title === undefined };
  };
}

/** Until the new jobs have left the queue, the printer complains, or nobody can wait any longer. */
async function followed(
  parts: HandOverParts,
  job: Followed,
  signal: AbortSignal,
): Promise<Result<null>> {
  const { spool, printer, clock, timing } = parts;
  const find = ownFinder(job);
  for (;;) {
    const own = find((await spool?.waiting(job.name)) ?? []);
    // A slow printer that says nothing of a trouble has it, and goes on by itself.
    if (own.jobs.length === 0 || signal.aborted) return ok(null);
    const trouble = await troubleOf(printer, job.name);
    if (trouble) {
      if (own.isSure) await Promise.all(own.jobs.map(({ name }) => spool?.withdraw(name)));
      return { ok: false, error: trouble };
    }
    await new Promise<void>((resolve) => {
      clock.after(timing.printQueueMs, resolve);
    });
  }
}

export async function unlessLate<T>(
  work: Promise<Result<T>>,
  signal: AbortSignal,
): Promise<Result<T>> {
  const late = new Promise<Result<T>>((resolve) => {
    signal.addEventListener('abort', () => resolve(fail('station.printTimedOut')), { once: true });
  });
  // A shell that throws has a bug, and the graduate a sentence all the same.
  const safe = work.catch((error: unknown) =>
    fail('station.printFailed', { reason: String(error).slice(0, 200) }),
  );
  return Promise.race([safe, late]);
}
