import type { Db } from '../database/schema.ts';
import type { PrintRepository } from '../ports/downloads/print-repository.ts';

export function printRepository(db: Db): PrintRepository {
  return {
    find: (photoId, layout) =>
      db
        .selectFrom('printSheets')
        .selectAll()
        .where('photoId', '=', photoId)
        .where('layout', '=', layout)
        .executeTakeFirst(),
    async add(sheets) {
      await db
        .insertInto('printSheets')
        .values([...sheets])
        .onConflict((conflict) => conflict.columns(['photoId', 'layout']).doNothing())
        .execute();
    },
  };
}
