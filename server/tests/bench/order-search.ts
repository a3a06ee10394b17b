/**
 * `npm run bench:search -w @gradshot/server [-- --json]`: how long customer service waits for an order among a
 * thousand, a hundred thousand and a million, on a real PostgreSQL, beside the floor: one order by its id.
 * Exit status 1 where a search among a million takes longer than 50 ms.
 */
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import type { Db } from '../../src/database/schema.ts';
import type { OrderSearch, Sought } from '../../src/ports/console/console-repository.ts';
import { consoleRepository } from '../../src/repositories/console.ts';
import { MAX_COUNTED } from '../../src/services/orders/order-search.ts';
import { startPostgres } from '../support/start-postgres.ts';

const SIZES = [1_000, 100_000, 1_000_000] as const;
const ROUNDS = 15;
const LIMIT_MS = 50;
const OWNER = '00000000-0000-4000-8000-000000000001';
const STUDENT = '00000000-0000-4000-8001-';
const ORDER = '00000000-0000-4000-8002-';
/** As nearly half of all Chinese have one of ten surnames. */
const SURNAMES = 12;

const idOf = (prefix: string) => sql.raw(`('${prefix}' || lpad(n::text, 12, '0'))::uuid`);

async function fill(db: Db, from: number, to: number): Promise<void> {
  const numbers = sql`generate_series(${from}::int, ${to}::int) n`;
  await db.transaction().execute(async (transaction) => {
    // Whose rows they are is of no matter here.
    await sql`set local session_replication_role = replica`.execute(transaction);
    await sql`insert into students (id, school_id, gateway_number_hash, id_number_hash, name_sealed,
      id_number_sealed, masked_name, masked_id_number, search_keyed, created_at, updated_at)
      select ${idOf(STUDENT)}, ${OWNER}, 'g' || n, 'i' || n, '', '', '*', '*', true, now(), now()
      from ${numbers}`.execute(transaction);
    for (const [kind, values] of [
      ['surname', SURNAMES],
      ['name', 50_000],
      ['lastFour', 10_000],
    ] as const)
      await sql`insert into student_search_keys (key, student_id)
        select ${kind}::text || n % ${values}::int, ${idOf(STUDENT)} from ${numbers}`.execute(
        transaction,
      );
    await sql`insert into orders (id, order_no, student_id, school_id, batch_id, state, price_fen,
      profile_id, reasons, created_at, updated_at)
      select ${idOf(ORDER)}, 'G' || lpad(n::text, 14, '0'), ${idOf(STUDENT)}, ${OWNER}, ${OWNER},
        'underReview', 3000, 'p', '[]', now(), now() + n * interval '1 millisecond'
      from ${numbers}`.execute(transaction);
  });
  await sql`analyze`.execute(db);
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1]!;
}

const NOTHING: Sought = { studentKeys: [] };
const SEARCHES: Readonly<Record<string, Sought | undefined>> = {
  'the newest, without a text': undefined,
  surname: { studentKeys: ['surname1'] },
  'whole name': { studentKeys: ['name123'] },
  'last four': { studentKeys: ['lastFour123'] },
  'ID number': { ...NOTHING, idNumberHash: 'i123' },
  'order number': { ...NOTHING, orderNo: 'G00000000000123' },
  'beginning of one': { ...NOTHING, orderNo: 'G00000000012', orderNoBegins: true },
  'payment’s number': { ...NOTHING, paymentNo: 'none' },
  'nobody’s 学号': { ...NOTHING, studentNumberHash: 'none', examineeNumberHash: 'none' },
  'nobody’s phone': { ...NOTHING, phoneHash: 'none' },
};

const postgres = await startPostgres();
const { db } = await openDatabase({ url: await postgres.newDatabase() });
try {
  await migrate(db);
  await db.transaction().execute(async (transaction) => {
    await sql`insert into schools (id, code, name, phone, hours, created_at)
      values (${OWNER}, 'S', 'S', '', '', now())`.execute(transaction);
    await sql`insert into batches (id, school_id, name, price_fen, profile_id, opens_at, closes_at, created_at)
      values (${OWNER}, ${OWNER}, 'B', 0, 'p', now(), now() + interval '1 day', now())`.execute(
      transaction,
    );
  });
  const desk = consoleRepository(db);
  const rows: { orders: number; what: string; ms: number }[] = [];
  let filled = 0;
  for (const size of SIZES) {
    await fill(db, filled + 1, size);
    filled = size;
    const byId = () => sql`select * from orders where id = ${`${ORDER}000000000123`}`.execute(db);
    rows.push({ orders: size, what: 'floor: by id', ms: await medianMs(byId) });
    for (const [what, sought] of Object.entries(SEARCHES)) {
      const search: OrderSearch = {
        ...(sought ? { sought } : {}),
        scope: 'everySchool',
        ...{ offset: 0, limit: 20, counted: MAX_COUNTED },
      };
      rows.push({ orders: size, what, ms: await medianMs(() => desk.searchOrders(search)) });
    }
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2));
  else console.table(rows.map((row) => ({ ...row, ms: Number(row.ms.toFixed(2)) })));
  const slow = rows.filter(({ ms }) => ms > LIMIT_MS);
  for (const { orders, what, ms } of slow)
    console.error(`${what} among ${orders}: ${ms.toFixed(0)} ms`);
  process.exitCode = slow.length > 0 ? 1 : 0;
} finally {
  await db.destroy();
  await postgres.stop();
}
