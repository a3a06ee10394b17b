import { DESK_PAYMENT_TEXT } from './desk-payments.ts';
import type { Wording } from './glossary/wording.ts';
import { isIn, type OrderState } from './order-states.ts';

/**
 * 离线采集: a station that has a school's roster begins visits without the server, which confirms each of
 * them afterwards, or not.
 */

/** Who pays for what was taken offline; the batch says so beforehand. */
export const OFFLINE_PAYERS = ['school', 'graduate'] as const;
export type OfflinePayer = (typeof OFFLINE_PAYERS)[number];

export const OFFLINE_PAYER_TEXT: Readonly<Record<OfflinePayer, Wording>> = {
  school: DESK_PAYMENT_TEXT.school,
  graduate: { zh: '稍后支付', en: 'Pay later' },
};

/** A roster that the server has not spoken of for so long is thrown away. */
export const OFFLINE_ROSTER_DAYS = 14;
const DAY_MS = 86_400_000;

/** How old a roster is, in whole days; a clock that was set back makes none younger than it is. */
export function rosterAgeDays(toldAt: number, now: number): number {
  return Math.max(0, Math.floor((now - toldAt) / DAY_MS));
}

export function isRosterTooOld(toldAt: number, now: number): boolean {
  return now - toldAt >= OFFLINE_ROSTER_DAYS * DAY_MS;
}

/**
 * What an order makes of a photo that was taken offline for it. `takes`: it may come; `unpaid`: once the
 * fee is paid; `photographed`, `ended`: it may not, and staff must look.
 */
export type OfflineStanding = 'takes' | 'unpaid' | 'photographed' | 'ended';

/** `isOwn`: the photo that the order has is this very one. */
export function offlineStanding(state: OrderState, isOwn: boolean): OfflineStanding {
  if (isIn(state, 'payment')) return 'unpaid';
  if (isIn(state, 'refunding', 'ended')) return 'ended';
  return isIn(state, 'photo', 'rejected') || isOwn ? 'takes' : 'photographed';
}

/** Why staff gave a photo up that could not be confirmed. */
export const OFFLINE_DISCARD_CAUSES = {
  elsewhere: { zh: '已在别处完成采集', en: 'Photographed elsewhere' },
  wrongPerson: { zh: '选错了人', en: 'The wrong person was picked' },
  notCome: { zh: '本人无法再到场核对', en: 'The graduate cannot come again' },
  takenAgain: { zh: '本人已重新拍照', en: 'The graduate was photographed again' },
} as const satisfies Readonly<Record<string, Wording>>;
export type OfflineDiscardCause = keyof typeof OFFLINE_DISCARD_CAUSES;
export const OFFLINE_DISCARD_CODES = Object.keys(
  OFFLINE_DISCARD_CAUSES,
) as readonly OfflineDiscardCause[];

/**
 * What is digested of a person of an offline roster, so that server and station digest the same; typed in
 * any case and with blanks around. A number and a name are found alike.
 */
export function finderText(typed: string): string {
  return `finder:${typed.replaceAll(/\s/g, '').toUpperCase()}`;
}

/** `lastFour` in the form of `normaliseLastFour`; bound to the entry, so that no two are alike. */
export function lastFourText(entryId: string, lastFour: string): string {
  return `lastFour:${entryId}:${lastFour}`;
}
