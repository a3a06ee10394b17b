import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type { BillLineRecord, MoneyBook } from '../ports/payments/money-book.ts';

type BillMethods = Omit<
  MoneyBook,
  'listPayments' | 'totals' | 'invoiceRows' | 'addExport' | 'listExports'
>;

/** PostgreSQL takes 65,535 parameters a statement. */
const PORTION = 2000;
const DESK = ['cash', 'school'] as const;

export function billMethods(db: Db): BillMethods {
  return {
    findBill: (day) => db.selectFrom('bills').selectAll().where('day', '=', day).executeTakeFirst(),
    async claimBill(day, now, triedBefore) {
      const claimed = await db
        .insertInto('bills')
        .values({ day, state: 'waiting', triedAt: now, fetchedAt: null, hash: null })
        .onConflict((conflict) =>
          conflict
            .column('day')
            .doUpdateSet({ triedAt: now })
            .where('bills.triedAt', '<', triedBefore)
            .where('bills.state', 'not in', ['done', 'none']),
        )
        .executeTakeFirst();
      return Number(claimed.numInsertedOrUpdatedRows) === 1;
    },
    async saveBill(bill, lines) {
      await db
        .insertInto('bills')
        .values(bill)
        .onConflict((conflict) => conflict.column('day').doUpdateSet(bill))
        .execute();
      if (lines) await replaceLines(db, bill.day, lines);
    },
    listBills: (from, until) => listBills(db, from, until),
    ...comparedMethods(db),
    ...differenceMethods(db),
  };
}

async function replaceLines(db: Db, day: string, lines: readonly BillLineRecord[]): Promise<void> {
  await db.deleteFrom('billLines').where('day', '=', day).execute();
  for (let start = 0; start < lines.length; start += PORTION)
    await db
      .insertInto('billLines')
      .values(lines.slice(start, start + PORTION))
      .execute();
}

async function listBills(db: Db, from: string, until: string) {
  const rows = await db
    .selectFrom('bills')
    .selectAll('bills')
    .select((eb) => {
      const line = () => eb.selectFrom('billLines').whereRef('billLines.day', '=', 'bills.day');
      const difference = () =>
        eb
          .selectFrom('billDifferences')
          .whereRef('billDifferences.day', '=', 'bills.day')
          .select(eb.fn.countAll<number>().as('count'));
      const sums = (kind: 'payment' | 'refund') => ({
        count: line().where('kind', '=', kind).select(eb.fn.countAll<number>().as('n')),
        fen: line()
          .where('kind', '=', kind)
          .select(({ fn }) => fn.sum<number | null>('billLines.amountFen').as('n')),
      });
      return [
        sums('payment').count.as('payments'),
        sums('payment').fen.as('paidFen'),
        sums('refund').count.as('refunds'),
        sums('refund').fen.as('refundedFen'),
        line()
          .select(({ fn }) => fn.sum<number | null>('billLines.feeE5').as('n'))
          .as('feeE5'),
        difference().where('settledAt', 'is', null).as('open'),
        difference().as('differences'),
      ];
    })
    .where('bills.day', '>=', from)
    .where('bills.day', '<=', until)
    .orderBy('bills.day', 'desc')
    .execute();
  return rows.map(({ day, state, triedAt, fetchedAt, hash, ...sums }) => ({
    ...{ day, state, triedAt, fetchedAt, hash },
    payments: Number(sums.payments),
    paidFen: Number(sums.paidFen ?? 0),
    refunds: Number(sums.refunds),
    refundedFen: Number(sums.refundedFen ?? 0),
    feeE5: Number(sums.feeE5 ?? 0),
    open: Number(sums.open),
    differences: Number(sums.differences),
  }));
}

type ComparedMethods = 'paidThen' | 'acceptedThen' | 'paymentsNumbered' | 'refundsNumbered';

function comparedMethods(db: Db): Pick<BillMethods, ComparedMethods> {
  return {
    paidThen: (from, until) =>
      db
        .selectFrom('payments')
        .selectAll()
        .where('paidAt', '>=', from)
        .where('paidAt', '<', until)
        .where('method', 'not in', [...DESK])
        // What was free of charge was never there.
        .where('transactionId', 'is not', null)
        .execute(),
    acceptedThen: (from, until) =>
      db
        .selectFrom('refunds')
        .selectAll()
        .where('acceptedAt', '>=', from)
        .where('acceptedAt', '<', until)
        .execute(),
    paymentsNumbered: (numbers) =>
      inPortions(numbers, (some) =>
        db.selectFrom('payments').selectAll().where('outTradeNo', 'in', some).execute(),
      ),
    refundsNumbered: (numbers) =>
      inPortions(numbers, (some) =>
        db.selectFrom('refunds').selectAll().where('outRefundNo', 'in', some).execute(),
      ),
  };
}

async function inPortions<Row>(
  numbers: readonly string[],
  read: (some: readonly string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const found: Row[] = [];
  for (let start = 0; start < numbers.length; start += PORTION)
    found.push(...(await read(numbers.slice(start, start + PORTION))));
  return found;
}

type DifferenceMethods =
  | 'replaceDifferences'
  | 'listDifferences'
  | 'findDifference'
  | 'settleDifference';

function differenceMethods(db: Db): Pick<BillMethods, DifferenceMethods> {
  return {
    async replaceDifferences(day, found) {
      await db
        .deleteFrom('billDifferences')
        .where('day', '=', day)
        .where('settledAt', 'is', null)
        .execute();
      for (const difference of found)
        await db
          .insertInto('billDifferences')
          .values(difference)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
    },
    async listDifferences({ day, settled }, offset, limit) {
      let query = shown(db).where('billDifferences.settledAt', settled ? 'is not' : 'is', null);
      if (day) query = query.where('billDifferences.day', '=', day);
      const rows = await query
        .orderBy('billDifferences.day', 'desc')
        .orderBy('billDifferences.number')
        .offset(offset)
        .limit(limit)
        .execute();
      const { total } = await query
        .clearSelect()
        .select(sql<number>`count(*)`.as('total'))
        .executeTakeFirstOrThrow();
      return { rows, total: Number(total) };
    },
    findDifference: (id) => shown(db).where('billDifferences.id', '=', id).executeTakeFirst(),
    async settleDifference(id, by) {
      const settled = await db
        .updateTable('billDifferences')
        .set(by)
        .where('id', '=', id)
        .where('settledAt', 'is', null)
        .executeTakeFirst();
      return Number(settled.numUpdatedRows) === 1;
    },
  };
}

function shown(db: Db) {
  return db
    .selectFrom('billDifferences')
    .leftJoin('orders', 'orders.id', 'billDifferences.orderId')
    .leftJoin('staffMembers', 'staffMembers.id', 'billDifferences.settledBy')
    .selectAll('billDifferences')
    .select(['orders.orderNo', 'staffMembers.name as settledName']);
}
