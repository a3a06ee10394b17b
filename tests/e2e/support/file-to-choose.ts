import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { test } from '@playwright/test';

/**
 * A file on disk for a file chooser. Bytes that are handed over directly travel to the browser as text
 * in one message, which for megabytes takes longer than a slow machine's patience.
 */
export async function fileToChoose(name: string, bytes: Uint8Array): Promise<string> {
  const path = test.info().outputPath('to-choose', name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return path;
}
