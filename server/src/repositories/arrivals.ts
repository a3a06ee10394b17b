import type { Db } from '../database/schema.ts';
import type { ArrivalRepository } from '../ports/stations/arrival-repository.ts';

export function arrivalRepository(db: Db): ArrivalRepository {
  return {
    find: ({ stationId, orderId, day }) =>
      db
        .selectFrom('arrivals')
        .selectAll()
        .where('stationId', '=', stationId)
        .where('orderId', '=', orderId)
        .where('day', '=', day)
        .executeTakeFirst(),
    async save(arrival) {
      await db
        .insertInto('arrivals')
        .values(arrival)
        .onConflict((conflict) =>
          conflict.columns(['stationId', 'orderId', 'day']).doUpdateSet(arrival),
        )
        .execute();
    },
    latest: (orderId, day) =>
      db
        .selectFrom('arrivals')
        .innerJoin('stations', 'stations.id', 'arrivals.stationId')
        .selectAll('arrivals')
        .select('stations.name as station')
        .where('orderId', '=', orderId)
        .where('day', '=', day)
        .orderBy('at', 'desc')
        .limit(1)
        .executeTakeFirst(),
    unseated: (stationId, day, limit) =>
      db
        .selectFrom('arrivals')
        .innerJoin('orders', 'orders.id', 'arrivals.orderId')
        .innerJoin('students', 'students.id', 'orders.studentId')
        .select(['arrivals.id', 'arrivals.orderId'])
        .select(['students.maskedName', 'students.maskedIdNumber', 'students.idNumberHash'])
        .where('arrivals.stationId', '=', stationId)
        .where('arrivals.day', '=', day)
        .where('arrivals.number', 'is', null)
        .orderBy('arrivals.at')
        .limit(limit)
        .execute(),
    async seat(stationId, { arrivalId, ...place }) {
      const changed = await db
        .updateTable('arrivals')
        .set(place)
        .where('id', '=', arrivalId)
        .where('stationId', '=', stationId)
        .where((eb) =>
          eb.or([
            eb('number', 'is distinct from', place.number),
            eb('state', 'is distinct from', place.state),
            eb('ahead', 'is distinct from', place.ahead),
          ]),
        )
        .returning('orderId')
        .executeTakeFirst();
      if (!changed) return undefined;
      return db
        .selectFrom('orders')
        .select(['id as orderId', 'studentId'])
        .where('id', '=', changed.orderId)
        .executeTakeFirst();
    },
    async deleteBefore(day) {
      await db.deleteFrom('arrivals').where('day', '<', day).execute();
    },
  };
}
