import type { Page } from '@playwright/test';

/** Smallest side of a touch target, CSS pixels, less the rounding of layout. */
const SMALLEST_TARGET = 43;
/** WCAG 2 AA for ordinary text. */
const LEAST_CONTRAST = 4.5;

/** What a machine can find wrong with the page in front; empty when nothing is. */
export function phoneFaults(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ smallest, contrast }) => {
      const shown = (element: Element) =>
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
      const luminance = (colour: string) =>
        channels(colour)
          .slice(0, 3)
          .map((value) => value / 255)
          .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
          .reduce((sum, value, i) => sum + value * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0);
      /** The first opaque colour behind; undefined over pictures and gradients. */
      const ground = (element: Element): string | undefined => {
        for (let at: Element | null = element; at; at = at.parentElement) {
          const style = getComputedStyle(at);
          if (style.backgroundImage !== 'none') return undefined;
          if ((channels(style.backgroundColor)[3] ?? 1) === 1) return style.backgroundColor;
        }
        return 'rgb(255, 255, 255)';
      };
      const faults: string[] = [];
      if (document.documentElement.scrollWidth > innerWidth)
        faults.push(`wider than the screen: ${document.documentElement.scrollWidth}`);
      for (const control of document.querySelectorAll('button, input')) {
        if (!shown(control)) continue;
        const { width, height } = control.getBoundingClientRect();
        if (Math.min(width, height) < smallest)
          faults.push(`small: ${control.id} ${Math.round(width)} × ${Math.round(height)}`);
      }
      for (const element of document.querySelectorAll('.page *')) {
        const own = [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
        );
        const behind = own && shown(element) ? ground(element) : undefined;
        if (!behind) continue;
        const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind)];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < contrast) faults.push(`${ratio.toFixed(2)}: ${element.textContent}`);
      }
      return faults;
    },
    { smallest: SMALLEST_TARGET, contrast: LEAST_CONTRAST },
  );
}
