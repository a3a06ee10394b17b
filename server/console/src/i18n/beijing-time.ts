/** `2026-11-23T08:00` in Beijing (UTC+8 all year) as UTC, ISO 8601. */
export function beijingToUtc(local: string): string {
  return new Date(`${local.slice(0, 16)}:00+08:00`).toISOString();
}

const BEIJING_OFFSET_MS = 8 * 3_600_000;

/** The day of a moment there, `2026-11-23`. */
export function beijingDay(moment: Date): string {
  return new Date(moment.getTime() + BEIJING_OFFSET_MS).toISOString().slice(0, 10);
}
