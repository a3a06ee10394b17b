/** `2026-11-23T08:00` in Beijing (UTC+8 all year) as UTC, ISO 8601. */
export function beijingToUtc(local: string): string {
  return new Date(`${local.slice(0, 16)}:00+08:00`).toISOString();
}
