import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandName } from '../../../shared/index.ts';
import { settle } from '../ground/tests/rig-clock.ts';
import {
  createFakePrinter,
  type FakePrinter,
  PHOTO_PRINTER,
  RECEIPT_PRINTER,
} from '../printing/tests/fake-printer.ts';
import { sheetJpeg } from '../printing/tests/sheet-jpeg.ts';
import { must, openOrder, openRig, PIN, type StationRig, shoot } from './station-rig.ts';

const SHEET = sheetJpeg(1795, 1205);
const RECEIPT = { task: 'receipt', printer: RECEIPT_PRINTER } as const;
const PHOTO = { task: 'photo', printer: PHOTO_PRINTER, paper: '6in' } as const;

let rig: StationRig;
let printer: FakePrinter;
beforeEach(async () => {
  printer = createFakePrinter();
  rig = await openRig({ printer }, (server) => {
    server.settings = { ...server.settings, rights: ['takeCash'] };
    server.sheets.set('6in', SHEET);
    server.addOrder({ state: 'pendingCapture' }, 'c');
    server.addOrder({ state: 'published' }, 'done');
    server.addOrder({}, 'unpaid');
  });
});
afterEach(() => rig.close());

async function byStaff<T>(act: () => Promise<T>): Promise<T> {
  await must(rig, 'staff.unlock', { pin: PIN });
  const done = await act();
  await must(rig, 'staff.lock');
  return done;
}

const choose = () =>
  byStaff(async () => {
    await must(rig, 'staff.choosePrinter', RECEIPT);
    await must(rig, 'staff.choosePrinter', PHOTO);
  });

async function handIn(code = 'c'): Promise<void> {
  await openOrder(rig, code);
  await must(rig, 'session.beginOrder');
  await shoot(rig, code);
  await must(rig, 'session.handIn');
}

const prints = () => rig.station().snapshot().prints;
const jobs = () => rig.station().snapshot().printDesk?.jobs ?? [];
const codeOf = async (name: CommandName, payload?: never) => {
  const result = await rig.run(name, payload);
  return result.ok ? 'ok' : result.error.code;
};
async function printedEvents(): Promise<number> {
  const given = await byStaff(() => must(rig, 'staff.exportDiagnostics'));
  if (given.outcome !== 'given') throw new Error(given.outcome);
  const { events } = JSON.parse(given.text) as { events: { kind: string }[] };
  return events.filter(({ kind }) => kind === 'picture.printed').length;
}

describe('the choice of printers', () => {
  it('is staff’s alone, of what the system knows, and holds over a restart', async () => {
    expect(await rig.run('staff.choosePrinter', RECEIPT)).toMatchObject({
      error: { code: 'staff.locked' },
    });
    await byStaff(async () => {
      expect((await must(rig, 'staff.printers')).map(({ name }) => name)).toEqual([
        RECEIPT_PRINTER,
        PHOTO_PRINTER,
      ]);
      const unknown = { task: 'receipt', printer: 'gone' } as const;
      expect(await rig.run('staff.choosePrinter', unknown)).toMatchObject({
        error: { code: 'station.printerMissing' },
      });
      expect(rig.station().snapshot().printDesk?.choices).toEqual({ paper: '6in' });
    });
    await choose();
    await rig.restart();
    const kept = { receipt: RECEIPT_PRINTER, photo: PHOTO_PRINTER, paper: '6in' };
    await byStaff(async () => expect(rig.station().snapshot().printDesk?.choices).toEqual(kept));
    expect(rig.station().snapshot().printDesk).toBeUndefined();
  });

  it('of none offers nothing', async () => {
    await handIn();
    expect(prints()).toBeUndefined();
    expect(await codeOf('print.receipt')).toBe('station.wrongStep');
    await choose();
    expect(prints()).toEqual({ receipt: { state: 'offered' } });
    await byStaff(() => must(rig, 'staff.choosePrinter', { task: 'receipt', printer: null }));
    expect(prints()).toBeUndefined();
    expect(printer.printed).toEqual([]);
  });
});

