import { type OrderState, type PhotoStep, stepAt } from '@gradshot/domain';
import type { LocalStep } from '../session/ports.ts';
import type { Database } from './database.ts';

/** What the photos of a span of time have come to. */
export type DayBook = {
  /** Photos taken from `from` on and before `until`, and not replaced, by the step they are known at. */
  photos(from: Date, until: Date): ReadonlyMap<PhotoStep, number>;
};

type Row = { readonly step: LocalStep; readonly state: OrderState; readonly count: number };

export function createDayBook(database: Database): DayBook {
  const select = database.prepare<[string, string], Row>(
    `SELECT step, state, count(*) AS count FROM photos JOIN orders USING (order_id)
     WHERE captured_at >= ? AND captured_at < ? AND step <> 'replaced' GROUP BY step, state`,
  );
  return {
    photos(from, until) {
      const counts = new Map<PhotoStep, number>();
      for (const { step, state, count } of select.all(from.toISOString(), until.toISOString())) {
        // Once it has arrived the server knows better.
        const known = step === 'arrived' ? (stepAt(state) ?? step) : step;
        counts.set(known, (counts.get(known) ?? 0) + count);
      }
      return counts;
    },
  };
}
