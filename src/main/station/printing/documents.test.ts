import { createHash } from 'node:crypto';
import { journeyOf, ORDER_STATES } from '@gradshot/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHEET_PAPERS } from '../../../shared/index.ts';
import type { PrintDocument } from '../api.ts';
import { html, textOf } from './markup.ts';
import { across, SHEET_DPI, upright } from './paper.ts';
import { receipt } from './receipt.ts';
import { reportPage } from './report-page.ts';
import { sheetPage } from './sheet-page.ts';
import { testPage } from './test-page.ts';
import { sheetJpeg } from './tests/sheet-jpeg.ts';

/** Names, schools and receipts as nobody should have them. */
const nasty = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onload='x",
    '</style><style>*{display:none}',
    '&lt;b&gt;',
    '张*明',
  ),
);
const language = fc.constantFrom('zh' as const, 'en' as const);
const paper = fc.constantFrom(...SHEET_PAPERS);

const REPORT = {
  ...{ day: '2026-11-23', visits: 2, handedIn: 1, takesMean: null, takesMost: 0 },
  ...{ secondsMedian: null, secondsSlowest: null, waiting: 0, parked: 0 },
  ...{ hours: [], releases: [], takings: [], photos: [] },
};

const anyDocument: fc.Arbitrary<PrintDocument> = fc.oneof(
  fc
    .record({ orderNo: nasty, school: nasty, name: nasty, station: nasty, no: nasty, language })
    .chain((facts) =>
      fc.constantFrom(...ORDER_STATES).map((state) =>
        receipt({
          order: { orderNo: facts.orderNo, school: facts.school, priceFen: 2500 },
          journey: journeyOf(state),
          maskedName: facts.name,
          station: facts.station,
          paidBy: { method: 'cash', receiptNo: facts.no },
          at: 0,
          language: facts.language,
        }),
      ),
    ),
  fc.record({ station: nasty, school: nasty, code: nasty, paper, language }).map((facts) =>
    reportPage({
      ...facts,
      at: 0,
      report: { ...REPORT, refusals: [{ code: facts.code, count: 1 }] },
    }),
  ),
  fc
    .record({ station: nasty, printer: nasty, paper, language })
    .map((facts) => testPage({ ...facts, task: 'photo', at: 0 })),
);

describe('markup', () => {
  it('escapes whatever text is put in, and gives it back when it is read', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const written = textOf(html`<p title="${text}">${text}</p>`);
        expect(written).not.toMatch(/<(?!p title="|\/p>)/);
        const inside = /^<p title="([^"]*)">([^<]*)<\/p>$/s.exec(written);
        expect([inside?.[1], inside?.[2]].map((part) => unescaped(part ?? '?'))).toEqual([
          text,
          text,
        ]);
      }),
    );
  });

  it('lets pieces of markup through, once', () => {
    const rows = ['a<b', 'c'].map((text) => html`<li>${text}</li>`);
    expect(textOf(html`<ul>${rows}${undefined}</ul>`)).toBe('<ul><li>a&lt;b</li><li>c</li></ul>');
  });
});

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

describe('every document', () => {
  it('has one style, no script, and nothing of what it was given as markup', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const tags = [...document.html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag]) => tag);
        expect(tags.filter((tag) => tag === 'style')).toHaveLength(2);
        for (const tag of tags)
          expect(
            /^(html|head|meta|title|style|body|header|main|section|footer|dl|div|dt|dd|p|h1|h2|table|tr|th|td)$/.test(
              tag!,
            ),
          ).toBe(true);
        expect(document.html.replace(/<[^>]*>/g, '')).not.toMatch(/<|>(?!=)/);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses by its own policy everything but its own style', () => {
    fc.assert(
      fc.property(anyDocument, ({ html: text, page }) => {
        const css = /<style>(.*)<\/style>/s.exec(text)![1]!;
        const digest = createHash('sha256').update(css).digest('base64');
        expect(unescaped(text)).toContain(
          `default-src 'none'; style-src 'sha256-${digest}'; img-src data:`,
        );
        expect(css).toContain(`size: ${page.widthMm}mm ${page.heightMm}mm; margin: 0`);
      }),
      { numRuns: 50 },
    );
  });
});

describe('排版照', () => {
  const dots = fc.integer({ min: 100, max: 4000 });

  it('is as large as its dots say, in the middle of a page of that paper, or is not printed', () => {
    fc.assert(
      fc.property(dots, dots, paper, (width, height, on) => {
        const made = sheetPage({
          jpeg: sheetJpeg(width, height),
          paper: on,
          orderNo: 'G',
          language: 'zh',
        });
        const page = width >= height ? across(on) : upright(on);
        const [wide, high] = [width, height].map((n) => (n / SHEET_DPI) * 25.4) as [number, number];
        const fits = wide <= page.widthMm + 0.2 && high <= page.heightMm + 0.2;
        expect(made.ok).toBe(fits);
        if (!made.ok) return;
        expect(made.value.page).toEqual(page);
        const text = made.value.html;
        expect(text).toContain(`width: calc(${width}in / 300); height: calc(${height}in / 300)`);
        const [, left, top] = /left: (-?[\d.]+)mm; top: (-?[\d.]+)mm/.exec(text)!;
        expect(Number(left) * 2 + wide).toBeCloseTo(page.widthMm, 1);
        expect(Number(top) * 2 + high).toBeCloseTo(page.heightMm, 1);
      }),
    );
  });

  it.each([
    ['5in', 1500, 1051],
    ['6in', 1795, 1205],
    ['a4', 3508, 2479],
  ] as const)('as the server makes it for %s fits, across and upright', (on, width, height) => {
    for (const [w, h] of [
      [width, height],
      [height, width],
    ] as const) {
      const jpeg = sheetJpeg(w, h);
      const made = sheetPage({ jpeg, paper: on, orderNo: 'G', language: 'en' });
      if (!made.ok) throw new Error(made.error.code);
      expect(made.value.html).toContain(`base64,${Buffer.from(jpeg).toString('base64')}`);
    }
  });

  it('that is cut short, or no JPEG at all, is not printed', () => {
    for (const jpeg of [sheetJpeg(1795, 1205).subarray(0, 20), new TextEncoder().encode('<html>')])
      expect(sheetPage({ jpeg, paper: '6in', orderNo: 'G', language: 'zh' })).toEqual({
        ok: false,
        error: { code: 'station.sheetUnusable' },
      });
  });
});
