// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { PrintDeskView, PrintJobView } from '../../../shared/index.ts';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { PrintDesk } from './print-desk.tsx';

const id = (n: number) => `0b9f6d3e-52cc-4f59-8d1c-94c6f2d6a00${n}`;
const job = (n: number, rest: object): PrintJobView => ({
  ...{ id: id(n), at: '2026-11-23T01:00:00.000Z', kind: 'receipt', printer: 'TM-T88' },
  ...{ state: 'handedOver', repeatable: true },
  ...rest,
});
const DESK: PrintDeskView = {
  choices: { receipt: 'TM-T88', photo: 'gone', paper: '6in' },
  jobs: [
    job(1, { state: 'running', repeatable: false }),
    job(2, { state: 'failed', failure: { code: 'station.printerJam' }, orderNo: 'G1' }),
    job(3, { kind: 'sheet', repeatable: false }),
  ],
};

let station: TestStation;
async function show(desk: PrintDeskView): Promise<void> {
  station = await startStation({ step: 'welcome' });
  const value = [{ name: 'TM-T88', label: '凭条打印机', trouble: 'paper' }];
  station.answer('staff.printers', { ok: true, value });
  for (const name of ['staff.print', 'staff.printAgain', 'staff.savePrint'] as const)
    station.answer(name, { ok: true, value: { outcome: 'printed' } });
  station.show({ printDesk: desk });
  await act(async () => void renderPage(<PrintDesk />));
}
const sent = () => station.sent.filter(({ name }) => name !== 'staff.printers');
afterEach(cleanup);

it('tells of each job how it went and what staff do about it, and of each printer how it fares', async () => {
  await show(DESK);
  const rows = screen.getAllByTestId('print-job').map((row) => row.textContent);
  expect(rows[0]).toContain('正在打印');
  expect(rows[1]).toContain('失败');
  expect(rows[1]).toContain('取出卡住的纸');
  expect(rows[1]).not.toContain('联系工作人员');
  expect(rows[1]).toContain('G1');
  expect(rows[2]).toContain('毕业生已离开');
  expect(screen.getAllByTestId('print-again')).toHaveLength(1);
  expect(screen.getByTestId('printer-receipt').textContent).toContain('请装纸');
  expect(screen.getByTestId('printer-photo').textContent).toContain('找不到这台打印机');
});

it('prints again, saves as PDF, and tries a printer', async () => {
  await show(DESK);
  for (const button of ['print-again', 'save-print', 'test-receipt'])
    await act(async () => void fireEvent.click(screen.getByTestId(button)));
  expect(sent()).toEqual([
    { name: 'staff.printAgain', payload: { jobId: id(2) } },
    { name: 'staff.savePrint', payload: { jobId: id(2) } },
    { name: 'staff.print', payload: { kind: 'test', task: 'receipt' } },
  ]);
});

it('another paper keeps the printer', async () => {
  await show(DESK);
  const [, , a4] = screen.getByTestId('sheet-paper').querySelectorAll('input');
  await act(async () => void fireEvent.click(a4!));
  const choice = { task: 'photo', printer: 'gone', paper: 'a4' };
  expect(sent()).toEqual([{ name: 'staff.choosePrinter', payload: choice }]);
});

it('without a printer there is nothing to try, and nothing was printed', async () => {
  await show({ choices: { paper: '6in' }, jobs: [] });
  expect(screen.getByTestId<HTMLButtonElement>('test-photo').disabled).toBe(true);
  expect(screen.getByText('还没有打印过')).toBeDefined();
});