describe('凭条', () => {
  beforeEach(choose);

  it('tells what was handed in, by the masked name, and no number of an ID', async () => {
    await handIn();
    const { session } = rig.station().snapshot();
    if (session.step !== 'handedIn') throw new Error(session.step);
    expect(await must(rig, 'print.receipt')).toEqual({ outcome: 'printed' });
    expect(printer.printed).toHaveLength(1);
    const { html } = printer.printed[0]!.document;
    for (const part of [
      session.order.orderNo,
      session.student.maskedName,
      '一号采集点',
      session.order.school,
    ])
      expect(html).toContain(part);
    expect(html).not.toContain(session.student.maskedIdNumber);
    expect(html).not.toContain('<img');
    expect(prints()?.receipt).toEqual({ state: 'handedOver' });
  });

  it('names the receipt of cash that was taken here, and says no more where it cannot know', async () => {
    await openOrder(rig, 'unpaid');
    await must(rig, 'session.beginOrder');
    await must(rig, 'session.pay', { consents: ['service', 'faceProcessing'] });
    await byStaff(() => must(rig, 'staff.recordPayment', { method: 'cash', receiptNo: 'R-<7>' }));
    await shoot(rig, 'u');
    await must(rig, 'session.handIn');
    await must(rig, 'print.receipt');
    expect(printer.printed[0]!.document.html).toContain('现金收款');
    expect(printer.printed[0]!.document.html).toContain('R-&lt;7&gt;');
    await must(rig, 'session.leave');
    await handIn();
    await must(rig, 'print.receipt');
    expect(printer.printed[1]!.document.html).toContain('已支付');
    expect(printer.printed[1]!.document.html).not.toContain('现金');
  });

  it('pressed twice is one job with one outcome, and once printed is for staff to repeat', async () => {
    await handIn();
    printer.manner = 'wait';
    const pressed = [rig.run('print.receipt'), rig.run('print.receipt')];
    await settle();
    expect(prints()?.receipt).toEqual({ state: 'running' });
    printer.release();
    expect(await Promise.all(pressed)).toEqual(
      pressed.map(() => ({ ok: true, value: { outcome: 'printed' } })),
    );
    expect(printer.printed).toHaveLength(1);
    printer.manner = 'print';
    expect(await codeOf('print.receipt')).toBe('station.printedAlready');
    await byStaff(() => must(rig, 'staff.printAgain', { jobId: jobs()[0]!.id }));
    expect(printer.printed).toHaveLength(2);
  });

  it.each([
    ['fail', 'station.printFailed'],
    ['throw', 'station.printFailed'],
  ] as const)('that a printer does not take (%s) may be pressed again', async (manner, code) => {
    await handIn();
    printer.manner = manner;
    expect(await codeOf('print.receipt')).toBe(code);
    expect(prints()?.receipt).toMatchObject({ state: 'failed', failure: { code } });
    printer.manner = 'print';
    expect(await codeOf('print.receipt')).toBe('ok');
  });

  it('that fails only after a while, or in 快速, is told and offered all the same', async () => {
    await byStaff(() => must(rig, 'staff.setPace', { pace: 'express' }));
    await must(rig, 'session.submitCode', { payload: 'done', source: 'camera' });
    await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
    await rig.until(() => rig.step() === 'handedIn', 'the station walks on');
    expect(prints()).toEqual({ receipt: { state: 'offered' }, sheet: { state: 'offered' } });
    printer.manner = 'wait';
    const outcome = rig.run('print.receipt');
    await rig.clock.advance(20_000);
    printer.unplug(RECEIPT_PRINTER);
    printer.release();
    expect(await outcome).toMatchObject({ error: { code: 'station.printerMissing' } });
    expect(prints()?.receipt?.state).toBe('failed');
    expect(prints()?.sheet?.state).toBe('offered');
  });

  it('is not queued for a printer that is away or needs a hand', async () => {
    await handIn();
    printer.trouble(RECEIPT_PRINTER, 'paper');
    expect(await codeOf('print.receipt')).toBe('station.printerPaper');
    printer.trouble(RECEIPT_PRINTER, undefined);
    printer.unplug(RECEIPT_PRINTER);
    expect(await codeOf('print.receipt')).toBe('station.printerMissing');
    expect(printer.printed).toEqual([]);
  });

  it('that a printer never answers is given up, and the page waits for that alone', async () => {
    await handIn();
    printer.manner = 'hang';
    const outcome = rig.run('print.receipt');
    await rig.clock.advance(44_000);
    expect(rig.step()).toBe('handedIn');
    expect(rig.station().snapshot().leavesInSeconds).toBeUndefined();
    await rig.clock.advance(2000);
    expect(await outcome).toMatchObject({ error: { code: 'station.printTimedOut' } });
    expect(printer.held()).toBe(0);
    await rig.clock.advance(31_000);
    expect(rig.step()).toBe('welcome');
  });
});

