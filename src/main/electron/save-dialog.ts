import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok } from '@gradshot/domain';
import { app, type BrowserWindow, dialog } from 'electron';
import type { SaveFile } from '../station/api.ts';

/**
 * Saves a file where the person says. The page itself may save nothing: every download of it is
 * refused, and the kiosk has no other window. Failure: `station.fileNotSaved` with the system's code.
 */
export async function saveByDialog(
  window: BrowserWindow,
  { fileName, text }: Parameters<SaveFile>[0],
): ReturnType<SaveFile> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('downloads'), fileName),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (canceled || filePath === '') return ok('cancelled');
  try {
    // A stick is pulled out as soon as the dialog is gone.
    await writeFile(filePath, text, { flush: true });
    return ok('saved');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return fail('station.fileNotSaved', { reason: code });
  }
}
