import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SaveFile } from '../station/api.ts';
import { app, dialog, resetElectron, StandInWindow } from './electron-stand-in.ts';
import { createSaveDialog } from './save-dialog.ts';

vi.mock('electron', async () => (await import('./electron-stand-in.ts')).electronModule);

const FILE = { fileName: 'gradshot-diagnostics.json', content: '{"lines":[]}' };
let folder: string;
let window: BrowserWindow;
let save: SaveFile;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradshot-save-'));
  window = new StandInWindow({}) as unknown as BrowserWindow;
  save = createSaveDialog(() => window);
});
afterEach(() => {
  resetElectron();
  rmSync(folder, { recursive: true });
});

const choose = (filePath: string) =>
  dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath });

describe('saving by the dialog of the system', () => {
  test('proposes the file’s name over the kiosk and writes where the person says', async () => {
    app.userData = '/downloads';
    choose(join(folder, 'for-support.json'));
    expect(await save(FILE)).toEqual({ ok: true, value: 'saved' });
    expect(dialog.showSaveDialog).toHaveBeenCalledWith(
      window,
      expect.objectContaining({ defaultPath: join('/downloads', FILE.fileName) }),
    );
    expect(readFileSync(join(folder, 'for-support.json'), 'utf8')).toBe(FILE.content);
  });

  test('proposes the place of the file before, and writes bytes as they are', async () => {
    choose(join(folder, 'one.photos'));
    const content = Uint8Array.of(0, 255, 1);
    await save({ fileName: 'one.photos', content });
    expect(readFileSync(join(folder, 'one.photos'))).toEqual(Buffer.from(content));
    await save({ fileName: 'two.photos', content });
    expect(dialog.showSaveDialog).toHaveBeenLastCalledWith(
      window,
      expect.objectContaining({ defaultPath: join(folder, 'two.photos') }),
    );
  });

  test('writes nothing when it is called off', async () => {
    expect(await save(FILE)).toEqual({ ok: true, value: 'cancelled' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('says why a file cannot be written', async () => {
    choose(join(folder, 'stick-that-was-pulled-out', 'x.json'));
    expect(await save(FILE)).toEqual({
      ok: false,
      error: { code: 'station.fileNotSaved', details: { reason: 'ENOENT' } },
    });
  });
});
