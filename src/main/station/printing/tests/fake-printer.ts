import { fail, ok, type Result } from '@gradshot/domain';
import type { PrinterTrouble, PrinterView } from '../../../../shared/index.ts';
import type { PrintDocument, Printer } from '../../api.ts';
import type { PrintSpool, SpooledJob } from '../print-spool.ts';

/**
 * A shell's printers, as strict as real ones: a name that the system does not know, a second job while one is
 * being taken, a page that is not whole in itself, a paper of no size are all refused.
 */
export type FakePrinter = Printer &
  PrintSpool & {
    readonly printed: { readonly printer: string; readonly document: PrintDocument }[];
    /** Documents that are with the shell now. */
    readonly held: () => number;
    readonly withdrawn: string[];
    /** How the next jobs go; `hang` and `wait` never end by themselves. */
    manner: 'print' | 'fail' | 'throw' | 'hang' | 'wait';
    /** Lets a job that waits go on. */
    release(): void;
    trouble(name: string, trouble: PrinterTrouble | undefined): void;
    unplug(name: string): void;
    /** Jobs of the system's queue that are not done. */
    queue: readonly SpooledJob[];
    /** Of the document that it was given last. */
    readonly title: () => string;
  };

export const RECEIPT_PRINTER = 'TM-T88';
export const PHOTO_PRINTER = 'DS-RX1';

export function createFakePrinter(): FakePrinter {
  const printers = new Map<string, PrinterView>(
    [
      { name: RECEIPT_PRINTER, label: '凭条打印机' },
      { name: PHOTO_PRINTER, label: '照片打印机' },
    ].map((printer) => [printer.name, printer]),
  );
  const busy = new Set<string>();
  let held = 0;
  let title = '';
  let release = () => {};
  const taken = async (name: string, signal: AbortSignal): Promise<Result<null>> => {
    switch (fake.manner) {
      case 'print':
        return ok(null);
      case 'fail':
        return fail('station.printFailed', { reason: 'Print job failed' });
      case 'throw':
        throw new Error('the driver crashed');
      case 'hang':
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(fail('station.printFailed')));
        });
      case 'wait':
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return printers.has(name) ? ok(null) : fail('station.printerMissing');
    }
  };
  const fake: FakePrinter = {
    manner: 'print',
    printed: [],
    withdrawn: [],
    queue: [],
    title: () => title,
    held: () => held,
    release: () => release(),
    trouble(name, trouble) {
      const { trouble: _before, ...well } = printers.get(name)!;
      printers.set(name, trouble ? { ...well, trouble } : well);
    },
    unplug: (name) => void printers.delete(name),
    list: async () => [...printers.values()],
    async print(document, printer, signal) {
      if (!printers.has(printer)) return fail('station.printerMissing', { printer });
      if (busy.has(printer)) return fail('station.printFailed', { reason: 'busy' });
      check(document);
      title = /<title>(.*?)<\/title>/.exec(document.html)?.[1] ?? '';
      busy.add(printer);
      held += 1;
      try {
        const outcome = await taken(printer, signal);
        if (outcome.ok) fake.printed.push({ printer, document });
        return outcome;
      } finally {
        busy.delete(printer);
        held -= 1;
      }
    },
    async toPdf(document) {
      check(document);
      return ok(new TextEncoder().encode(`%PDF-${document.fileName}`));
    },
    waiting: async () => [...fake.queue],
    async withdraw(job) {
      fake.withdrawn.push(job);
      fake.queue = fake.queue.filter(({ name }) => name !== job);
    },
  };
  return fake;
}

function check({ html, page, fileName }: PrintDocument): void {
  if (/<script|\son\w+=|https?:|javascript:/i.test(html)) throw new Error('not whole in itself');
  if (!(page.widthMm > 10 && page.heightMm > 10)) throw new Error('a paper of no size');
  if (/[/\\:]/.test(fileName)) throw new Error('no name of a file');
}
