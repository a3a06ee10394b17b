import { type SelectQueryBuilder, sql } from 'kysely';
import type { Db, Tables } from '../database/schema.ts';
import type { SchoolScope } from '../ports/access/school-scope.ts';
import type {
  ConsoleRepository,
  OrderSearch,
  Sought,
} from '../ports/console/console-repository.ts';
import { within } from './school-scope.ts';

export function consoleRepository(db: Db): ConsoleRepository {
  return { ...searchMethods(db), ...dashboardMethods(db), ...settingMethods(db) };
}

/** `%`, `_` and `\` stand for themselves. */
const literal = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

function searchMethods(db: Db): Pick<ConsoleRepository, 'searchOrders' | 'looksAt'> {
  return {
    async searchOrders(search) {
      const found = filtered(db, search);
      const some = found.select('orders.id').limit(search.counted).as('some');
      const { total } = await db
        .selectFrom(some)
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const page = found
        .select('orders.id')
        .orderBy('orders.updatedAt', 'desc')
        .orderBy('orders.id')
        .offset(search.offset)
        .limit(search.limit);
      const orders = await ofRoster(db)
        .innerJoin('batches', 'batches.id', 'orders.batchId')
        .innerJoin('schools', 'schools.id', 'orders.schoolId')
        .selectAll('orders')
        .select(['batches.name as batchName', 'schools.name as school', 'rosterEntries.className'])
        .where('orders.id', 'in', page)
        .orderBy('orders.updatedAt', 'desc')
        .orderBy('orders.id')
        .execute();
      return { orders, total: Number(total) };
    },
    looksAt: (orderId, limit) =>
      db
        .selectFrom('accessLog')
        .leftJoin('staffMembers', (join) =>
          join.on(sql`staff_members.id::text`, '=', (eb) => eb.ref('accessLog.callerId')),
        )
        .leftJoin('stations', (join) =>
          join.on(sql`stations.id::text`, '=', (eb) => eb.ref('accessLog.callerId')),
        )
        .select([
          'accessLog.at',
          'accessLog.caller',
          'accessLog.callerId',
          'accessLog.action',
          (eb) => eb.fn.coalesce('staffMembers.name', 'stations.name').as('name'),
        ])
        .where('accessLog.orderId', '=', orderId)
        .orderBy('accessLog.id', 'desc')
        .limit(limit)
        .execute(),
  };
}

/** With what the batch's roster says of the student. */
const ofRoster = (db: Db) =>
  db
    .selectFrom('orders')
    .innerJoin('students', 'students.id', 'orders.studentId')
    .leftJoin('rosterEntries', (join) =>
      join
        .onRef('rosterEntries.batchId', '=', 'orders.batchId')
        .onRef('rosterEntries.idNumberHash', '=', 'students.idNumberHash'),
    );

function filtered(db: Db, { scope, sought, state, batchId, className }: OrderSearch) {
  let query = db.selectFrom('orders').where(within('orders.schoolId', scope));
  if (sought)
    query = isName(sought)
      ? query.where(({ exists }) => exists(keyOfStudent(db, sought)))
      : query.where('orders.id', 'in', ordersSought(db, sought));
  if (state) query = query.where('orders.state', '=', state);
  if (batchId) query = query.where('orders.batchId', '=', batchId);
  if (className)
    query = query.where(
      'orders.id',
      'in',
      ofRoster(db).select('orders.id').where('rosterEntries.className', '=', className),
    );
  return query;
}

/** A surname is borne by a tenth of all: the newest are looked through until a page of them is full. */
const isName = ({ studentKeys, ...numbers }: Sought) => Object.keys(numbers).length === 0;

const keyOfStudent = (db: Db, { studentKeys }: Sought) =>
  db
    .selectFrom('studentSearchKeys')
    .select('studentSearchKeys.key')
    .where(sql<boolean>`student_search_keys.student_id = orders.student_id`)
    .where('studentSearchKeys.key', 'in', [...studentKeys, NO_KEY]);

/** No digest: of an empty list there is no SQL. */
const NO_KEY = '';

