import { type Failure, fail, ok, type Result } from '@gradshot/domain';
import {
  BROWSER_PRINTER,
  type DayReport,
  type PrinterTask,
  type PrinterView,
  type PrintOutcome,
  type StaffPrint,
} from '../../../shared/index.ts';
import type { PrintDocument, Printer, SaveFile } from '../api.ts';
import type { Core } from '../ground/core.ts';
import type { SessionState } from '../session/state.ts';
import { troubleOf, unlessLate } from './hand-over.ts';
import {
  isOfVisit,
  type MakeDocument,
  type PrintJobs,
  type PrintSubject,
  type StaffSubject,
} from './print-jobs.ts';
import type { ChosenPrinters } from './printer-choices.ts';
import { reportPage } from './report-page.ts';
import { testPage } from './test-page.ts';
import type { VisitPrints } from './visit-prints.ts';

/** What staff do with printers, whoever stands before the screen. */
export type StaffPrints = {
  /** What the shell can reach; empty where the browser prints. */
  printersSeen(): Promise<Result<PrinterView[]>>;
  /** Whether that printer can be chosen; what a system does not know would never print. */
  isThere(name: string): Promise<Result<null>>;
  print(wanted: StaffPrint): Promise<Result<PrintOutcome>>;
  again(jobId: string): Promise<Result<PrintOutcome>>;
  saveAsPdf(jobId: string): Promise<Result<PrintOutcome>>;
  /** How each chosen printer fares, for the self-tests. */
  look(): Promise<readonly PrinterFinding[]>;
};

export type PrinterFinding = {
  readonly task: PrinterTask;
  readonly name: string;
  /** Undefined where all is well, or where nobody can tell. */
  readonly failure: Failure | undefined;
};

export type StaffPrintParts = {
  readonly core: Core;
  readonly printers: ChosenPrinters;
  readonly jobs: PrintJobs;
  readonly visitPrints: VisitPrints;
  readonly visit: { state(): SessionState };
  /** Absent where the browser prints. */
  readonly printer: Printer | undefined;
  readonly saveFile: SaveFile | undefined;
  readonly dayReport: (day: string) => DayReport;
  readonly place: () => { readonly station: string; readonly school: string };
};

function taskOf(subject: PrintSubject): PrinterTask {
  if (subject.kind === 'test') return subject.task;
  return subject.kind === 'receipt' ? 'receipt' : 'photo';
}

export function createStaffPrints(parts: StaffPrintParts): StaffPrints {
  const { printer, printers, jobs } = parts;
  const start = async (subject: PrintSubject): Promise<Result<PrintOutcome>> => {
    const name = printers.of(taskOf(subject));
    if (!name) return fail('station.printerMissing', { printer: '' });
    const make = makerOf(parts, subject, name);
    return make ? jobs.start(subject, name, make).outcome : fail('station.printVisitOver');
  };
  return {
    printersSeen: () => patiently(parts, async () => ok([...((await printer?.list()) ?? [])])),
    isThere: (name) =>
      patiently(parts, async () => {
        if (!printer) return name === BROWSER_PRINTER ? ok(null) : missing(name);
        const known = (await printer.list()).some((each) => each.name === name);
        return known ? ok(null) : missing(name);
      }),
    print: start,
    async again(jobId) {
      const job = jobs.find(jobId);
      if (!job) return fail('request.notFound');
      return job.state.state === 'running' ? fail('station.busy') : start(job.subject);
    },
    async saveAsPdf(jobId) {
      const job = jobs.find(jobId);
      if (!job) return fail('request.notFound');
      const make = makerOf(parts, job.subject, job.printer);
      return make ? patiently(parts, (signal) => save(parts, make, signal)) : OVER;
    },
    look: () => look(parts),
  };
}

const OVER = fail('station.printVisitOver');
const missing = (printer: string) => fail('station.printerMissing', { printer });

/** Whoever waits for a printer's driver waits for so long and no longer. */
async function patiently<T>(
  { core }: StaffPrintParts,
  work: (signal: AbortSignal) => Promise<Result<T>>,
): Promise<Result<T>> {
  const late = new AbortController();
  const cancel = core.clock.after(core.timing.printMs, () => late.abort());
  try {
    return await unlessLate(work(late.signal), late.signal);
  } finally {
    cancel();
    late.abort();
  }
}

function makerOf(
  parts: StaffPrintParts,
  subject: PrintSubject,
  printer: string,
): MakeDocument | undefined {
  if (isOfVisit(subject)) return parts.visitPrints.makerOf(subject);
  return async () => ok(staffPage(parts, subject, printer));
}

function staffPage(
  { core, printers, visit, dayReport, place }: StaffPrintParts,
  subject: StaffSubject,
  printer: string,
): PrintDocument {
  const { station, school } = place();
  const common = {
    ...{ station, at: core.clock.now(), language: visit.state().language },
    paper: printers.present().paper,
  };
  return subject.kind === 'report'
    ? reportPage({ ...common, school, report: dayReport(subject.day) })
    : testPage({ ...common, task: subject.task, printer });
}

async function save(
  { printer, saveFile }: StaffPrintParts,
  make: MakeDocument,
  signal: AbortSignal,
): Promise<Result<PrintOutcome>> {
  const document = await make(signal);
  if (!document.ok) return document;
  // Its own dialog offers a PDF too.
  if (!printer || !saveFile) return ok({ outcome: 'given', html: document.value.html });
  const pdf = await printer.toPdf(document.value, signal);
  if (!pdf.ok) return pdf;
  const saved = await saveFile({ fileName: document.value.fileName, content: pdf.value });
  return saved.ok ? ok({ outcome: saved.value }) : saved;
}

async function look(parts: StaffPrintParts): Promise<readonly PrinterFinding[]> {
  const { printer, printers } = parts;
  const { receipt, photo } = printers.present();
  const chosen = [
    ...(receipt === undefined ? [] : [{ task: 'receipt', name: receipt } as const]),
    ...(photo === undefined ? [] : [{ task: 'photo', name: photo } as const]),
  ];
  const looked = chosen.map(async ({ task, name }) => {
    const found = await patiently(parts, async () => ok(await failureOf(printer, name)));
    return { task, name, failure: found.ok ? found.value : found.error };
  });
  return Promise.all(looked);
}

/** A browser tells nothing of its printers. */
async function failureOf(printer: Printer | undefined, name: string): Promise<Failure | undefined> {
  if (printer) return troubleOf(printer, name);
  const code = 'station.printerMissing' as const;
  return name === BROWSER_PRINTER ? undefined : { code, details: { printer: name } };
}
