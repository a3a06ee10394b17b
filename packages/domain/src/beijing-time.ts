/** Everybody concerned lives by Beijing time; China has had no daylight saving time since 1991. */
export const BEIJING_OFFSET_MS = 8 * 3_600_000;

/** The day of a moment in Beijing, `YYYY-MM-DD`, whatever the machine is set to. */
export function dayInBeijing(at: Date): string {
  return new Date(at.getTime() + BEIJING_OFFSET_MS).toISOString().slice(0, 10);
}
