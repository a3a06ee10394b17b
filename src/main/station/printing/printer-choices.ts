import { ok, type Result } from '@gradshot/domain';
import type { PrinterChoice, PrinterChoices, PrinterTask } from '../../../shared/index.ts';
import type { EventLog } from '../store/event-log.ts';
import type { Settings } from '../store/settings.ts';
import { storing } from '../store/store-failure.ts';

/** Which printer does what; none chosen, and nothing is offered. */
export type ChosenPrinters = {
  present(): PrinterChoices;
  of(task: PrinterTask): string | undefined;
  /** `station.diskFull` when it cannot be kept; the choice of before then stands. */
  choose(choice: PrinterChoice): Promise<Result<null>>;
};

const NONE: PrinterChoices = { paper: '6in' };

export function createChosenPrinters(settings: Settings, events: EventLog): ChosenPrinters {
  let present = settings.get('printers') ?? NONE;
  return {
    present: () => present,
    of: (task) => present[task],
    choose: (choice) =>
      storing(async () => {
        const next = changed(present, choice);
        settings.set('printers', next);
        present = next;
        events.note('staff.chosePrinter', { task: choice.task, printer: choice.printer ?? '' });
        return ok(null);
      }),
  };
}

function changed(present: PrinterChoices, choice: PrinterChoice): PrinterChoices {
  const { [choice.task]: _before, ...others } = present;
  return {
    ...others,
    ...(choice.printer === null ? {} : { [choice.task]: choice.printer }),
    ...(choice.task === 'photo' ? { paper: choice.paper } : {}),
  };
}
