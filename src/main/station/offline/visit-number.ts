/** What stands in the place of an order's number until there is one: 离线, and enough to be read out. */
export function visitNumber(visitId: string): string {
  return `LX-${visitId.slice(0, 8).toUpperCase()}`;
}
