import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { glossary, journeyOf } from '@gradshot/domain';
import { expect, type Page, test } from '@playwright/test';
import sharp from 'sharp';
import type { PrintDocument } from '../../src/main/station/api.ts';
import { receipt } from '../../src/main/station/printing/receipt.ts';
import { reportPage } from '../../src/main/station/printing/report-page.ts';
import { sheetPage } from '../../src/main/station/printing/sheet-page.ts';
import { testPage } from '../../src/main/station/printing/test-page.ts';
import { type DayReport, SHEET_PAPERS } from '../../src/shared/index.ts';
import { type InterfaceSite, serveInterface } from './interface-site.ts';
import { recordScenes } from './record-scenes.ts';
import { installStation } from './station-double.ts';

/** What is printed, as Chromium makes pages of it. */

const PICTURES = join(import.meta.dirname, '../../.cache/pages/paper');
const AT = Date.parse('2026-11-23T06:05:00.000Z');
const PLACE = { station: '图书馆一楼 1 号机', school: '江海大学' };

const RECEIPT = {
  order: {
    orderNo: 'G20261123000186',
    school: PLACE.school,
    priceFen: 2500,
    promisedAt: '2026-11-25T06:00:00.000Z',
  },
  journey: journeyOf('underReview'),
  maskedName: '张*明',
  station: PLACE.station,
  paidBy: { method: 'cash', receiptNo: 'ZJ-000121' },
  at: AT,
  language: 'zh',
} as const;

const count = (code: string) => ({ code, count: 3 });
const REPORT: DayReport = {
  ...{ day: '2026-11-23', visits: 132, handedIn: 120, takesMean: 1.25, takesMost: 4 },
  ...{ secondsMedian: 21, secondsSlowest: 75, waiting: 3, parked: 1 },
  hours: Array.from({ length: 12 }, (_, hour) => ({ hour: hour + 8, visits: 12, handedIn: 11 })),
  refusals: ['eyes.open', 'pose.roll', 'imaging.noFace', 'light.evenness'].map(count),
  releases: [{ cause: 'health', count: 1 }],
  takings: [{ method: 'cash', count: 3, fen: 7500 }],
  photos: [{ step: 'underReview', count: 120 }],
};

/** Of every page, in millimetres, by the PDF's own word. */
async function pagesOf(page: Page, document: PrintDocument, name: string) {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  // A page afresh: the policy of the one before would hold for this one too.
  await page.goto('about:blank');
  await page.setContent(document.html);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(join(PICTURES, `${name}.pdf`), pdf);
  expect(complaints, name).toEqual([]);
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g);
  return [...boxes].map(([, width, height]) => [toMm(width), toMm(height)]);
}

const toMm = (points = '') => (Number(points) / 72) * 25.4;

function expectPages(found: readonly (readonly number[])[], { page }: PrintDocument, most = 1) {
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThanOrEqual(most);
  for (const [width = 0, height = 0] of found) {
    expect(Math.abs(width - page.widthMm)).toBeLessThan(0.4);
    expect(Math.abs(height - page.heightMm)).toBeLessThan(0.4);
  }
}

test('凭条 is one strip of an 80 mm roll, as long as it needs', async ({ page }) => {
  const long = {
    ...RECEIPT,
    order: {
      ...RECEIPT.order,
      school: '内蒙古自治区呼伦贝尔海拉尔职业技术学院（东校区）'.repeat(2),
    },
    maskedName: 'Abdulrahman W******************************************M'.repeat(2),
    language: 'en',
  } as const;
  for (const [name, facts] of [
    ['receipt', RECEIPT],
    ['receipt-long', long],
  ] as const) {
    const document = receipt(facts);
    expectPages(await pagesOf(page, document, name), document);
    // What is left free below its last line is little.
    const end = await page
      .locator('body > :last-child')
      .evaluate((x) => x.getBoundingClientRect().bottom);
    const endMm = (end / 96) * 25.4;
    expect(endMm).toBeLessThan(document.page.heightMm);
    expect(endMm).toBeGreaterThan(document.page.heightMm * 0.6);
    await page.setViewportSize({
      width: 303,
      height: Math.ceil((document.page.heightMm / 25.4) * 96),
    });
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }
});

