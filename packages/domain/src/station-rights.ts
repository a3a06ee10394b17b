import { DESK_PAYMENT_TEXT } from './desk-payments.ts';
import type { Wording } from './glossary/wording.ts';

/** What the staff of a station may do beyond serving graduates, once an administrator grants it. */
export const STATION_RIGHTS = ['liftLock', 'takeCash', 'chargeSchool'] as const;
export type StationRight = (typeof STATION_RIGHTS)[number];

export const STATION_RIGHT_TEXT: Readonly<Record<StationRight, Wording>> = {
  liftLock: { zh: '解除锁定', en: 'Lift the lock' },
  takeCash: DESK_PAYMENT_TEXT.cash,
  chargeSchool: DESK_PAYMENT_TEXT.school,
};
