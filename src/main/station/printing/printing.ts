import { fail, ok, type Result } from '@gradshot/domain';
import {
  BROWSER_PRINTER,
  type CommandHandlers,
  type DayReport,
  type PrintDeskView,
  type PrintJobView,
  type PrintOutcome,
  type VisitPrintsView,
} from '../../../shared/index.ts';
import type { Printer, SaveFile } from '../api.ts';
import type { Core } from '../ground/core.ts';
import type { SessionState } from '../session/state.ts';
import type { Store } from '../store/store.ts';
import type { ServerLink } from '../sync/server-link.ts';
import { handOver } from './hand-over.ts';
import type { PaidHere } from './paid-here.ts';
import { createPrintJobs, isOfVisit, type PrintJob } from './print-jobs.ts';
import type { PrintSpool } from './print-spool.ts';
import { type ChosenPrinters, createChosenPrinters } from './printer-choices.ts';
import { createStaffPrints, type StaffPrints } from './staff-prints.ts';
import { createVisitPrints, type VisitPrints } from './visit-prints.ts';

export type VisitPrintHandlers = Pick<CommandHandlers, 'print.receipt' | 'print.sheet'>;
export type StaffPrintHandlers = Pick<
  CommandHandlers,
  'staff.printers' | 'staff.choosePrinter' | 'staff.print' | 'staff.printAgain' | 'staff.savePrint'
>;

export type Printing = {
  readonly forVisit: VisitPrintHandlers;
  readonly forStaff: StaffPrintHandlers;
  visitView(): VisitPrintsView | undefined;
  deskView(): PrintDeskView;
  /** Something of the present visit is being printed: its last page waits for that. */
  underWay(): boolean;
  /** To be called whenever the visit may have changed. */
  followVisit(): void;
  /** How each chosen printer fares, for the self-tests. */
  look: StaffPrints['look'];
};

export type PrintingParts = {
  readonly core: Core;
  readonly store: Pick<Store, 'settings' | 'events'>;
  readonly visit: { state(): SessionState };
  readonly link: ServerLink;
  readonly paidHere: PaidHere;
  /** Absent where the browser prints. */
  readonly printer: Printer | undefined;
  readonly spool: PrintSpool | undefined;
  readonly saveFile: SaveFile | undefined;
  readonly dayReport: (day: string) => DayReport;
  readonly place: () => { readonly station: string; readonly school: string };
  readonly newId: () => string;
  readonly onChange: () => void;
};

/** 打印: what graduates and staff print here, on which printers, and what became of it. */
export function createPrinting(parts: PrintingParts): Printing {
  const { core, store, visit, link, paidHere, printer, spool, onChange } = parts;
  const { clock, timing } = core;
  const { events } = store;
  const printers = createChosenPrinters(store.settings, events);
  const jobs = createPrintJobs({
    ...{ clock, events, newId: parts.newId, onChange },
    handOver: async (document, name) => {
      if (printer)
        return printed(await handOver({ printer, spool, clock, timing }, document, name));
      return name === BROWSER_PRINTER
        ? ok({ outcome: 'given', html: document.html })
        : fail('station.printerMissing', { printer: name });
    },
  });
  const visitPrints = createVisitPrints({
    ...{ visit, jobs, printers, paidHere, link, events, clock },
    stationName: () => parts.place().station,
  });
  const staffPrints = createStaffPrints({ ...parts, printers, jobs, visitPrints });
  return {
    forVisit: {
      'print.receipt': () => visitPrints.print('receipt'),
      'print.sheet': () => visitPrints.print('sheet'),
    },
    forStaff: staffHandlers(staffPrints, printers, onChange),
    visitView: visitPrints.view,
    deskView: () => ({
      choices: printers.present(),
      jobs: jobs.all().map((job) => shown(visitPrints, job)),
    }),
    underWay: visitPrints.underWay,
    followVisit: visitPrints.follow,
    look: staffPrints.look,
  };
}

const printed = (handed: Result<null>): Result<PrintOutcome> =>
  handed.ok ? ok({ outcome: 'printed' }) : handed;

function staffHandlers(
  staffPrints: StaffPrints,
  printers: ChosenPrinters,
  onChange: () => void,
): StaffPrintHandlers {
  return {
    'staff.printers': staffPrints.printersSeen,
    'staff.choosePrinter': async (choice) => {
      const { printer } = choice;
      // The one of before stays, whether or not it is there now.
      const isNew = printer !== null && printer !== printers.of(choice.task);
      const known = isNew ? await staffPrints.isThere(printer) : ok(null);
      if (!known.ok) return known;
      const chosen = await printers.choose(choice);
      if (chosen.ok) onChange();
      return chosen;
    },
    'staff.print': (wanted) => staffPrints.print(wanted),
    'staff.printAgain': ({ jobId }) => staffPrints.again(jobId),
    'staff.savePrint': ({ jobId }) => staffPrints.saveAsPdf(jobId),
  };
}

function shown(visitPrints: VisitPrints, job: PrintJob): PrintJobView {
  const { id, at, subject, printer, state } = job;
  const ofVisit = isOfVisit(subject);
  const stillThere = !ofVisit || visitPrints.isThere(subject);
  return {
    ...{ id, at, kind: subject.kind, printer, ...state },
    ...(ofVisit ? { orderNo: subject.orderNo } : {}),
    repeatable: state.state !== 'running' && stillThere,
  };
}
