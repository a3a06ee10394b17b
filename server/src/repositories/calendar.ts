import type { Db } from '../database/schema.ts';
import type { CalendarRepository } from '../ports/schools/calendar-repository.ts';

export function calendarRepository(db: Db): CalendarRepository {
  return {
    specialDays: () =>
      db.selectFrom('specialDays').select(['day', 'working', 'name']).orderBy('day').execute(),
    async replaceYear(year, days, { by, at }) {
      await db.deleteFrom('specialDays').where('day', 'like', `${year}-%`).execute();
      if (days.length === 0) return;
      await db
        .insertInto('specialDays')
        .values(days.map((one) => ({ ...one, enteredBy: by, enteredAt: at })))
        .execute();
    },
  };
}
