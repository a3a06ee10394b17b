// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { VisitPrintsView } from '../../../shared/index.ts';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { VisitPrints } from './visit-prints.tsx';

afterEach(() => {
  cleanup();
  document.body.replaceChildren();
});

let station: TestStation;
async function show(prints?: VisitPrintsView): Promise<void> {
  station = await startStation({ step: 'welcome' });
  station.answer('print.receipt', { ok: true, value: { outcome: 'printed' } });
  renderPage(<VisitPrints />);
  if (prints) station.show({ prints });
}
const press = () => act(async () => void fireEvent.click(screen.getByTestId('print-receipt')));

it('offers nothing where staff have chosen no printer', async () => {
  await show();
  expect(screen.queryByTestId('visit-prints')).toBeNull();
});

it('asks once, waits while it prints, and says where it is', async () => {
  await show({ receipt: { state: 'offered' }, sheet: { state: 'offered' } });
  await press();
  expect(station.sent).toEqual([{ name: 'print.receipt', payload: {} }]);
  station.show({ prints: { receipt: { state: 'running' } } });
  expect(screen.queryByTestId('print-receipt')).toBeNull();
  expect(screen.getByRole('status').textContent).toContain('正在打印…');
  station.show({ prints: { receipt: { state: 'handedOver' } } });
  expect(screen.queryByTestId('print-receipt')).toBeNull();
  expect(screen.getByRole('status').textContent).toContain('凭条已打印');
});

it('says beside the button what failed and whom to call, and lets it be pressed again', async () => {
  await show({ receipt: { state: 'failed', failure: { code: 'station.printerPaper' } } });
  expect(screen.getByRole('alert').textContent).toContain('缺纸');
  expect(screen.getByTestId('print-receipt').textContent).toContain('再打一次凭条');
  station.show({
    prints: { sheet: { state: 'failed', failure: { code: 'network.unreachable' } } },
  });
  expect(screen.getByRole('alert').textContent).toMatch(/请联系工作人员。$/);
});

it('prints by itself what a station without printers gives, in a frame that may run nothing', async () => {
  const page = Object.assign(new EventTarget(), { print: vi.fn() });
  vi.spyOn(HTMLIFrameElement.prototype, 'contentWindow', 'get').mockReturnValue(page as never);
  await show({ receipt: { state: 'offered' } });
  const html = '<!doctype html><style>p{}</style><p>凭条</p>';
  station.answer('print.receipt', { ok: true, value: { outcome: 'given', html } });
  await press();
  const frame = document.querySelector('iframe')!;
  expect(frame.getAttribute('sandbox')).toBe('allow-same-origin allow-modals');
  expect(frame.srcdoc).toContain('凭条');
  fireEvent.load(frame);
  expect(page.print).toHaveBeenCalled();
  page.dispatchEvent(new Event('afterprint'));
  expect(document.querySelector('iframe')).toBeNull();
});
