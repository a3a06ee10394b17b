import type { PrinterTrouble } from '../../shared/index.ts';

/** Words of CUPS (RFC 8011, 5.4.12); the first that fits is what staff have to do first. */
const REASONS: readonly (readonly [PrinterTrouble, RegExp])[] = [
  ['cover', /^(cover|door|interlock)-open/],
  ['jam', /^media-jam/],
  ['paper', /^(media-(empty|needed)|input-tray-missing)/],
  ['offline', /^(offline|shutdown|timed-out|connecting-to-device)/],
  ['stopped', /^(paused|stopped|moving-to-paused|marker-supply-empty|toner-empty|other)/],
];
/** Of `printer-state`: it does not go on by itself. */
const STOPPED = '5';

/**
 * What keeps a printer from printing, by what CUPS says of it in the options of Electron's list. Windows
 * says nothing there, so that a printer without paper looks well until somebody sees it.
 */
export function printerTrouble(options: object): PrinterTrouble | undefined {
  const told = new Map(Object.entries(options).map(([key, value]) => [key, String(value)]));
  const reasons = (told.get('printer-state-reasons') ?? '')
    .split(',')
    .map((reason) => reason.trim())
    // Neither keeps it from printing, but for what CUPS calls the report of a printer that is away.
    .filter((reason) => !/-(warning|report)$/.test(reason) || reason === 'offline-report');
  const found = REASONS.find(([, pattern]) => reasons.some((reason) => pattern.test(reason)));
  if (found) return found[0];
  const accepts = told.get('printer-is-accepting-jobs') !== 'false';
  return told.get('printer-state') === STOPPED || !accepts ? 'stopped' : undefined;
}
