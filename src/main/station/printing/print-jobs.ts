import { type Failure, fail, type Result } from '@gradshot/domain';
import type {
  PrintOutcome,
  PrintState,
  StaffPrint,
  VisitPrintKind,
} from '../../../shared/index.ts';
import type { PrintDocument } from '../api.ts';
import { type Clock, timestamp } from '../ground/clock.ts';
import type { EventLog } from '../store/event-log.ts';

/** What a job is of; enough to make its document again, and nothing personal. */
export type PrintSubject = VisitSubject | StaffSubject;
export type VisitSubject = {
  readonly kind: VisitPrintKind;
  readonly visit: number;
  readonly orderId: string;
  readonly orderNo: string;
};
export type StaffSubject = StaffPrint;

export function isOfVisit(subject: PrintSubject): subject is VisitSubject {
  return subject.kind === 'receipt' || subject.kind === 'sheet';
}

export type PrintJob = {
  readonly id: string;
  readonly at: string;
  readonly subject: PrintSubject;
  readonly printer: string;
  state: PrintState;
};

/** Makes the document when it is its turn; nothing of it is held before and after. */
export type MakeDocument = (signal: AbortSignal) => Promise<Result<PrintDocument>>;

export type PrintJobs = {
  /** Begins a job; jobs of one printer are printed one after the other. */
  start(
    subject: PrintSubject,
    printer: string,
    make: MakeDocument,
  ): { readonly job: PrintJob; readonly outcome: Promise<Result<PrintOutcome>> };
  /** The latest first. */
  all(): readonly PrintJob[];
  find(id: string): PrintJob | undefined;
  /** Calls off what has not come to a printer yet. */
  callOff(unwanted: (job: PrintJob) => boolean): void;
};

export type PrintJobParts = {
  readonly clock: Clock;
  readonly events: EventLog;
  readonly newId: () => string;
  readonly onChange: () => void;
  readonly handOver: (document: PrintDocument, printer: string) => Promise<Result<PrintOutcome>>;
};

const KEPT = 20;
const VISIT_OVER: Failure = { code: 'station.printVisitOver' };

export function createPrintJobs(parts: PrintJobParts): PrintJobs {
  let jobs: readonly PrintJob[] = [];
  /** The last job of each printer. */
  const turns = new Map<string, Promise<unknown>>();
  const aborts = new Map<PrintJob, AbortController>();

  const run = async (job: PrintJob, make: MakeDocument, before: Promise<unknown>) => {
    const abort = new AbortController();
    aborts.set(job, abort);
    await before;
    const outcome = await printed(parts, job, make, abort.signal).finally(() => aborts.delete(job));
    job.state = outcome.ok ? { state: 'handedOver' } : { state: 'failed', failure: outcome.error };
    const code = outcome.ok ? 'ok' : outcome.error.code;
    parts.events.note('print.ended', { job: job.id, kind: job.subject.kind, outcome: code });
    parts.onChange();
    return outcome;
  };

  return {
    start(subject, printer, make) {
      const { clock, newId } = parts;
      const job: PrintJob = {
        ...{ id: newId(), at: timestamp(clock), subject, printer },
        state: { state: 'running' },
      };
      jobs = [job, ...jobs].slice(0, KEPT);
      parts.onChange();
      const outcome = run(job, make, turns.get(printer) ?? Promise.resolve());
      // That it is over, and nothing of what came out.
      const over = () => undefined;
      turns.set(printer, outcome.then(over, over));
      return { job, outcome };
    },
    all: () => jobs,
    find: (id) => jobs.find((job) => job.id === id),
    callOff(unwanted) {
      for (const [job, abort] of aborts) if (unwanted(job)) abort.abort();
    },
  };
}

async function printed(
  { handOver }: PrintJobParts,
  job: PrintJob,
  make: MakeDocument,
  signal: AbortSignal,
): Promise<Result<PrintOutcome>> {
  if (signal.aborted) return { ok: false, error: VISIT_OVER };
  const document = await made(make, signal);
  if (!document.ok) return document;
  return handOver(document.value, job.printer);
}

/** Whoever has left in the meantime gets none: their photo must not lie in the tray. */
async function made(make: MakeDocument, signal: AbortSignal): Promise<Result<PrintDocument>> {
  try {
    const document = await make(signal);
    return signal.aborted ? { ok: false, error: VISIT_OVER } : document;
  } catch (error) {
    if (signal.aborted) return { ok: false, error: VISIT_OVER };
    return fail('station.printFailed', { reason: String(error).slice(0, 200) });
  }
}
