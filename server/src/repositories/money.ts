import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type { MoneyBook, PaymentSearch, TotalRow } from '../ports/payments/money-book.ts';
import { billMethods } from './bills.ts';

/** A payment may be paid so long after it was opened; it narrows the look for a day's payments. */
const LONGEST_OPEN_MS = 86_400_000;

export function moneyBook(db: Db): MoneyBook {
  return {
    async listPayments({ number, ...search }) {
      const ids = number ? await numbered(db, number) : undefined;
      return listQuery(db, { ...search, ids }).execute();
    },
    totals: (span) => totals(db, span),
    invoiceRows: ({ from, until, schoolId }, limit) => {
      let query = listed(db)
        .select(['students.nameSealed', 'students.gatewayNumberHash'])
        .where('payments.state', '=', 'paid')
        .where('payments.refundDue', '=', false)
        .where('payments.amountFen', '>', 0)
        .where('payments.paidAt', '>=', from)
        .where('payments.paidAt', '<', until);
      if (schoolId) query = query.where('payments.schoolId', '=', schoolId);
      return query.orderBy('payments.paidAt').orderBy('payments.id').limit(limit).execute();
    },
    async addExport(entry) {
      await db.insertInto('moneyExports').values(entry).execute();
    },
    listExports: (limit) =>
      db
        .selectFrom('moneyExports')
        .innerJoin('staffMembers', 'staffMembers.id', 'moneyExports.staffId')
        .selectAll('moneyExports')
        .select('staffMembers.name')
        .orderBy('moneyExports.id', 'desc')
        .limit(limit)
        .execute(),
    ...billMethods(db),
  };
}

/** By whatever number somebody has in hand: each kind has an index of its own. */
async function numbered(db: Db, number: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from payments where out_trade_no = ${number}
    union select id from payments where transaction_id = ${number}
    union select payment_id from desk_payments where receipt_no = ${number}
    union select payments.id from payments join orders on orders.id = payments.order_id
      where orders.order_no = ${number}`.execute(db);
  return rows.map(({ id }) => id);
}

type Narrowed = Omit<PaymentSearch, 'number'> & { readonly ids?: readonly string[] | undefined };

function listed(db: Db) {
  return db
    .selectFrom('payments')
    .innerJoin('orders', 'orders.id', 'payments.orderId')
    .innerJoin('students', 'students.id', 'orders.studentId')
    .innerJoin('schools', 'schools.id', 'orders.schoolId')
    .leftJoin('deskPayments', 'deskPayments.paymentId', 'payments.id')
    .selectAll('payments')
    .select([
      'orders.orderNo',
      'students.maskedName',
      'schools.name as school',
      'deskPayments.receiptNo',
    ]);
}

type Listed = ReturnType<typeof listed>;

/** The newest first, from where the page before ended: no page costs more than the first. */
export function listQuery(db: Db, search: Narrowed): Listed {
  let query = narrowed(listed(db), search);
  const { ids, studentKey, after } = search;
  if (studentKey)
    query = query.where(
      sql<boolean>`exists (select 1 from student_search_keys k
        where k.student_id = orders.student_id and k.key = ${studentKey})`,
    );
  if (ids) query = query.where('payments.id', 'in', [...ids, NOBODY]);
  if (after)
    query = query.where(
      sql<boolean>`(payments.created_at, payments.id) < (${after.createdAt}, ${after.id})`,
    );
  return query
    .orderBy('payments.createdAt', 'desc')
    .orderBy('payments.id', 'desc')
    .limit(search.limit);
}

/** An empty list is none that SQL knows. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

function narrowed(all: Listed, search: PaymentSearch): Listed {
  const { state, methods, schoolId, paidFrom, paidUntil } = search;
  let query = all;
  if (state === 'owed')
    query = query.where('payments.state', '=', 'paid').where('payments.refundDue', '=', true);
  else if (state === 'partlyRefunded')
    query = query.where('payments.state', '=', 'paid').where('payments.refundedFen', '>', 0);
  else if (state) query = query.where('payments.state', '=', state);
  if (methods) query = query.where('payments.method', 'in', [...methods]);
  if (schoolId) query = query.where('payments.schoolId', '=', schoolId);
  if (paidFrom && paidUntil)
    query = query
      .where('payments.paidAt', '>=', paidFrom)
      .where('payments.paidAt', '<', paidUntil)
      .where('payments.createdAt', '>=', new Date(paidFrom.getTime() - LONGEST_OPEN_MS))
      .where('payments.createdAt', '<', paidUntil);
  return query;
}

type Span = Parameters<MoneyBook['totals']>[0];

/** Days are Beijing's, which a time column does not know. */
async function totals(db: Db, { from, until, schoolId }: Span): Promise<TotalRow[]> {
  const ofSchool = schoolId ? sql`and school_id = ${schoolId}` : sql``;
  const day = (column: 'paid_at' | 'updated_at') =>
    sql`to_char((${sql.raw(column)} at time zone 'UTC') + interval '8 hours', 'YYYY-MM-DD')`;
  const { rows } = await sql<FlatTotal>`
    with sums as (
      select ${day('paid_at')} as day, school_id,
        case when method in ('cash', 'school') then method else 'wechat' end as kind,
        1 as count, amount_fen as fen, 0 as fee_e5
      from payments
      where paid_at >= ${from} and paid_at < ${until} and state in ('paid', 'refunded') ${ofSchool}
      union all
      select ${day('updated_at')} as day, school_id, 'refunded' as kind, 1, amount_fen, 0
      from (select refunds.updated_at, refunds.amount_fen, payments.school_id
        from refunds join payments on payments.id = refunds.payment_id
        where refunds.state = 'succeeded' and payments.method <> 'school'
          -- the other half of one that was handed back in cash
          and not (refunds.purpose = 'order' and payments.method = 'cash')
          and refunds.updated_at >= ${from} and refunds.updated_at < ${until}) as back
      where true ${ofSchool}
      union all
      select day, school_id, 'fee' as kind, 0, 0, fee_e5
      from bill_lines
      where at >= ${from} and at < ${until} and school_id is not null ${ofSchool}
    )
    select sums.day, sums.school_id as "schoolId", schools.name as school, sums.kind,
      sum(sums.count)::int as count, sum(sums.fen)::int as fen, sum(sums.fee_e5)::float8 as "feeE5"
    from sums join schools on schools.id = sums.school_id
    group by sums.day, sums.school_id, schools.name, sums.kind
    order by sums.day desc, schools.name`.execute(db);
  return gathered(rows);
}

type FlatTotal = {
  readonly day: string;
  readonly schoolId: string;
  readonly school: string;
  readonly kind: 'wechat' | 'cash' | 'school' | 'refunded' | 'fee';
  readonly count: number;
  readonly fen: number;
  readonly feeE5: number;
};

/** One row a day and school of one row a day, school and kind. */
function gathered(rows: readonly FlatTotal[]): TotalRow[] {
  const none = { count: 0, fen: 0 };
  const found = new Map<string, TotalRow>();
  for (const { day, schoolId, school, kind, count, fen, feeE5 } of rows) {
    const key = `${day} ${schoolId}`;
    const empty = { wechat: none, cash: none, campus: none, refunded: none, feeE5: 0 };
    const row = found.get(key) ?? { day, schoolId, school, ...empty };
    const name = kind === 'school' ? 'campus' : kind;
    found.set(key, name === 'fee' ? { ...row, feeE5 } : { ...row, [name]: { count, fen } });
  }
  return [...found.values()];
}
