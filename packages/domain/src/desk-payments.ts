import type { Wording } from './glossary/wording.ts';

/** How a fee is taken at a station's desk, without the payment service. */
export const DESK_PAYMENT_METHODS = ['cash', 'school'] as const;
export type DeskPaymentMethod = (typeof DESK_PAYMENT_METHODS)[number];

export const DESK_PAYMENT_TEXT: Readonly<Record<DeskPaymentMethod, Wording>> = {
  cash: { zh: '现金收款', en: 'Cash' },
  school: { zh: '校方统付', en: 'The school pays' },
};
