import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeText, readNotice } from './notice-text.ts';

const days = (text: string, year = 2026) =>
  readNotice(text, year).days.map(({ day, working }) => (working ? `+${day}` : day));

describe('the notice of the holidays', () => {
  it('is read as it is published', () => {
    const text = `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至2月23日放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日至6日放假，共3天。`;
    const { unread } = readNotice(text, 2026);
    expect(unread).toEqual([]);
    expect(days(text)).toEqual([
      ...['2026-01-01', '2026-01-02', '2026-01-03', '+2026-01-04', '+2026-02-14'],
      ...[15, 16, 17, 18, 19, 20, 21, 22, 23].map((day) => `2026-02-${day}`),
      ...['+2026-02-28', '2026-04-04', '2026-04-05', '2026-04-06'],
    ]);
    expect(readNotice(text, 2026).days[3]?.name).toBe('元旦');
  });

  it('may reach over the end of a month, and of a year', () => {
    expect(days('春节：1月31日至2月2日放假。')).toEqual(['2026-01-31', '2026-02-01', '2026-02-02']);
    expect(days('元旦：2025年12月31日至2026年1月2日放假。')).toEqual(['2026-01-01', '2026-01-02']);
  });

  it.each([
    '放假安排的通知',
    '国庆节：十月一日放假',
    '国庆节 10月1日',
    '春节：2月30日放假',
    '劳动节：5月5日至1日放假',
  ])('says that it found no day in “%s”', (line) =>
    expect(readNotice(line, 2026)).toEqual({ days: [], unread: [line] }),
  );

  it('written and read again says the same', () => {
    const one = fc.record({
      day: fc
        .integer({ min: 0, max: 364 })
        .map((n) => new Date(Date.UTC(2027, 0, 1) + n * 86_400_000).toISOString().slice(0, 10)),
      working: fc.boolean(),
      name: fc.constantFrom('元旦', '春节', '国庆节、中秋节'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: ({ day }) => day, maxLength: 40 }), (some) => {
        const sorted = [...some].sort((a, b) => (a.day < b.day ? -1 : 1));
        expect(readNotice(noticeText(sorted), 2027).days).toEqual(sorted);
      }),
    );
  });
});
