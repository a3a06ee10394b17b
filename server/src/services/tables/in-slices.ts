import { setImmediate as othersTurn } from 'node:timers/promises';

/** Sealing and digesting so many people takes a few milliseconds. */
const SLICE = 20;

/** Maps a list; others have their turn between two slices of it. */
export async function inSlices<T, R>(
  list: readonly T[],
  work: (item: T, index: number) => R,
): Promise<R[]> {
  const results: R[] = [];
  for (const [index, item] of list.entries()) {
    if (index % SLICE === 0) await othersTurn();
    results.push(work(item, index));
  }
  return results;
}
