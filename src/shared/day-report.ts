import {
  DESK_PAYMENT_METHODS,
  errorSentence,
  glossary,
  isErrorCode,
  MACHINE_CHECKS,
  type MachineCheckCode,
  PHOTO_STEPS,
  RELEASE_CAUSE_CODES,
  type ReleaseCause,
} from '@gradshot/domain';
import { z } from 'zod';

/** A day of the station's own calendar. */
export const calendarDay = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);

const count = z.int().nonnegative();

/** What was done on one day at this station; nobody is named in it. */
export const dayReport = z.object({
  day: calendarDay,
  /** Graduates who proved who they are; who hands in for two orders counts for each. */
  visits: count,
  handedIn: count,
  /** Of those who handed in; null when nobody did. */
  takesMean: z.number().nullable(),
  takesMost: count,
  /** From the last digit to 提交. */
  secondsMedian: z.number().nullable(),
  secondsSlowest: z.number().nullable(),
  /** Hours in which somebody came, in their order. */
  hours: z.array(z.object({ hour: z.int().min(0).max(23), visits: count, handedIn: count })),
  /** What refused a take, the most frequent first: a machine check, or an error's code. */
  refusals: z.array(z.object({ code: z.string(), count })),
  /** Photos handed in although the machine refused them, by the reason that staff gave. */
  releases: z.array(
    z.object({ cause: z.enum(RELEASE_CAUSE_CODES as [ReleaseCause, ...ReleaseCause[]]), count }),
  ),
  /** Fees that staff recorded here, by kind. */
  takings: z.array(
    z.object({ method: z.enum(DESK_PAYMENT_METHODS), count, fen: z.int().nonnegative() }),
  ),
  /** How far the photos of that day are, as known here now. */
  photos: z.array(z.object({ step: z.enum(PHOTO_STEPS), count })),
  /** Deliveries of any day that still wait, and those of them that need a look. */
  waiting: count,
  parked: count,
});
export type DayReport = z.infer<typeof dayReport>;

type Words = { readonly zh: string; readonly en: string };

/** Its words, on the screen and in the file alike. */
export const DAY_REPORT_TEXT: Readonly<Record<DayReportWord, Words>> = {
  title: { zh: '当日汇总', en: 'Report of the day' },
  station: glossary.station,
  visits: { zh: '到场核验', en: 'Verified here' },
  handedIn: { zh: '完成提交', en: 'Handed in' },
  leftWithout: { zh: '未提交离开', en: 'Left without' },
  takesMean: { zh: '人均拍摄次数', en: 'Takes a person' },
  secondsMedian: { zh: '每人用时（秒，中位数）', en: 'Seconds a person (median)' },
  secondsSlowest: { zh: '每人用时（秒，最长）', en: 'Seconds a person (longest)' },
  hours: { zh: '各时段完成', en: 'Handed in by hour' },
  photos: { zh: '当日照片', en: 'Photos of the day' },
  refusals: { zh: '未通过的检查', en: 'Checks that failed' },
  releases: glossary.releasedByStaff,
  waiting: { zh: '待发送照片', en: 'Photos to send' },
  parked: { zh: '其中需处理', en: 'Need a look' },
  yuan: { zh: '元', en: 'yuan' },
};

type DayReportWord =
  | 'title'
  | 'station'
  | 'visits'
  | 'handedIn'
  | 'leftWithout'
  | 'takesMean'
  | 'secondsMedian'
  | 'secondsSlowest'
  | 'hours'
  | 'photos'
  | 'refusals'
  | 'releases'
  | 'waiting'
  | 'parked'
  | 'yuan';

/** What refused a take, in words. */
export function refusalText(code: string): Words {
  if (Object.hasOwn(MACHINE_CHECKS, code)) return MACHINE_CHECKS[code as MachineCheckCode];
  if (!isErrorCode(code)) return { zh: code, en: code };
  return { zh: errorSentence({ code }, 'zh'), en: errorSentence({ code }, 'en') };
}
