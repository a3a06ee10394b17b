import type { Page } from '@playwright/test';

/** Smallest side of a touch target in CSS pixels, less the rounding of layout. */
const SMALLEST_TARGET = 63;

/** What a machine can find wrong with a page as laid out; empty when nothing is. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate((smallest) => {
    const faults: string[] = [];
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight)
      faults.push(`the page scrolls: ${scrollWidth} × ${scrollHeight}`);
    const name = (element: Element) =>
      element.getAttribute('data-testid') ?? `${element.className} ${element.textContent}`;
    // Ant Design keeps the focus inside its dialogs with invisible elements.
    const judged = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !element.closest('.ant-segmented, .ant-input-affix-wrapper, .ant-select, .ant-switch');
    const insideScroller = (element: Element) => {
      for (let parent = element.parentElement; parent; parent = parent.parentElement)
        if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return true;
      return false;
    };
    for (const control of document.querySelectorAll('button, label')) {
      // A switch in a label is pressed anywhere on the label.
      if (!judged(control) || (control.tagName === 'BUTTON' && control.closest('label'))) continue;
      const box = control.getBoundingClientRect();
      // A keyboard's keys are as wide as ten of them allow.
      const least = control.closest('[data-dense]') ? 48 : smallest;
      if (Math.min(box.width, box.height) < least)
        faults.push(`small: ${name(control)}, ${box.width} × ${box.height}`);
      const inside =
        box.left >= -1 &&
        box.top >= -1 &&
        box.right <= innerWidth + 1 &&
        box.bottom <= innerHeight + 1;
      if (!inside && !insideScroller(control)) faults.push(`outside the screen: ${name(control)}`);
    }
    for (const box of document.querySelectorAll('main *, dialog *, header *')) {
      const { overflowX, overflowY } = getComputedStyle(box);
      if (!judged(box) || box.closest('svg')) continue;
      if (overflowX === 'hidden' && box.scrollWidth > box.clientWidth + 2)
        faults.push(`cut off: ${name(box)}`);
      if (/auto|scroll/.test(overflowY) && box.scrollHeight > box.clientHeight + 2)
        faults.push(`scrolls: ${name(box).slice(0, 60)}`);
    }
    return faults;
  }, SMALLEST_TARGET);
}

/** Boxes with text that lie over each other although neither contains the other. */
export function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // What lies under an open dialog is covered on purpose.
    const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
    const leaves = [...top.querySelectorAll('*')].filter((element) => {
      const own = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      return own && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    });
    const boxes = leaves.map((element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const clipped = getComputedStyle(element).overflowY !== 'visible';
      return { element, box: (clipped ? element : range).getBoundingClientRect() };
    });
    const found: string[] = [];
    for (const [index, one] of boxes.entries())
      for (const other of boxes.slice(index + 1)) {
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
        const width =
          Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const height =
          Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // Line boxes of large digits reach a little above what they show.
        const smaller = Math.min(one.box.height, other.box.height);
        if (width > 2 && height > smaller * 0.3)
          found.push(`${one.element.textContent} / ${other.element.textContent}`);
      }
    return found;
  });
}

/** Text that sticks out of the box it is drawn in, and content under the action bar. */
export function spills(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
    const bar = document.querySelector('[data-testid=action-bar]');
    const barTop = bar?.getBoundingClientRect().top ?? innerHeight;
    const scrolls = (element: Element) => getComputedStyle(element).overflowY !== 'visible';
    for (const element of top.querySelectorAll('p, li, dd, dt, h1, h2, h3, button, span')) {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const box = element.getBoundingClientRect();
      const name = (element.textContent ?? '').slice(0, 30);
      const onPage = element.closest('main') && !bar?.contains(element) && top === document.body;
      if (onPage && box.bottom > barTop + 2) found.push(`under the action bar: ${name}`);
      for (let parent = element.parentElement; parent && parent !== top; ) {
        if (scrolls(parent)) break;
        const outer = parent.getBoundingClientRect();
        const drawn = getComputedStyle(parent).backgroundColor !== 'rgba(0, 0, 0, 0)';
        const out = box.bottom > outer.bottom + 2 || box.right > outer.right + 2;
        if (drawn && out && getComputedStyle(element).position === 'static')
          found.push(`sticks out: ${name}`);
        parent = parent.parentElement;
      }
    }
    return found;
  });
}

/** Text with less contrast than WCAG 2.2 AA asks for: 4.5, or 3 where it is large. */
export function paleTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Colour = readonly [number, number, number, number];
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
    const parsed = (css: string): Colour => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const linear = (value: number) =>
      value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    const luminance = ([r, g, b]: Colour) =>
      0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const behind = (element: Element): Colour => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const colour = parsed(getComputedStyle(at).backgroundColor);
        if (colour[3] > 0.75) return colour;
      }
      return [255, 255, 255, 1];
    };
    const found: string[] = [];
    for (const element of document.querySelectorAll('main *, header *, dialog[open] *')) {
      const text = [...element.childNodes].find((node) => node.nodeType === Node.TEXT_NODE);
      if (!text?.textContent?.trim() || element.closest(':disabled')) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const { color, fontSize, fontWeight } = getComputedStyle(element);
      const size = Number.parseFloat(fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
      const [one, two] = [luminance(parsed(color)), luminance(behind(element))];
      const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
      if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(1)}: ${text.textContent}`);
    }
    return found;
  });
}

const CHINESE = /[\u4e00-\u9fff]+/g;

/** Chinese on an English page that is neither data of the snapshot nor the name of the language. */
export async function chineseLeft(page: Page, data: string): Promise<string[]> {
  const texts = await page.evaluate(() =>
    [...document.querySelectorAll('main, header, dialog')].map((element) =>
      element instanceof HTMLElement ? element.innerText : '',
    ),
  );
  const words = texts.flatMap((text) => text.match(CHINESE) ?? []);
  return words.filter((word) => word !== '中文' && !data.includes(word));
}