test.describe('排版照', () => {
  const sizes = { '5in': [1500, 1051], '6in': [1795, 1205], a4: [3508, 2479] } as const;
  for (const paper of SHEET_PAPERS)
    test(`on ${paper} has the size that its dots say, and the very bytes`, async ({ page }) => {
      for (const [width, height] of [sizes[paper], sizes[paper].toReversed()] as const) {
        const jpeg = await sharp({
          create: { width: width!, height: height!, channels: 3, background: '#64c5ff' },
        })
          .jpeg()
          .toBuffer();
        const made = sheetPage({ jpeg, paper, orderNo: 'G1', language: 'zh' });
        if (!made.ok) throw new Error(made.error.code);
        const found = await pagesOf(page, made.value, `sheet-${paper}`);
        expectPages(found, made.value);
        const box = await page.locator('img').evaluate((image: HTMLImageElement) => {
          const { width: w, height: h, left, top } = image.getBoundingClientRect();
          return { w, h, left, top, natural: image.naturalWidth };
        });
        // 96 pixels of CSS and 300 dots are an inch.
        expect(box.natural).toBe(width);
        expect(Math.abs(box.w - (width! / 300) * 96)).toBeLessThan(0.05);
        expect(Math.abs(box.h - (height! / 300) * 96)).toBeLessThan(0.05);
        const src = await page.locator('img').getAttribute('src');
        expect(src).toBe(`data:image/jpeg;base64,${jpeg.toString('base64')}`);
      }
    });
});

test('当日汇总 and the test page fit every paper', async ({ page }) => {
  for (const paper of SHEET_PAPERS) {
    const common = { paper, at: AT, language: 'zh', ...PLACE } as const;
    const report = reportPage({ ...common, report: REPORT });
    expectPages(await pagesOf(page, report, `report-${paper}`), report, paper === 'a4' ? 1 : 4);
    for (const task of ['receipt', 'photo'] as const) {
      const trial = testPage({ ...common, task, printer: 'DNP DS-RX1HS' });
      expectPages(await pagesOf(page, trial, `test-${task}-${paper}`), trial);
      const square = await page.locator('.square').boundingBox();
      expect(Math.abs((square!.width / 96) * 25.4 - 50)).toBeLessThan(0.05);
      expect(Math.abs((square!.height / 96) * 25.4 - 50)).toBeLessThan(0.05);
    }
  }
});

test.describe('by the browser', () => {
  let site: InterfaceSite;
  test.beforeAll(async () => {
    site = await serveInterface();
  });
  test.afterAll(() => site.close());

  test('a page of its own is printed, styled and without script, and is gone afterwards', async ({
    page,
  }) => {
    const book = await recordScenes();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const { html } = receipt({ ...RECEIPT, maskedName: '<script>top.hacked=1</script>' });
    await installStation(page, {
      snapshot: book.at('handed-in-receipt').snapshot,
      answers: { 'print.receipt': { ok: true, value: { outcome: 'given', html } } },
    });
    await page.goto(site.url);
    await page.evaluate(() => {
      const seen = new MutationObserver(() => {
        const frame = document.querySelector('iframe');
        frame?.addEventListener(
          'load',
          () => {
            const own = frame.contentWindow as unknown as { print(): void };
            const { body } = frame.contentDocument!;
            own.print = () => {
              Object.assign(window, {
                printed: [getComputedStyle(body).width, body.querySelector('h1')?.textContent],
              });
              frame.contentWindow?.dispatchEvent(new Event('afterprint'));
            };
          },
          { once: true, capture: true },
        );
      });
      seen.observe(document.body, { childList: true });
    });
    await page.getByTestId('print-receipt').click();
    await expect.poll(() => page.evaluate(() => Reflect.get(window, 'printed'))).toBeDefined();
    const [width, title] = await page.evaluate(() => Reflect.get(window, 'printed') as string[]);
    expect(Number.parseFloat(width!)).toBeCloseTo((80 / 25.4) * 96, 0);
    expect(title).toContain('凭条');
    expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined();
    await expect(page.locator('iframe')).toHaveCount(0);
    expect(complaints.filter((text) => /Content Security|frame/i.test(text))).toEqual([]);
    expect(await page.title()).toBe(glossary.programName.zh);
  });
});
