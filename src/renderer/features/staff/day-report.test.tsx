// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DayReport } from '../../../shared/index.ts';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { DayReportPage } from './day-report.tsx';

const REPORT: DayReport = {
  ...{ day: '2026-11-23', visits: 12, handedIn: 9, takesMean: 1.25, takesMost: 4 },
  takings: [{ method: 'cash', count: 3, fen: 7500 }],
  ...{ secondsMedian: 21.04, secondsSlowest: 75, waiting: 3, parked: 1 },
  hours: [{ hour: 9, visits: 12, handedIn: 9 }],
  refusals: [
    { code: 'eyes.open', count: 2 },
    { code: 'imaging.noFace', count: 1 },
  ],
  releases: [{ cause: 'health', count: 1 }],
  photos: [{ step: 'underReview', count: 9 }],
};

let station: TestStation;
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
  station.answer('staff.dayReport', { ok: true, value: REPORT });
});
afterEach(cleanup);

const open = () => act(async () => void renderPage(<DayReportPage />));
const press = (id: string) => act(async () => void fireEvent.click(screen.getByTestId(id)));
const daysAsked = () =>
  station.sent
    .filter(({ name }) => name === 'staff.dayReport')
    .map(({ payload }) => (payload as { day: string }).day);

it('shows the figures with their words, causes and what needs a look', async () => {
  await open();
  const text = screen.getByTestId('day-report').textContent ?? '';
  for (const part of ['完成提交9', '未提交离开3', '1.3', '最多 4 次', '21', '需处理 1', '审核中'])
    expect(text).toContain(part);
  expect(text).toContain('双眼睁开');
  expect(text).toContain('身体原因，无法做到1');
  expect(text).not.toContain('imaging.noFace');
});

it('goes from day to day, and never beyond today', async () => {
  await open();
  expect(screen.getByTestId<HTMLButtonElement>('day-after').disabled).toBe(true);
  await press('day-before');
  await press('day-before');
  await press('day-after');
  const [today, before, two, back] = daysAsked();
  expect(Date.parse(today!) - Date.parse(before!)).toBe(24 * 3_600_000);
  expect(Date.parse(before!) - Date.parse(two!)).toBe(24 * 3_600_000);
  expect(back).toBe(before);
});

it('is printed on the chosen printer, which says how that went; without one the page prints itself', async () => {
  const print = vi.spyOn(window, 'print').mockImplementation(() => undefined);
  await open();
  await press('print-report');
  expect(print).toHaveBeenCalledOnce();
  station.show({ printDesk: { choices: { photo: 'DS-RX1', paper: 'a4' }, jobs: [] } });
  station.answer('staff.print', { ok: false, error: { code: 'station.printerPaper' } });
  await press('print-report');
  expect(screen.getByRole('status').textContent).toContain('请装纸');
  station.answer('staff.print', { ok: true, value: { outcome: 'printed' } });
  await press('print-report');
  expect(screen.getByRole('status').textContent).toBe('已交给打印机');
  expect(print).toHaveBeenCalledOnce();
});
