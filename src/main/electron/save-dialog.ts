import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok } from '@gradshot/domain';
import { app, type BrowserWindow, dialog } from 'electron';
import type { SaveFile } from '../station/api.ts';

/**
 * Saves a file where the person says. The page itself may save nothing: every download of it is
 * refused, and the kiosk has no other window. Failure: `station.fileNotSaved` with the system's code.
 */
export function createSaveDialog(window: () => BrowserWindow): SaveFile {
  /** Where the last file went: the next one of a row belongs beside it. */
  let folder: string | undefined;
  return async ({ fileName, content }) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window(), {
      defaultPath: join(folder ?? app.getPath('downloads'), fileName),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    if (canceled || filePath === '') return ok('cancelled');
    const saved = await write(filePath, content);
    if (saved.ok) folder = dirname(filePath);
    return saved;
  };
}

async function write(filePath: string, content: string | Uint8Array): ReturnType<SaveFile> {
  try {
    // A stick is pulled out as soon as the dialog is gone.
    await writeFile(filePath, content, { flush: true });
    return ok('saved');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return fail('station.fileNotSaved', { reason: code });
  }
}
