import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type {
  ExportFilter,
  PublishingRepository,
} from '../ports/publishing/publishing-repository.ts';

/** PostgreSQL takes 65,535 parameters a statement; an item has 16. */
const ROWS_A_STATEMENT = 1000;

export function publishingRepository(db: Db): PublishingRepository {
  return {
    ...selectionMethods(db),
    ...batchMethods(db),
    ...itemMethods(db),
    ...fileMethods(db),
    ...actMethods(db),
    ...receiptMethods(db),
  };
}

type Part<Keys extends keyof PublishingRepository> = Pick<PublishingRepository, Keys>;

function collected(db: Db) {
  return db
    .selectFrom('orders')
    .innerJoin('photos', 'photos.id', 'orders.photoId')
    .where('orders.state', '=', 'collected');
}

/** The photo is in an open batch. */
const inBatch = sql<boolean>`exists (select 1 from export_items
  where export_items.photo_id = photos.id and export_items.open)`;

function selectionMethods(
  db: Db,
): Part<'candidates' | 'countUnexported' | 'settingsOf' | 'saveSettings'> {
  return {
    candidates: (filter, limit) => candidates(db, filter).limit(limit).execute(),
    async countUnexported() {
      const { count } = await collected(db)
        .where(sql<boolean>`not ${inBatch}`)
        .where('photos.erasedAt', 'is', null)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    settingsOf: (schoolId) =>
      db
        .selectFrom('exportSettings')
        .select(['naming', 'maxPartMb', 'maxPartPhotos'])
        .where('schoolId', '=', schoolId)
        .executeTakeFirst(),
    async saveSettings(schoolId, { naming, maxPartMb, maxPartPhotos }) {
      const settings = { naming, maxPartMb, maxPartPhotos };
      await db
        .insertInto('exportSettings')
        .values({ schoolId, ...settings })
        .onConflict((conflict) => conflict.column('schoolId').doUpdateSet(settings))
        .execute();
    },
  };
}

function candidates(db: Db, { schoolId, batchId, level, approvedSince }: ExportFilter) {
  let query = collected(db)
    .innerJoin('students', 'students.id', 'orders.studentId')
    .leftJoin('rosterEntries', (join) =>
      join
        .onRef('rosterEntries.batchId', '=', 'orders.batchId')
        .onRef('rosterEntries.idNumberHash', '=', 'students.idNumberHash'),
    )
    .select([
      'orders.id as orderId',
      'orders.orderNo',
      'photos.id as photoId',
      'photos.standardSha256 as sha256',
      'photos.standardBytes as bytes',
      'students.gatewayNumberHash',
      'students.nameSealed',
      'students.idNumberSealed',
      'students.idNumberHash',
      'students.maskedName',
      'students.level',
      'students.major',
      'rosterEntries.sealed as rosterSealed',
      sql<boolean>`photos.erased_at is not null`.as('erased'),
      inBatch.as('inBatch'),
      sql<boolean>`exists (select 1 from approval_withdrawals
        where approval_withdrawals.order_id = orders.id and state = 'asked')`.as('withdrawing'),
    ])
    .where('orders.schoolId', '=', schoolId)
    .orderBy('orders.orderNo');
  if (batchId) query = query.where('orders.batchId', '=', batchId);
  if (level) query = query.where('students.level', '=', level);
  // An order's `updatedAt` is the time of its present state.
  if (approvedSince) query = query.where('orders.updatedAt', '>=', approvedSince);
  return query;
}

function views(db: Db) {
  return db
    .selectFrom('exportBatches')
    .innerJoin('schools', 'schools.id', 'exportBatches.schoolId')
    .leftJoin('batches', 'batches.id', 'exportBatches.batchId')
    .innerJoin('staffMembers as asker', 'asker.id', 'exportBatches.askedBy')
    .leftJoin('staffMembers as approver', 'approver.id', 'exportBatches.approvedBy')
    .selectAll('exportBatches')
    .select([
      'schools.name as school',
      'schools.code as schoolCode',
      'batches.name as batchName',
      'asker.name as askedByName',
      'approver.name as approvedByName',
    ]);
}

function batchMethods(
  db: Db,
): Part<'insert' | 'find' | 'lock' | 'list' | 'count' | 'update' | 'unfinished'> {
  return {
    async insert(batch) {
      await db.insertInto('exportBatches').values(batch).execute();
    },
    find: (id) => views(db).where('exportBatches.id', '=', id).executeTakeFirst(),
    lock: (id) =>
      db
        .selectFrom('exportBatches')
        .selectAll()
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst(),
    list: (offset, limit) =>
      views(db).orderBy('exportBatches.number', 'desc').offset(offset).limit(limit).execute(),
    async count(state) {
      const { count } = await db
        .selectFrom('exportBatches')
        .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'asked'))
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async update(id, patch) {
      await db.updateTable('exportBatches').set(patch).where('id', '=', id).execute();
    },
    unfinished: async (limit) =>
      idsOf(
        await db
          .selectFrom('exportBatches')
          .select('id')
          .where('state', 'in', ['making', 'cancelling'])
          .limit(limit)
          .execute(),
      ),
  };
}

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

