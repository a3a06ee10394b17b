/** A day as the notice names it. */
export type NoticeDay = { readonly day: string; readonly working: boolean; readonly name: string };

export type ReadNotice = {
  readonly days: readonly NoticeDay[];
  /** Lines in which no day of that year was found. */
  readonly unread: readonly string[];
};

/** 一、国庆节：… */
const LINE = /^\s*(?:[一二三四五六七八九十]+、)?\s*([^：:]{1,20})[：:](.+)$/;
/** （周四）, （农历除夕、周日） */
const ASIDE = /[（(][^）)]*[）)]/g;
/** 10月1日至7日, 2月28日至3月2日, 2026年12月31日 */
const SPAN =
  /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:至(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?/g;
const DAY_MS = 86_400_000;

/**
 * The State Council's notice on the holidays of `year`, a line a holiday, as it is published:
 * `国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`
 * What stands before 放假 is free, what stands between it and 上班 is worked.
 */
export function readNotice(text: string, year: number): ReadNotice {
  const days = new Map<string, NoticeDay>();
  const unread: string[] = [];
  for (const line of text.split('\n').filter((one) => one.trim())) {
    const found = readLine(line, year);
    if (found.length === 0) unread.push(line.trim());
    for (const one of found) days.set(one.day, one);
  }
  return { days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)), unread };
}

function readLine(line: string, year: number): readonly NoticeDay[] {
  const [, name = '', said = ''] = LINE.exec(line.replace(ASIDE, '')) ?? [];
  const [free = '', ...rest] = said.split('放假');
  if (rest.length === 0) return [];
  const [worked = ''] = rest.join('').split('上班');
  const named = (part: string, working: boolean) =>
    daysIn(part, year).map((day) => ({ day, working, name: name.trim() }));
  const works = rest.join('').includes('上班') ? named(worked, true) : [];
  return [...named(free, false), ...works].filter(({ day }) => day.startsWith(`${year}-`));
}

function daysIn(text: string, year: number): readonly string[] {
  return [...text.matchAll(SPAN)].flatMap(([, y1, m1, d1, y2, m2, d2]) => {
    const from = date(y1 ?? year, m1, d1);
    const until = d2 === undefined ? from : date(y2 ?? y1 ?? year, m2 ?? m1, d2);
    // A span over a month is a slip of the pen, and no holiday.
    if (!(until >= from) || until - from > 31 * DAY_MS) return [];
    const count = (until - from) / DAY_MS + 1;
    return Array.from({ length: count }, (_, i) =>
      new Date(from + i * DAY_MS).toISOString().slice(0, 10),
    );
  });
}

/** NaN where there is no such day. */
function date(year: string | number, month: string | undefined, day: string | undefined): number {
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(time).getUTCDate() === Number(day) ? time : Number.NaN;
}

/** Back to lines of the same form, one a holiday. */
export function noticeText(days: readonly NoticeDay[]): string {
  const names = [...new Set(days.map(({ name }) => name))];
  return names
    .map((name) => {
      const of = (working: boolean) =>
        days
          .filter((one) => one.name === name && one.working === working)
          .map(({ day }) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`)
          .join('、');
      const worked = of(true);
      return `${name}：${of(false)}放假。${worked ? `${worked}上班。` : ''}`;
    })
    .join('\n');
}
