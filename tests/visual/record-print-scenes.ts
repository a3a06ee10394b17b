import { settle } from '../../src/main/station/ground/tests/rig-clock.ts';
import {
  createFakePrinter,
  type FakePrinter,
  PHOTO_PRINTER,
  RECEIPT_PRINTER,
} from '../../src/main/station/printing/tests/fake-printer.ts';
import { sheetJpeg } from '../../src/main/station/printing/tests/sheet-jpeg.ts';
import {
  must,
  openOrder,
  openRig,
  PIN,
  type StationRig,
} from '../../src/main/station/tests/station-rig.ts';
import type { SceneBook } from './scene-book.ts';
import { ORDER, PUBLISHED, SETTINGS } from './scene-samples.ts';
import { toJudged, untilState } from './scene-steps.ts';

/** Graduates who print, and staff with their printers. */
export async function recordPrinting(book: SceneBook): Promise<void> {
  const printer = createFakePrinter();
  const rig = await openRig({ version: '0.1.0', printer }, (server) => {
    server.settings = { ...server.settings, ...SETTINGS };
    server.sheets.set('6in', sheetJpeg(1795, 1205));
    server.addOrder({ ...ORDER, state: 'pendingCapture' }, 'c');
    server.addOrder({ ...PUBLISHED }, 'done');
  });
  try {
    await choosePrinters(book, rig);
    await recordReceipt(book, rig, printer);
    await recordSheet(book, rig, printer);
    await recordDesk(book, rig, printer);
  } finally {
    await rig.close();
  }
}

async function choosePrinters(book: SceneBook, rig: StationRig): Promise<void> {
  await must(rig, 'staff.unlock', { pin: PIN });
  book.keep('staff-print-nothing', rig);
  await must(rig, 'staff.choosePrinter', { task: 'receipt', printer: RECEIPT_PRINTER });
  await must(rig, 'staff.choosePrinter', { task: 'photo', printer: PHOTO_PRINTER, paper: '6in' });
  await must(rig, 'staff.lock');
}

async function recordReceipt(
  book: SceneBook,
  rig: StationRig,
  printer: FakePrinter,
): Promise<void> {
  await toJudged(rig, 'c');
  await must(rig, 'session.handIn');
  await untilState(rig, 'underReview');
  book.keep('handed-in-receipt', rig);
  printer.manner = 'wait';
  const printed = rig.run('print.receipt');
  await settle();
  book.keep('handed-in-receipt-printing', rig);
  printer.release();
  await printed;
  book.keep('handed-in-receipt-printed', rig);
  await must(rig, 'session.leave');
}

async function recordSheet(book: SceneBook, rig: StationRig, printer: FakePrinter): Promise<void> {
  printer.manner = 'print';
  await openOrder(rig, 'done');
  book.keep('order-detail-sheet', rig);
  printer.trouble(PHOTO_PRINTER, 'paper');
  await rig.run('print.sheet');
  book.keep('order-detail-sheet-failed', rig);
  await must(rig, 'session.beginOrder');
  book.keep('handed-in-published', rig);
  printer.trouble(RECEIPT_PRINTER, 'offline');
  await rig.run('print.receipt');
  book.keep('handed-in-print-failed', rig);
  printer.trouble(RECEIPT_PRINTER, undefined);
  printer.trouble(PHOTO_PRINTER, undefined);
}

/** As on a morning: what was printed yesterday is no longer listed. */
async function recordDesk(book: SceneBook, rig: StationRig, printer: FakePrinter): Promise<void> {
  await rig.restart();
  await openOrder(rig, 'done');
  await must(rig, 'print.sheet');
  await must(rig, 'session.leave');
  await must(rig, 'staff.unlock', { pin: PIN });
  printer.trouble(RECEIPT_PRINTER, 'paper');
  await rig.run('staff.print', { kind: 'test', task: 'receipt' });
  printer.manner = 'wait';
  const printed = rig.run('staff.print', { kind: 'report', day: '2026-11-23' });
  await settle();
  book.keep('staff-print-desk', rig);
  const value = await must(rig, 'staff.printers');
  book.answers = { ...book.answers, 'staff.printers': { ok: true, value } };
  printer.release();
  await printed;
}