type ItemMethods =
  | 'insertItems'
  | 'items'
  | 'shownItems'
  | 'itemCounts'
  | 'findItem'
  | 'updateItem'
  | 'giveUpWaiting'
  | 'openBatchOf';

function itemMethods(db: Db): Part<ItemMethods> {
  const items = (exportId: string) =>
    db.selectFrom('exportItems').selectAll('exportItems').where('exportId', '=', exportId);
  return {
    async insertItems(all) {
      let taken = 0;
      for (let start = 0; start < all.length; start += ROWS_A_STATEMENT) {
        const result = await db
          .insertInto('exportItems')
          .values(all.slice(start, start + ROWS_A_STATEMENT))
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        taken += Number(result.numInsertedOrUpdatedRows);
      }
      return taken;
    },
    items: (exportId, after, limit, states, part) =>
      items(exportId)
        .where('position', '>', after)
        .$if(states !== undefined, (query) => query.where('state', 'in', [...(states ?? [])]))
        .$if(part !== undefined, (query) => query.where('part', '=', part ?? 0))
        .orderBy('position')
        .limit(limit)
        .execute(),
    shownItems: (exportId, state, offset, limit) =>
      items(exportId)
        .innerJoin('orders', 'orders.id', 'exportItems.orderId')
        .innerJoin('students', 'students.id', 'orders.studentId')
        .select(['orders.orderNo', 'students.maskedName'])
        .$if(state !== undefined, (query) =>
          query.where('exportItems.state', '=', state ?? 'waiting'),
        )
        .orderBy('exportItems.position')
        .offset(offset)
        .limit(limit)
        .execute(),
    async itemCounts(exportIds) {
      if (exportIds.length === 0) return [];
      const rows = await db
        .selectFrom('exportItems')
        .select(['exportId', 'state', ({ fn }) => fn.countAll<number>().as('count')])
        .where('exportId', 'in', [...exportIds])
        .groupBy(['exportId', 'state'])
        .execute();
      return rows.map((row) => ({ ...row, count: Number(row.count) }));
    },
    findItem: (exportId, position) =>
      items(exportId).where('position', '=', position).executeTakeFirst(),
    async updateItem(exportId, position, patch) {
      await db
        .updateTable('exportItems')
        .set(patch)
        .where('exportId', '=', exportId)
        .where('position', '=', position)
        .execute();
    },
    async giveUpWaiting(exportId) {
      await db
        .updateTable('exportItems')
        .set({ state: 'givenBack', open: false })
        .where('exportId', '=', exportId)
        .where('state', '=', 'waiting')
        .execute();
    },
    async openBatchOf(photoId) {
      const row = await db
        .selectFrom('exportItems')
        .innerJoin('exportBatches', 'exportBatches.id', 'exportItems.exportId')
        .select('exportBatches.number')
        .where('exportItems.photoId', '=', photoId)
        .where('exportItems.open', '=', true)
        .executeTakeFirst();
      return row?.number;
    },
  };
}

type FileMethods = 'files' | 'saveFile' | 'chunks' | 'addChunk' | 'dropChunks' | 'expired';

