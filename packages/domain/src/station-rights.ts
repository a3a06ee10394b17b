import { paidBySchool, paidInCash } from './glossary/payment.ts';
import { liftLock } from './glossary/stations.ts';
import type { Wording } from './glossary/wording.ts';

/** What the staff of a station may do beyond serving graduates, once an administrator grants it. */
export const STATION_RIGHTS = ['liftLock', 'takeCash', 'chargeSchool'] as const;
export type StationRight = (typeof STATION_RIGHTS)[number];

export const STATION_RIGHT_TEXT: Readonly<Record<StationRight, Wording>> = {
  liftLock,
  takeCash: paidInCash,
  chargeSchool: paidBySchool,
};
