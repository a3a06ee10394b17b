import type { ErrorCode, Failure } from '@gradshot/domain';
import { z } from 'zod';
import { calendarDay } from './day-report.ts';

/** What is printed: 凭条, 排版照, 当日汇总, and a page to try a printer with. */
export const PRINT_KINDS = ['receipt', 'sheet', 'report', 'test'] as const;
export type PrintKind = (typeof PRINT_KINDS)[number];
/** What a graduate may print, once for each order and visit. */
export type VisitPrintKind = Extract<PrintKind, 'receipt' | 'sheet'>;

/** What a printer is chosen for: `receipt` for 凭条, `photo` for 排版照 and 当日汇总. */
export const PRINTER_TASKS = ['receipt', 'photo'] as const;
export type PrinterTask = (typeof PRINTER_TASKS)[number];

/** Paper for 排版照, by the names of the server's sheets. */
export const SHEET_PAPERS = ['5in', '6in', 'a4'] as const;
export type SheetPaper = (typeof SHEET_PAPERS)[number];

/** In place of a printer's name where the shell has none: the browser prints by its own dialog. */
export const BROWSER_PRINTER = 'browser';

/** What keeps a printer from printing, as far as the system tells. */
export const PRINTER_TROUBLES = {
  paper: 'station.printerPaper',
  jam: 'station.printerJam',
  cover: 'station.printerCover',
  offline: 'station.printerOffline',
  stopped: 'station.printerStopped',
} as const satisfies Readonly<Record<string, ErrorCode>>;
export type PrinterTrouble = keyof typeof PRINTER_TROUBLES;

const printerName = z.string().min(1).max(200);
const printerTrouble = z.enum(Object.keys(PRINTER_TROUBLES) as [PrinterTrouble]);

/** A printer that the shell can reach. */
export const printerView = z.object({
  name: printerName,
  label: z.string(),
  trouble: printerTrouble.optional(),
});
export type PrinterView = z.infer<typeof printerView>;

/** `null`: none, and what it would print is not offered. */
export const printerChoice = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('receipt'), printer: printerName.nullable() }),
  z.strictObject({
    task: z.literal('photo'),
    printer: printerName.nullable(),
    paper: z.enum(SHEET_PAPERS),
  }),
]);
export type PrinterChoice = z.infer<typeof printerChoice>;

/** Which printer does what. */
export type PrinterChoices = {
  readonly receipt?: string;
  readonly photo?: string;
  /** What lies in the printer for photos. */
  readonly paper: SheetPaper;
};

/** What staff print without a graduate. */
export const staffPrint = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('report'), day: calendarDay }),
  z.strictObject({ kind: z.literal('test'), task: z.enum(PRINTER_TASKS) }),
]);
export type StaffPrint = z.infer<typeof staffPrint>;

/** `given`: the shell has no printer, so the page prints the document by the browser's own dialog. */
export const printOutcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('given'), html: z.string() }),
  z.object({ outcome: z.literal('printed') }),
  z.object({ outcome: z.literal('saved') }),
  z.object({ outcome: z.literal('cancelled') }),
]);
export type PrintOutcome = z.infer<typeof printOutcome>;

/** How a job stands. `handedOver`: the printer, or the browser, has all of it. */
export type PrintState =
  | { readonly state: 'running' }
  | { readonly state: 'handedOver' }
  | { readonly state: 'failed'; readonly failure: Failure };

export type PrintJobView = PrintState & {
  readonly id: string;
  /** When it was asked for. */
  readonly at: string;
  readonly kind: PrintKind;
  readonly printer: string;
  /** Whose, by number alone. */
  readonly orderNo?: string;
  /** False once the visit that it belongs to is over: nothing of it is kept. */
  readonly repeatable: boolean;
};

/** For the order on screen: what may be printed, and how that fares; absent where it is not offered. */
export type VisitPrintsView = {
  readonly [K in VisitPrintKind]?: PrintState | { readonly state: 'offered' };
};

/** For staff, while their page is open. */
export type PrintDeskView = {
  readonly choices: PrinterChoices;
  /** The latest first. */
  readonly jobs: readonly PrintJobView[];
};
