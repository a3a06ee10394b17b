import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';

/** Set by `npm run screenshots`: the folder of the manuals' pictures of the kiosk. */
const FOLDER = process.env.GRADSHOT_MANUAL_PICTURES;

/**
 * Pages of the manuals that need a class, two screens, printers or a day without a network: taken from
 * the scenes that a core was recorded in.
 */
const PICTURES: Readonly<Record<string, string>> = {
  'staff-beside-camera': '20-desk-beside',
  'staff-beside-burst': '21-desk-burst',
  'staff-arrival-code': '22-arrival-code',
  'staff-class': '23-staff-class',
  'staff-print-desk': '24-staff-print',
  'staff-offline': '25-staff-offline',
};

export async function keepForManual(page: Page, name: string): Promise<void> {
  const picture = PICTURES[name];
  if (!FOLDER || !picture) return;
  mkdirSync(FOLDER, { recursive: true });
  await sharp(await page.screenshot())
    .resize(1280)
    .jpeg({ quality: 82, mozjpeg: true })
    .toFile(join(FOLDER, `${picture}.jpg`));
}