/** One query by its own index for each thing that the text may stand for; one over all would read every order. */
function ordersSought(db: Db, sought: Sought) {
  const ofStudents = () =>
    db
      .selectFrom('orders')
      .innerJoin('students', 'students.id', 'orders.studentId')
      .select('orders.id');
  const byRoster = (column: 'studentNumberHash' | 'examineeNumberHash', hash: string) =>
    ofStudents()
      .innerJoin('rosterEntries', 'rosterEntries.idNumberHash', 'students.idNumberHash')
      .where(`rosterEntries.${column}`, '=', hash);
  const byNumber = db.selectFrom('orders').select('orders.id');
  const byPayment = (column: 'outTradeNo' | 'transactionId', number: string) =>
    db.selectFrom('payments').select('payments.orderId as id').where(column, '=', number);
  const {
    orderNo,
    orderNoBegins,
    paymentNo,
    idNumberHash,
    studentNumberHash,
    examineeNumberHash,
    phoneHash,
  } = sought;
  return [
    ...(orderNo
      ? [
          orderNoBegins
            ? byNumber.where('orderNo', 'like', `${literal(orderNo)}%`)
            : byNumber.where('orderNo', '=', orderNo),
        ]
      : []),
    ...(paymentNo
      ? [byPayment('outTradeNo', paymentNo), byPayment('transactionId', paymentNo)]
      : []),
    ...(idNumberHash ? [ofStudents().where('students.idNumberHash', '=', idNumberHash)] : []),
    ...(studentNumberHash ? [byRoster('studentNumberHash', studentNumberHash)] : []),
    ...(examineeNumberHash ? [byRoster('examineeNumberHash', examineeNumberHash)] : []),
    ...(phoneHash
      ? [
          db
            .selectFrom('orders')
            .innerJoin('accountStudents', 'accountStudents.studentId', 'orders.studentId')
            .innerJoin('accounts', 'accounts.id', 'accountStudents.accountId')
            .select('orders.id')
            .where('accounts.phoneHash', '=', phoneHash),
        ]
      : []),
  ].reduce(
    (all, one) => all.union(one),
    db
      .selectFrom('orders')
      .innerJoin('studentSearchKeys', 'studentSearchKeys.studentId', 'orders.studentId')
      .select('orders.id')
      .where('studentSearchKeys.key', 'in', [...sought.studentKeys, NO_KEY]),
  );
}

type DashboardMethods =
  | 'countByState'
  | 'queueFacts'
  | 'rejectionCounts'
  | 'stations'
  | 'countFaces';

