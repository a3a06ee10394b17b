import type { BrowserWindow, PrinterInfo, Session } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PrintDocument, Printer } from '../station/api.ts';
import { resetElectron, StandInWindow, state } from './electron-stand-in.ts';
import { printerTrouble } from './printer-trouble.ts';
import { createElectronPrinter } from './printing.ts';

vi.mock('electron', async () => (await import('./electron-stand-in.ts')).electronModule);

const SHEET: PrintDocument = {
  html: '<!doctype html><p>sheet</p>',
  page: { widthMm: 152, heightMm: 102 },
  fileName: 'sheet.pdf',
};

let printer: Printer;
let abort: AbortController;
beforeEach(() => {
  abort = new AbortController();
  const kiosk = new StandInWindow({}) as unknown as BrowserWindow;
  printer = createElectronPrinter(state.printSession as unknown as Session, () => kiosk);
});
afterEach(resetElectron);

const pages = () => StandInWindow.all.slice(1);
const page = () => pages().at(-1)!;
const begin = () => printer.print(SHEET, 'DS-RX1', abort.signal);
type Callback = (success: boolean, failureReason: string) => void;

/** The hidden page once the job has come to it, and how Electron ends it. */
async function given(): Promise<Callback> {
  await expect.poll(() => page().webContents.print.mock.calls).toHaveLength(1);
  return page().webContents.print.mock.calls[0]![1] as Callback;
}

async function fetched(url: string): Promise<string | number> {
  const response = await state.printSession.protocol.handlers.get('app')!(new Request(url));
  return response.ok ? response.text() : response.status;
}

function cancelled(url: string): boolean | undefined {
  const decide = vi.fn();
  state.printSession.beforeRequest?.({ url } as never, decide);
  return decide.mock.calls[0]?.[0].cancel;
}

describe('a job', () => {
  test('is a hidden page that can do nothing, printed silently at its own size', async () => {
    const outcome = begin();
    const end = await given();
    expect(page().options).toMatchObject({ show: false, focusable: false });
    expect(page().options.webPreferences).toMatchObject({
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
      ...{ session: state.printSession, devTools: false },
    });
    expect(page().options.webPreferences).not.toHaveProperty('preload');
    expect(page().webContents.print.mock.calls[0]![0]).toEqual({
      ...{ silent: true, printBackground: true, deviceName: 'DS-RX1', copies: 1 },
      ...{ pagesPerSheet: 1, margins: { marginType: 'none' }, scaleFactor: 100, landscape: true },
      pageSize: { width: 102_000, height: 152_000 },
    });
    end(true, '');
    expect(await outcome).toEqual({ ok: true, value: null });
    expect(page().destroyed).toBe(true);
  });

  test('has its document for as long as it takes, and no other address answers', async () => {
    const outcome = begin();
    const end = await given();
    const [url = ''] = page().loaded;
    expect(await fetched(url)).toBe(SHEET.html);
    expect(cancelled(url)).toBe(false);
    expect(cancelled('data:image/jpeg;base64,AA')).toBe(false);
    for (const other of ['app://station/index.html', 'https://example.com/', 'app://print/other'])
      expect(cancelled(other)).toBe(true);
    expect(await fetched('app://station/index.html')).toBe(404);
    end(true, '');
    await outcome;
    expect(await fetched(url)).toBe(404);
    expect(cancelled(url)).toBe(true);
  });

  test.each([
    ['Print job failed', { code: 'station.printFailed', details: { reason: 'Print job failed' } }],
    [
      'Invalid deviceName provided.',
      { code: 'station.printerMissing', details: { printer: 'DS-RX1' } },
    ],
    ['', { code: 'station.printFailed', details: { reason: 'unknown' } }],
  ])('that fails (%s) says why, and leaves no page', async (reason, error) => {
    const outcome = begin();
    (await given())(false, reason);
    expect(await outcome).toEqual({ ok: false, error });
    expect(page().destroyed).toBe(true);
  });

  test('that cannot be loaded, or throws, fails and leaves no page', async () => {
    state.loadFailure = new Error('ERR_FAILED');
    const error = { code: 'station.printFailed', details: { reason: 'ERR_FAILED' } };
    expect(await begin()).toEqual({ ok: false, error });
    expect(page().destroyed).toBe(true);
  });

  test('nobody waits for any more is let go of', async () => {
    void begin();
    await given();
    const [url = ''] = page().loaded;
    abort.abort();
    expect(page().destroyed).toBe(true);
    expect(await fetched(url)).toBe(404);
  });
});

test('a PDF has the paper’s size, and no margins but the page’s own', async () => {
  const pdf = await printer.toPdf(SHEET, abort.signal);
  expect(pdf.ok && Buffer.from(pdf.value).toString()).toBe('%PDF-');
  expect(page().webContents.printToPDF).toHaveBeenCalledWith({
    ...{ printBackground: true, preferCSSPageSize: true },
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    pageSize: { width: 152 / 25.4, height: 102 / 25.4 },
  });
  expect(page().destroyed).toBe(true);
});

test('the permissions of what is printed are none', () => {
  const decide = vi.fn();
  state.printSession.permissionRequest?.({} as never, 'media', decide, {} as never);
  expect(decide).toHaveBeenCalledWith(false);
  expect(state.printSession.permissionCheck?.({} as never, 'media', '', {} as never)).toBe(false);
});

test('printers are told by name, with what keeps them from printing', async () => {
  const info = (name: string, displayName: string, options: object): PrinterInfo => ({
    ...{ name, displayName, description: '', options },
  });
  state.printers = [
    info('DS-RX1', '照片打印机', { 'printer-state-reasons': 'none' }),
    info('TM-T88', '', { 'printer-state-reasons': 'media-empty-error' }),
  ];
  expect(await printer.list()).toEqual([
    { name: 'DS-RX1', label: '照片打印机' },
    { name: 'TM-T88', label: 'TM-T88', trouble: 'paper' },
  ]);
});

describe('what CUPS says of a printer', () => {
  test.each([
    [undefined, undefined],
    ['none', undefined],
    ['media-empty-error,media-needed-error', 'paper'],
    ['media-jam-error', 'jam'],
    ['media-empty, cover-open', 'cover'],
    ['offline-report', 'offline'],
    ['toner-low-report', undefined],
    ['connecting-to-device', 'offline'],
    ['marker-supply-low-warning', undefined],
    ['media-low-warning', undefined],
    ['marker-supply-empty-error', 'stopped'],
    ['paused', 'stopped'],
  ])('%s', (reasons, trouble) => {
    expect(printerTrouble(reasons ? { 'printer-state-reasons': reasons } : {})).toBe(trouble);
  });

  test('stopped, or taking no jobs, without a reason', () => {
    expect(printerTrouble({ 'printer-state': 5 })).toBe('stopped');
    expect(printerTrouble({ 'printer-is-accepting-jobs': 'false' })).toBe('stopped');
    expect(printerTrouble({ 'printer-state': '3' })).toBeUndefined();
  });
});
