import { fail, isIn, ok, type Result } from '@gradshot/domain';
import {
  journeyOfOrder,
  type OrderView,
  type PrinterTask,
  type PrintOutcome,
  type VisitPrintKind,
  type VisitPrintsView,
} from '../../../shared/index.ts';
import type { Clock } from '../ground/clock.ts';
import type { SessionState } from '../session/state.ts';
import type { EventLog } from '../store/event-log.ts';
import { storing } from '../store/store-failure.ts';
import type { ServerLink } from '../sync/server-link.ts';
import type { PaidHere } from './paid-here.ts';
import {
  isOfVisit,
  type MakeDocument,
  type PrintJob,
  type PrintJobs,
  type PrintSubject,
  type VisitSubject,
} from './print-jobs.ts';
import type { ChosenPrinters } from './printer-choices.ts';
import { receipt } from './receipt.ts';
import { sheetPage } from './sheet-page.ts';

/** 凭条 and 排版照 of the order on screen: each once, until it failed. */
export type VisitPrints = {
  view(): VisitPrintsView | undefined;
  /** Pressed twice it is one job with one outcome. */
  print(kind: VisitPrintKind): Promise<Result<PrintOutcome>>;
  /** Undefined once the visit or its order is no longer there. */
  makerOf(subject: VisitSubject): MakeDocument | undefined;
  /** Whether that would still find it. */
  isThere(subject: VisitSubject): boolean;
  /** Something of the present visit is being printed. */
  underWay(): boolean;
  /** To be called whenever the visit may have changed. */
  follow(): void;
};

export type VisitPrintParts = {
  readonly visit: { state(): SessionState };
  readonly jobs: PrintJobs;
  readonly printers: ChosenPrinters;
  readonly paidHere: PaidHere;
  readonly link: ServerLink;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly stationName: () => string;
};

const TASK: Readonly<Record<VisitPrintKind, PrinterTask>> = { receipt: 'receipt', sheet: 'photo' };

/** The server may have to make the sheet first. */
const SHEET_MS = 60_000;

export function createVisitPrints(parts: VisitPrintParts): VisitPrints {
  const { visit, jobs, printers, paidHere } = parts;
  const outcomes = new Map<PrintJob, Promise<Result<PrintOutcome>>>();

  const lastOf = (kind: VisitPrintKind, orderId: string) =>
    jobs
      .all()
      .find(({ subject }) => subject.kind === kind && isOf(subject, visit.state(), orderId));

  const stateOf = (kind: VisitPrintKind, order: OrderView) =>
    lastOf(kind, order.orderId)?.state ?? ({ state: 'offered' } as const);

  return {
    view() {
      const order = orderOf(visit.state());
      if (!order) return undefined;
      const offered = offeredAt(visit.state(), printers);
      if (offered.length === 0) return undefined;
      return Object.fromEntries(offered.map((kind) => [kind, stateOf(kind, order)]));
    },
    async print(kind) {
      const order = orderOf(visit.state());
      const printer = printers.of(TASK[kind]);
      if (!order || !printer || !offeredAt(visit.state(), printers).includes(kind))
        return fail('station.wrongStep');
      const last = lastOf(kind, order.orderId);
      const running = last && outcomes.get(last);
      if (running) return running;
      if (last?.state.state === 'handedOver') return fail('station.printedAlready');
      const { orderId, orderNo } = order;
      const subject = { kind, visit: visit.state().visit, orderId, orderNo } as const;
      const { job, outcome } = jobs.start(subject, printer, makerFor(parts, kind, order));
      outcomes.set(job, outcome);
      return outcome.finally(() => outcomes.delete(job));
    },
    makerOf(subject) {
      const order = orderOf(visit.state());
      if (!order || !isOf(subject, visit.state(), order.orderId)) return undefined;
      return makerFor(parts, subject.kind, order);
    },
    isThere: (subject) => isOf(subject, visit.state(), orderOf(visit.state())?.orderId ?? ''),
    underWay: () =>
      jobs.all().some((job) => job.state.state === 'running' && belongs(job, visit.state())),
    follow() {
      const state = visit.state();
      if (state.view.step === 'welcome') paidHere.forget();
      jobs.callOff((job) => isOfVisit(job.subject) && !belongs(job, state));
    },
  };
}

function orderOf({ view }: SessionState): OrderView | undefined {
  return 'order' in view ? view.order : undefined;
}

function belongs({ subject }: PrintJob, { visit, view }: SessionState): boolean {
  return isOfVisit(subject) && subject.visit === visit && view.step !== 'welcome';
}

function isOf(subject: PrintSubject, { visit }: SessionState, orderId: string): boolean {
  return isOfVisit(subject) && subject.visit === visit && subject.orderId === orderId;
}

/** In 快速 too it is there to be pressed; nothing is ever asked. */
function offeredAt({ view }: SessionState, printers: ChosenPrinters): readonly VisitPrintKind[] {
  const offered: VisitPrintKind[] = [];
  if (view.step !== 'handedIn' && view.step !== 'orderDetail') return offered;
  const { phase, state } = journeyOfOrder(view.order);
  const handedIn = view.step === 'handedIn' && (phase === 'review' || phase === 'approved');
  if (handedIn && printers.of('receipt')) offered.push('receipt');
  if (isIn(state, 'approved') && printers.of('photo')) offered.push('sheet');
  return offered;
}

function makerFor(parts: VisitPrintParts, kind: VisitPrintKind, order: OrderView): MakeDocument {
  return kind === 'receipt' ? receiptOf(parts, order) : sheetOf(parts, order);
}

function receiptOf(parts: VisitPrintParts, order: OrderView): MakeDocument {
  const { view, language } = parts.visit.state();
  const maskedName = 'student' in view ? view.student.maskedName : '';
  const facts = {
    ...{ order, maskedName, language, journey: journeyOfOrder(order) },
    ...{ station: parts.stationName(), paidBy: parts.paidHere.of(order.orderId) },
  };
  return async () => ok(receipt({ ...facts, at: parts.clock.now() }));
}

/** Every print is written down here, and every download of it at the server. */
function sheetOf(parts: VisitPrintParts, order: OrderView): MakeDocument {
  const { token = '', language } = parts.visit.state();
  const { orderId, orderNo, photoId } = order;
  const { paper } = parts.printers.present();
  return async (signal) => {
    const jpeg = await parts.link.asStation((client) =>
      client.call(
        'downloadSheet',
        { params: { orderId, layout: paper } },
        { authorization: `Bearer ${token}`, timeoutMs: SHEET_MS, signal },
      ),
    );
    if (!jpeg.ok) return jpeg;
    const page = sheetPage({ jpeg: jpeg.value, paper, orderNo, language });
    if (!page.ok) return page;
    return storing(async () => {
      const facts = { orderId, paper, ...(photoId ? { photoId } : {}) };
      parts.events.record('picture.printed', facts);
      return page;
    });
  };
}
