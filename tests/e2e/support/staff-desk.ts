import type { Page } from '@playwright/test';
import { STAFF_PIN } from './world.ts';

/** On the pad that is shown. */
export async function enterPin(page: Page): Promise<void> {
  for (const digit of STAFF_PIN) await page.getByTestId(`key-${digit}`).click();
  await page.getByTestId('staff-unlock').click();
}
