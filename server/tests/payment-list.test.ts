import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { createStorage } from '../src/repositories/index.ts';
import { listQuery } from '../src/repositories/money.ts';
import { batchRow, orderRow, schoolRow, studentRow } from './in-memory/rows.ts';
import { describeOnBothDatabases } from './support/databases.ts';

/** More than a planner reads whole, and less than the tests have to wait for; a season has 100,000. */
const PAYMENTS = Number(process.env.GRADSHOT_LISTED_PAYMENTS ?? 6000);

type Search = Partial<Parameters<typeof listQuery>[1]>;

describeOnBothDatabases('a long list of payments', (db) => {
  const school = schoolRow();
  const order = orderRow(studentRow(school), batchRow(school));
  beforeAll(async () => {
    const storage = createStorage(db(), { publish: () => undefined });
    await storage.schools.insert(school);
    const batch = batchRow(school);
    const student = studentRow(school);
    await storage.schools.insertBatch(batch);
    await storage.students.save(student);
    const { id } = orderRow(student, batch);
    await storage.orders.insert({ ...order, id, studentId: student.id, batchId: batch.id });
    await sql`insert into payments (id, order_id, school_id, out_trade_no, transaction_id, method,
        state, amount_fen, expires_at, created_at, paid_at)
      select gen_random_uuid(), ${id}, ${school.id}, 'list-' || n, 'of-' || n, 'native', 'paid', 2500,
        now(), timestamptz '2020-01-01' + n * interval '1 minute',
        timestamptz '2020-01-01' + n * interval '1 minute'
      from generate_series(1, ${PAYMENTS}) as n`.execute(db());
    await sql`analyze payments`.execute(db());
    await sql`analyze orders`.execute(db());
  });

  const plan = async (search: Search) => {
    const rows = await listQuery(db(), { limit: 21, ...search }).explain('text');
    return JSON.stringify(rows);
  };
  const middle = { createdAt: new Date('2020-01-02T00:00:00Z'), id: school.id };

  test.each<[string, Search, RegExp]>([
    ['the newest', {}, /payments_listed/],
    ['a later page', { after: middle }, /payments_listed/],
    ['one school', { schoolId: school.id, after: middle }, /payments_(of_school|listed)/],
    ['what has a number', { ids: [school.id] }, /payments_pkey/],
    ['a name', { studentKey: 'nobody' }, /student_search_keys/],
  ])('%s: reads an index and never the whole table', async (_, search, index) => {
    const read = await plan(search);
    expect(read).toMatch(index);
    expect(read).not.toMatch(/Seq Scan on payments/);
  });
});
