// @vitest-environment jsdom
import { createSimulatedMediaDevices } from '@gradshot/testkit';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { DiagnosticsList } from './diagnostics-list.tsx';

const LINE = { number: 1, code: 'database', level: 'pass', zh: '正常', en: 'Sound' };
let station: TestStation;

beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
  station.answer('staff.diagnostics', { ok: true, value: [LINE] });
  renderPage(<DiagnosticsList />);
  fireEvent.click(screen.getByTestId('run-diagnostics'));
  fireEvent.click(await screen.findByTestId('export-diagnostics'));
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const dialog = () => screen.getByTestId('diagnostics-export').textContent ?? '';

it('tries the camera first, for nobody can get to it before the first graduate', async () => {
  const { media } = createSimulatedMediaDevices();
  vi.stubGlobal('navigator', { mediaDevices: media });
  fireEvent.keyDown(document.body, { key: 'Escape' });
  station.sent.length = 0;
  fireEvent.click(screen.getByTestId('run-diagnostics'));
  await waitFor(() =>
    expect(station.sent).toMatchObject([
      { name: 'camera.report', payload: { state: 'ready' } },
      { name: 'staff.diagnostics' },
    ]),
  );
});

describe('the file for support', () => {
  it('is saved by the page where the shell gives it', async () => {
    const createObjectURL = vi.fn((_file: Blob) => 'blob:x');
    vi.stubGlobal('URL', { createObjectURL, revokeObjectURL: vi.fn() });
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    const value = { outcome: 'given', fileName: 'd.json', text: '{}' };
    station.answer('staff.exportDiagnostics', { ok: true, value });
    fireEvent.click(screen.getByTestId('save-diagnostics'));
    await waitFor(() => expect(clicked).toHaveBeenCalledOnce());
    expect(await createObjectURL.mock.calls[0]?.[0].text()).toBe('{}');
    await waitFor(() => expect(dialog()).toContain('文件已保存'));
  });

  it('is left alone where the shell has saved it', async () => {
    station.answer('staff.exportDiagnostics', { ok: true, value: { outcome: 'saved' } });
    fireEvent.click(screen.getByTestId('save-diagnostics'));
    await waitFor(() => expect(dialog()).toContain('文件已保存'));
  });

  it('is not said to be saved when it was called off', async () => {
    station.answer('staff.exportDiagnostics', { ok: true, value: { outcome: 'cancelled' } });
    fireEvent.click(screen.getByTestId('save-diagnostics'));
    await waitFor(() =>
      expect(station.sent.map(({ name }) => name)).toContain('staff.exportDiagnostics'),
    );
    expect(dialog()).not.toContain('文件已保存');
  });

  it('says why it was not saved', async () => {
    const error = { code: 'station.fileNotSaved', details: { reason: 'EROFS' } } as const;
    station.answer('staff.exportDiagnostics', { ok: false, error });
    fireEvent.click(screen.getByTestId('save-diagnostics'));
    await waitFor(() => expect(dialog()).toContain('EROFS'));
    expect(dialog()).not.toContain('文件已保存');
  });
});