describe('排版照', () => {
  beforeEach(choose);

  it('is offered for an approved order, comes untouched, and is written down', async () => {
    await openOrder(rig, 'done');
    expect(prints()).toEqual({ sheet: { state: 'offered' } });
    await must(rig, 'print.sheet');
    const [{ document, printer: name } = expect.fail()] = printer.printed;
    expect(name).toBe(PHOTO_PRINTER);
    expect(document.html).toContain(Buffer.from(SHEET).toString('base64'));
    expect(document.page).toEqual({ widthMm: 152, heightMm: 102 });
    expect(await printedEvents()).toBe(1);
  });

  it('is not offered before, and the server’s refusal is told', async () => {
    await handIn();
    expect(prints()).toEqual({ receipt: { state: 'offered' } });
    expect(await codeOf('print.sheet')).toBe('station.wrongStep');
    await must(rig, 'session.leave');
    await openOrder(rig, 'done');
    rig.server.sheets.clear();
    expect(await codeOf('print.sheet')).toBe('photo.erased');
    rig.server.sheets.set('6in', sheetJpeg(3508, 2479));
    expect(await codeOf('print.sheet')).toBe('station.sheetUnusable');
    expect(printer.printed).toEqual([]);
    expect(await printedEvents()).toBe(0);
  });

  it('is not printed for who has left while it was fetched or waited for its turn', async () => {
    await openOrder(rig, 'done');
    printer.manner = 'wait';
    const { id } = await byStaff(async () => {
      void rig.run('staff.print', { kind: 'test', task: 'photo' });
      await settle();
      return jobs()[0]!;
    });
    const pressed = rig.run('print.sheet');
    await settle();
    await must(rig, 'session.leave');
    printer.release();
    expect(await pressed).toMatchObject({ error: { code: 'station.printVisitOver' } });
    await byStaff(async () => {
      expect(jobs().map(({ kind, state }) => [kind, state])).toEqual([
        ['sheet', 'failed'],
        ['test', 'handedOver'],
      ]);
      expect(jobs().map(({ repeatable }) => repeatable)).toEqual([false, true]);
      expect(jobs()[1]!.id).toBe(id);
    });
    expect(printer.printed).toHaveLength(1);
  });
});

describe('staff', () => {
  beforeEach(choose);

  it('print a test page and the report, save them as PDF, and see the latest twenty', async () => {
    const saved: string[] = [];
    await rig.station().close();
    await rig.reopen({
      saveFile: async ({ fileName, content }) => {
        saved.push(`${fileName} ${Buffer.from(content as Uint8Array).toString()}`);
        return { ok: true, value: 'saved' };
      },
    });
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.print', { kind: 'report', day: '2026-11-23' });
    const jobId = jobs()[0]!.id;
    expect(await must(rig, 'staff.savePrint', { jobId })).toEqual({ outcome: 'saved' });
    expect(saved).toEqual(['gradshot-2026-11-23.pdf %PDF-gradshot-2026-11-23.pdf']);
    for (let i = 0; i < 25; i++) await must(rig, 'staff.print', { kind: 'test', task: 'receipt' });
    expect(jobs()).toHaveLength(20);
    expect(await codeOf('staff.printAgain', { jobId } as never)).toBe('request.notFound');
  });

  it('repeat what a graduate printed only while the graduate is there', async () => {
    await handIn();
    await must(rig, 'print.receipt');
    await must(rig, 'session.leave');
    await must(rig, 'staff.unlock', { pin: PIN });
    const [{ id: jobId, orderNo, repeatable } = expect.fail()] = jobs();
    expect(orderNo).toBeDefined();
    expect(repeatable).toBe(false);
    for (const name of ['staff.printAgain', 'staff.savePrint'] as const)
      expect(await codeOf(name, { jobId } as never)).toBe('station.printVisitOver');
  });

  it('hear of nothing to print with', async () => {
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.choosePrinter', { task: 'receipt', printer: null });
    const test = { kind: 'test', task: 'receipt' } as const;
    expect(await rig.run('staff.print', test)).toMatchObject({
      error: { code: 'station.printerMissing' },
    });
  });

  it('read in the self-tests how a chosen printer fares', async () => {
    const line = async () =>
      byStaff(async () =>
        (await must(rig, 'staff.diagnostics')).find((x) => x.code === 'printers'),
      );
    expect(await line()).toMatchObject({ level: 'pass' });
    printer.trouble(PHOTO_PRINTER, 'jam');
    expect(await line()).toMatchObject({ level: 'fail', zh: expect.stringContaining('卡纸') });
  });
});

