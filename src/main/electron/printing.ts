import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '@gradshot/domain';
import {
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  type Session,
  type WebContentsPrintOptions,
} from 'electron';
import type { PrintDocument, Printer } from '../station/api.ts';
import { SCHEME } from './page-origin.ts';
import { printerTrouble } from './printer-trouble.ts';

/** Of documents alone: the interface can neither open nor read them. */
const ORIGIN = `${SCHEME}://print`;
const MICRONS = 1000;
const MM_PER_INCH = 25.4;

/**
 * Prints by Electron. A document is shown by a hidden page of its own: sandboxed, without preload, without
 * script, without network, in a session that is in memory alone; the page ends with the job, however that
 * ends.
 */
export function createElectronPrinter(pages: Session, kiosk: () => BrowserWindow): Printer {
  const documents = serveDocuments(pages);
  const onPage = async <T>(
    document: PrintDocument,
    signal: AbortSignal,
    work: (window: BrowserWindow) => Promise<Result<T>>,
  ): Promise<Result<T>> => {
    const url = `${ORIGIN}/${randomUUID()}`;
    const window = new BrowserWindow(hidden(pages));
    const close = () => {
      documents.delete(url);
      if (!window.isDestroyed()) window.destroy();
    };
    signal.addEventListener('abort', close, { once: true });
    documents.set(url, document.html);
    try {
      await window.loadURL(url);
      return await work(window);
    } catch (error) {
      return fail('station.printFailed', { reason: reasonOf(error) });
    } finally {
      signal.removeEventListener('abort', close);
      close();
    }
  };
  return {
    async list() {
      const found = await kiosk().webContents.getPrintersAsync();
      return found.map(({ name, displayName, options }) => {
        const trouble = printerTrouble(options);
        return { name, label: displayName || name, ...(trouble ? { trouble } : {}) };
      });
    },
    print: (document, printer, signal) =>
      onPage(document, signal, (window) => handOver(window, document, printer)),
    toPdf: (document, signal) =>
      onPage(document, signal, async ({ webContents }) => {
        const { widthMm, heightMm } = document.page;
        const pdf = await webContents.printToPDF({
          ...{ printBackground: true, preferCSSPageSize: true, margins: NO_MARGINS },
          pageSize: { width: widthMm / MM_PER_INCH, height: heightMm / MM_PER_INCH },
        });
        return ok(new Uint8Array(pdf));
      }),
  };
}

const NO_MARGINS = { top: 0, bottom: 0, left: 0, right: 0 };

/** What may be fetched there: the documents that are being printed, and nothing else. */
function serveDocuments(pages: Session): Map<string, string> {
  const documents = new Map<string, string>();
  pages.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  pages.setPermissionCheckHandler(() => false);
  pages.setDevicePermissionHandler(() => false);
  pages.on('will-download', (event) => event.preventDefault());
  pages.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !documents.has(url) && !url.startsWith('data:image/') });
  });
  pages.protocol.handle(SCHEME, async ({ url }) => {
    const html = documents.get(url);
    if (html === undefined) return new Response(null, { status: 404 });
    // What it may do besides, it says itself: no script, no network.
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
    return new Response(html, { headers });
  });
  return documents;
}

function hidden(session: Session): BrowserWindowConstructorOptions {
  return {
    show: false,
    focusable: false,
    skipTaskbar: true,
    webPreferences: {
      ...{ session, sandbox: true, contextIsolation: true, nodeIntegration: false },
      ...{ javascript: false, webSecurity: true, webviewTag: false, spellcheck: false },
      ...{ devTools: false, backgroundThrottling: false },
    },
  };
}

/** Done when the system's queue has the whole job. */
function handOver(
  { webContents }: BrowserWindow,
  document: PrintDocument,
  printer: string,
): Promise<Result<null>> {
  return new Promise((resolve, reject) => {
    try {
      webContents.print(printOptions(document, printer), (success, reason) =>
        resolve(success ? ok(null) : { ok: false, error: failureOf(reason, printer) }),
      );
    } catch (error) {
      reject(error);
    }
  });
}

/** At its own size: the paper as drivers name it, upright, and turned where the page lies across. */
function printOptions({ page }: PrintDocument, deviceName: string): WebContentsPrintOptions {
  const { widthMm, heightMm } = page;
  return {
    ...{ silent: true, printBackground: true, deviceName, copies: 1, pagesPerSheet: 1 },
    ...{ margins: { marginType: 'none' }, scaleFactor: 100, landscape: widthMm > heightMm },
    pageSize: {
      width: Math.round(Math.min(widthMm, heightMm) * MICRONS),
      height: Math.round(Math.max(widthMm, heightMm) * MICRONS),
    },
  };
}

function failureOf(reason: string, printer: string) {
  if (/device ?name|no printers/i.test(reason))
    return { code: 'station.printerMissing', details: { printer } } as const;
  return { code: 'station.printFailed', details: { reason: reason || 'unknown' } } as const;
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
