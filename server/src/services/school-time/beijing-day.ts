/** Local time of everybody concerned; China has had no daylight saving time since 1991. */
const BEIJING_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** When the day of that moment began in Beijing. */
export function beijingMidnight(at: Date): Date {
  const local = at.getTime() + BEIJING_OFFSET_MS;
  return new Date(local - (local % DAY_MS) - BEIJING_OFFSET_MS);
}