function fileMethods(db: Db): Part<FileMethods> {
  return {
    async files(exportId) {
      const rows = await db
        .selectFrom('exportFiles')
        .selectAll()
        .where('exportId', '=', exportId)
        .orderBy('place')
        .execute();
      return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
    },
    async saveFile(file) {
      await db
        .insertInto('exportFiles')
        .values(file)
        .onConflict((conflict) => conflict.columns(['exportId', 'name']).doUpdateSet(file))
        .execute();
    },
    chunks: (exportId, name) =>
      db
        .selectFrom('exportChunks')
        .selectAll()
        .where('exportId', '=', exportId)
        .where('name', '=', name)
        .orderBy('position')
        .execute(),
    async addChunk(chunk) {
      await db.insertInto('exportChunks').values(chunk).execute();
    },
    async dropChunks(exportId, name) {
      await db
        .deleteFrom('exportChunks')
        .where('exportId', '=', exportId)
        .$if(name !== undefined, (query) => query.where('name', '=', name ?? ''))
        .execute();
      await db
        .updateTable('exportFiles')
        .set({ gone: true })
        .where('exportId', '=', exportId)
        .$if(name !== undefined, (query) => query.where('name', '=', name ?? ''))
        .execute();
    },
    expired: async (now, limit) =>
      idsOf(
        await db
          .selectFrom('exportBatches')
          .select('id')
          .where('state', '=', 'made')
          .where('filesUntil', '<', now)
          .limit(limit)
          .execute(),
      ),
  };
}

function actMethods(db: Db): Part<'addAct' | 'acts'> {
  return {
    async addAct(act) {
      await db.insertInto('exportActs').values(act).execute();
    },
    acts: (exportId, limit) =>
      db
        .selectFrom('exportActs')
        .leftJoin('staffMembers', 'staffMembers.id', 'exportActs.staffId')
        .select(['exportId', 'at', 'staffId', 'act', 'count', 'note', 'staffMembers.name'])
        .where('exportId', '=', exportId)
        .orderBy('exportActs.id', 'desc')
        .limit(limit)
        .execute(),
  };
}

type ReceiptMethods =
  | 'findReceipt'
  | 'insertReceipt'
  | 'receipts'
  | 'openRows'
  | 'markApplied'
  | 'unapplied';

function receiptMethods(db: Db): Part<ReceiptMethods> {
  return {
    findReceipt: (exportId, fileSha256) =>
      db
        .selectFrom('exportReceipts')
        .selectAll()
        .where('exportId', '=', exportId)
        .where('fileSha256', '=', fileSha256)
        .executeTakeFirst(),
    async insertReceipt(receipt, rows) {
      await db.insertInto('exportReceipts').values(receipt).execute();
      for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT)
        await db
          .insertInto('exportReceiptRows')
          .values(rows.slice(start, start + ROWS_A_STATEMENT))
          .execute();
    },
    async receipts(exportId) {
      const rows = await db
        .selectFrom('exportReceipts')
        .leftJoin('staffMembers', 'staffMembers.id', 'exportReceipts.importedBy')
        .leftJoin('exportReceiptRows', 'exportReceiptRows.receiptId', 'exportReceipts.id')
        .selectAll('exportReceipts')
        .select(['staffMembers.name'])
        .select(({ fn }) => [
          fn.count<number>('exportReceiptRows.position').as('rows'),
          fn
            .count<number>('exportReceiptRows.position')
            .filterWhere('exportReceiptRows.applied', '=', true)
            .as('applied'),
        ])
        .where('exportReceipts.exportId', '=', exportId)
        .groupBy(['exportReceipts.id', 'staffMembers.name'])
        .orderBy('exportReceipts.importedAt', 'desc')
        .execute();
      return rows.map((row) => ({ ...row, rows: Number(row.rows), applied: Number(row.applied) }));
    },
    openRows: (exportId, limit) =>
      db
        .selectFrom('exportReceiptRows')
        .innerJoin('exportReceipts', 'exportReceipts.id', 'exportReceiptRows.receiptId')
        .selectAll('exportReceiptRows')
        .select('exportReceipts.receivedAt')
        .where('exportReceipts.exportId', '=', exportId)
        .where('exportReceiptRows.applied', '=', false)
        .orderBy('exportReceipts.receivedAt')
        .orderBy('exportReceiptRows.position')
        .limit(limit)
        .execute(),
    async markApplied(receiptId, position) {
      await db
        .updateTable('exportReceiptRows')
        .set({ applied: true })
        .where('receiptId', '=', receiptId)
        .where('position', '=', position)
        .execute();
    },
    unapplied: async (limit) =>
      idsOf(
        await db
          .selectFrom('exportReceipts')
          .innerJoin('exportReceiptRows', 'exportReceiptRows.receiptId', 'exportReceipts.id')
          .select('exportReceipts.exportId as id')
          .distinct()
          .where('exportReceiptRows.applied', '=', false)
          .limit(limit)
          .execute(),
      ),
  };
}