describe('the queue of the system', () => {
  it('is followed until the job is out of it; one that gets stuck is taken back', async () => {
    await rig.close();
    rig = await openRig({ printer }, undefined, { printSpool: printer });
    await choose();
    await must(rig, 'staff.unlock', { pin: PIN });
    const [first, second] = [{ name: 'TM-T88-1' }, { name: 'TM-T88-2' }];
    printer.queue = [first];
    printer.manner = 'wait';
    const test = { kind: 'test', task: 'receipt' } as const;
    const begin = async () => {
      const outcome = rig.run('staff.print', test);
      await settle();
      printer.queue = [first, second];
      printer.release();
      await rig.clock.advance(5000);
      expect(jobs()[0]?.state).toBe('running');
      return { outcome };
    };
    const slow = await begin();
    printer.queue = [first];
    await rig.clock.advance(3000);
    expect(await slow.outcome).toEqual({ ok: true, value: { outcome: 'printed' } });
    const stuck = await begin();
    printer.trouble(RECEIPT_PRINTER, 'paper');
    await rig.clock.advance(3000);
    expect(await stuck.outcome).toMatchObject({ error: { code: 'station.printerPaper' } });
    expect(printer.withdrawn).toEqual(['TM-T88-2']);
  });

  it.each([
    ['by its title', true, ['TM-T88-2']],
    ['and none where no title tells which is ours', false, []],
  ] as const)(
    'one that gets stuck beside another program’s is taken back alone, %s',
    async (_how, titled, withdrawn) => {
      await rig.close();
      rig = await openRig({ printer }, undefined, { printSpool: printer });
      await choose();
      await must(rig, 'staff.unlock', { pin: PIN });
      printer.manner = 'wait';
      const outcome = rig.run('staff.print', { kind: 'test', task: 'receipt' });
      await settle();
      // CUPS tells the first letters alone.
      const titles = [printer.title().slice(0, 31), '工资条'];
      printer.queue = ['TM-T88-2', 'TM-T88-3'].map((name, index) => ({
        name,
        ...(titled ? { title: titles[index] ?? '' } : {}),
      }));
      printer.release();
      printer.trouble(RECEIPT_PRINTER, 'paper');
      await rig.clock.advance(5000);
      expect(await outcome).toMatchObject({ error: { code: 'station.printerPaper' } });
      expect(printer.withdrawn).toEqual(withdrawn);
    },
  );
});

describe('where the browser prints', () => {
  it('the page gets the document, and no other printer can be chosen', async () => {
    await rig.close();
    rig = await openRig({}, (server) => server.addOrder({ state: 'pendingCapture' }, 'c'));
    await byStaff(async () => {
      expect(await must(rig, 'staff.printers')).toEqual([]);
      expect(await rig.run('staff.choosePrinter', RECEIPT)).toMatchObject({ ok: false });
      await must(rig, 'staff.choosePrinter', { task: 'receipt', printer: 'browser' });
    });
    await handIn();
    const given = await must(rig, 'print.receipt');
    expect(given).toMatchObject({ outcome: 'given', html: expect.stringContaining('采集凭条') });
    expect(prints()?.receipt).toEqual({ state: 'handedOver' });
  });
});