function dashboardMethods(db: Db): Pick<ConsoleRepository, DashboardMethods> {
  return {
    countByState: async (scope, batchId) => {
      const rows = await ordersOf(db, scope, batchId)
        .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      return rows.map(({ state, count }) => ({ state, count: Number(count) }));
    },
    queueFacts: (now, dayStart, scope, batchId) =>
      queueFacts(db, { now, dayStart }, scope, batchId),
    rejectionCounts: (since, scope, batchId) => rejectionCounts(db, since, scope, batchId),
    stations: (scope) =>
      db
        .selectFrom('stations')
        .selectAll()
        .where(within('stations.schoolId', scope))
        .where('disabledAt', 'is', null)
        .orderBy('name')
        .execute(),
    async countFaces(scope) {
      const { count } = await db
        .selectFrom('photos')
        .innerJoin('orders', 'orders.id', 'photos.orderId')
        .select(({ fn }) => fn.count<number>('orders.studentId').distinct().as('count'))
        .where('photos.erasedAt', 'is', null)
        .where(within('orders.schoolId', scope))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

type OrderQuery = SelectQueryBuilder<Tables, 'orders', object>;

function ordersOf(db: Db, scope: SchoolScope, batchId: string | undefined): OrderQuery {
  const query = db.selectFrom('orders').where(within('orders.schoolId', scope));
  return batchId ? query.where('orders.batchId', '=', batchId) : query;
}

type Times = { readonly now: Date; readonly dayStart: Date };

async function queueFacts(
  db: Db,
  { now, dayStart }: Times,
  scope: SchoolScope,
  batchId: string | undefined,
) {
  const queue = await ordersOf(db, scope, batchId)
    .innerJoin('photos', 'photos.id', 'orders.photoId')
    .where('orders.state', '=', 'underReview')
    .select(({ fn }) => [
      fn.countAll<number>().as('waiting'),
      fn.min<Date | null>('photos.handedInAt').as('oldest'),
      fn.countAll<number>().filterWhere('orders.promisedAt', '<', now).as('overdue'),
    ])
    .executeTakeFirstOrThrow();
  const decided = await ordersOf(db, scope, batchId)
    .innerJoin('reviewDecisions', 'reviewDecisions.orderId', 'orders.id')
    .where('reviewDecisions.at', '>=', dayStart)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return {
    waiting: Number(queue.waiting),
    oldestSubmittedAt: queue.oldest,
    overdue: Number(queue.overdue),
    decidedToday: Number(decided.count),
  };
}

async function rejectionCounts(
  db: Db,
  since: Date,
  scope: SchoolScope,
  batchId: string | undefined,
) {
  const rows = await sql<{ code: string; count: number }>`
    select codes.code as code, count(*) as count
    from review_decisions
    join orders on orders.id = review_decisions.order_id
    cross join lateral jsonb_array_elements_text(review_decisions.codes) as codes(code)
    where review_decisions.at >= ${since} and ${within('orders.schoolId', scope)}
      and (${batchId ?? null}::uuid is null or orders.batch_id = ${batchId ?? null}::uuid)
    group by codes.code
    order by count(*) desc, codes.code`.execute(db);
  return rows.rows.map(({ code, count }) => ({ code, count: Number(count) }));
}

type SettingMethods =
  | 'agencyContact'
  | 'batches'
  | 'findBatch'
  | 'saveBatch'
  | 'schools'
  | 'saveSchool'
  | 'saveContact'
  | 'replaceFaq';

function settingMethods(db: Db): Pick<ConsoleRepository, SettingMethods> {
  const batches = () =>
    db
      .selectFrom('batches')
      .innerJoin('schools', 'schools.id', 'batches.schoolId')
      .selectAll('batches')
      .select(['schools.name as school', 'schools.code as schoolCode']);
  return {
    batches: (scope) =>
      batches()
        .where(within('batches.schoolId', scope))
        .orderBy('batches.opensAt', 'desc')
        .orderBy('batches.id')
        .execute(),
    findBatch: (id) => batches().where('batches.id', '=', id).executeTakeFirst(),
    async saveBatch(batch) {
      const { id: _id, createdAt: _created, schoolId: _school, ...changing } = batch;
      await db
        .insertInto('batches')
        .values(batch)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
        .execute();
    },
    schools: (scope) =>
      db
        .selectFrom('schools')
        .where(within('schools.id', scope))
        .select(['id', 'code', 'name', 'phone', 'hours', 'createdAt'])
        .orderBy('code')
        .execute(),
    async saveSchool(school) {
      await db
        .insertInto('schools')
        .values(school)
        .onConflict((conflict) => conflict.column('code').doUpdateSet({ name: school.name }))
        .execute();
    },
    agencyContact: () =>
      db.selectFrom('agencyContact').select(['phone', 'hours']).executeTakeFirst(),
    async saveContact(schoolId, contact) {
      const schools = db.updateTable('schools');
      if (schoolId)
        await schools
          .set({ ...contact, ownContact: true })
          .where('id', '=', schoolId)
          .execute();
      else {
        await db
          .insertInto('agencyContact')
          .values(contact)
          .onConflict((conflict) => conflict.column('id').doUpdateSet(contact))
          .execute();
        await schools.set(contact).where('ownContact', '=', false).execute();
      }
    },
    async replaceFaq(schoolId, entries) {
      await db
        .deleteFrom('faqEntries')
        .where('schoolId', schoolId ? '=' : 'is', schoolId)
        .execute();
      if (entries.length > 0)
        await db
          .insertInto('faqEntries')
          .values([...entries])
          .execute();
    },
  };
}
