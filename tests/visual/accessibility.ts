import type { Page } from '@playwright/test';
import axe, { type AxeResults } from 'axe-core';

/**
 * Contrast is judged by `paleTexts`, which also knows what lies behind a picture. Nobody may zoom a
 * kiosk's screen: whoever comes next would find it so.
 */
const OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  rules: { 'color-contrast': { enabled: false }, 'meta-viewport': { enabled: false } },
  resultTypes: ['violations'],
} as const;

/** What axe finds against WCAG 2.2 AA on the page as it is now; empty when nothing is. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // Not as a script of the page: its policy runs none but its own.
  await page.evaluate(`if (!window.axe) { ${axe.source} }`);
  const { violations } = await page.evaluate(
    (options) =>
      (window as unknown as { axe: { run(o: unknown): Promise<AxeResults> } }).axe.run(options),
    OPTIONS,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help} (${target.join(' ')}) ${html.slice(0, 120)}`),
  );
}
