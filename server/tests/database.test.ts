import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MIGRATIONS } from '../migrations/index.ts';
import { FolderInUseError, lockFolder } from '../src/database/folder-lock.ts';
import { DatabaseNewerError, migrate, pendingMigrations } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { prepareDatabase } from '../src/database/prepare-database.ts';
import type { Db } from '../src/database/schema.ts';
import { DATABASE_KINDS } from './support/databases.ts';
import { emptySharedEmbedded, openEmptyEmbedded } from './support/embedded-database.ts';
import { newPostgresDatabase } from './support/postgres.ts';

const FIRST = '0001-first-run';

const STATION = '00000000-0000-4000-8000-000000000001';

describe.each(DATABASE_KINDS)('migrations (%s)', (kind) => {
  async function withDatabase(work: (db: Db) => Promise<void>): Promise<void> {
    if (kind === 'embedded') return work(await emptySharedEmbedded());
    const { db } = await openDatabase({ url: await newPostgresDatabase() });
    try {
      await work(db);
    } finally {
      await db.destroy();
    }
  }

  test('run in their order, once', () =>
    withDatabase(async (db) => {
      expect(await pendingMigrations(db)).toEqual(Object.keys(MIGRATIONS));
      expect(await migrate(db)).toEqual(Object.keys(MIGRATIONS));
      expect(await migrate(db)).toEqual([]);
    }));

  test('a database of a newer server is refused', () =>
    withDatabase(async (db) => {
      await migrate(db);
      await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '')`.execute(
        db,
      );
      await expect(migrate(db)).rejects.toThrow(DatabaseNewerError);
    }));

  test('0001: one live order a student, one live payment an order', () =>
    withDatabase(async (db) => {
      await migrate(db, FIRST);
      const id = '00000000-0000-4000-8000-00000000000';
      await sql`insert into schools values (${`${id}1`}, 'S', 'S', '', '', now())`.execute(db);
      await sql`insert into batches values
        (${`${id}2`}, ${`${id}1`}, 'B', 0, 'p', now(), now() + interval '1 day', now())`.execute(
        db,
      );
      await sql`insert into students values
        (${`${id}3`}, ${`${id}1`}, 'h', 'i', '', '', '*', '*', null, null, null, null, now(), now())`.execute(
        db,
      );
      const order = (orderId: string, no: string, state: string) =>
        sql`insert into orders values (${orderId}, ${no}, ${`${id}3`}, ${`${id}2`}, ${`${id}1`},
          ${state}, 0, 'p', null, '[]', null, now(), now())`.execute(db);
      await order(`${id}4`, '1', 'cancelled');
      await order(`${id}5`, '2', 'pendingPayment');
      await expect(order(`${id}6`, '3', 'published')).rejects.toThrow(/orders_one_live/);
      const payment = (paymentId: string, state: string) =>
        sql`insert into payments (id, order_id, out_trade_no, method, state, amount_fen, expires_at,
          created_at) values (${paymentId}, ${`${id}5`}, ${paymentId}, 'native', ${state}, 1, now(),
          now())`.execute(db);
      await payment(`${id}7`, 'closed');
      await payment(`${id}8`, 'pending');
      await expect(payment(`${id}9`, 'pending')).rejects.toThrow(/payments_one_live/);
    }));

  test('0002: an account is found again by its openid; chunks go with their upload', () =>
    withDatabase(async (db) => {
      await migrate(db, '0002-companion');
      const id = '00000000-0000-4000-8000-00000000000';
      const account = (accountId: string) =>
        sql`insert into accounts (id, kind, openid_hash, created_at)
          values (${accountId}, 'wechat', 'h', now())`.execute(db);
      await account(`${id}1`);
      await expect(account(`${id}2`)).rejects.toThrow(/openid_hash/);
      await sql`insert into schools values (${`${id}3`}, 'S', 'S', '', '', now())`.execute(db);
      await sql`insert into batches values
        (${`${id}4`}, ${`${id}3`}, 'B', 0, 'p', now(), now() + interval '1 day', now())`.execute(
        db,
      );
      await sql`insert into students values
        (${`${id}5`}, ${`${id}3`}, 'h', 'i', '', '', '*', '*', null, null, null, null, now(), now())`.execute(
        db,
      );
      await sql`insert into orders values (${`${id}6`}, '1', ${`${id}5`}, ${`${id}4`}, ${`${id}3`},
        'pendingCapture', 0, 'p', null, '[]', null, now(), now())`.execute(db);
      await sql`insert into uploads values (${`${id}7`}, ${`${id}6`}, 9, 's', 'image/jpeg', now(), 0,
        'receiving', now(), now())`.execute(db);
      await sql`insert into upload_chunks values (${`${id}7`}, 0, 9, 'c')`.execute(db);
      await sql`delete from uploads`.execute(db);
      const left = await sql`select * from upload_chunks`.execute(db);
      expect(left.rows).toEqual([]);
    }));

  test('0010: two reviewers cannot hold the same photo; an account is taken once', () =>
    withDatabase(async (db) => {
      await migrate(db, '0010-console');
      const account = () =>
        sql`insert into staff_members (id, account, name, roles, password_hash,
          must_change_password, enabled, created_at, updated_at)
          values (gen_random_uuid(), 'a', 'A', '[]', '', false, true, now(), now())`.execute(db);
      await account();
      await expect(account()).rejects.toThrow(/account/);
      const held = db.transaction().execute(async (transaction) => {
        // Its order is of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        for (const _ of [1, 2])
          await sql`insert into review_leases values ('00000000-0000-4000-8000-000000000001',
            gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now(), now())`.execute(
            transaction,
          );
      });
      await expect(held).rejects.toThrow(/review_leases/);
    }));

  test('0012: one delivery for a notice that is there', () =>
    withDatabase(async (db) => {
      await migrate(db, '0012-notice-deliveries');
      await expect(
        sql`insert into notice_deliveries values
          (gen_random_uuid(), 'review', 'rejected', 'waiting', 0, null, now(), now())`.execute(db),
      ).rejects.toThrow(/notice_id/);
      const account = await sql<{ sealed: Uint8Array }>`insert into accounts
        (id, kind, phone_hash, phone_sealed, created_at)
        values (gen_random_uuid(), 'phone', 'h', 'x', now()) returning phone_sealed as sealed`.execute(
        db,
      );
      expect(account.rows).toHaveLength(1);
    }));

  test('0013: causes of money owed back are told from the order; no payment is returned twice', () =>
    withDatabase(async (db) => {
      await migrate(db, '0011-desk-presence');
      const id = '00000000-0000-4000-8000-00000000000';
      await sql`insert into schools values (${`${id}1`}, 'S', 'S', '', '', now())`.execute(db);
      await sql`insert into batches values
        (${`${id}2`}, ${`${id}1`}, 'B', 0, 'p', now(), now() + interval '1 day', now())`.execute(
        db,
      );
      await sql`insert into students values
        (${`${id}3`}, ${`${id}1`}, 'h', 'i', '', '', '*', '*', null, null, null, null, now(), now())`.execute(
        db,
      );
      await sql`insert into orders values (${`${id}4`}, '1', ${`${id}3`}, ${`${id}2`}, ${`${id}1`},
        'cancelled', 0, 'p', null, '[]', null, now(), now())`.execute(db);
      await sql`insert into staff_members (id, account, name, roles, password_hash,
        must_change_password, enabled, created_at, updated_at)
        values (${`${id}5`}, 'a', 'A', '[]', '', false, true, now(), now())`.execute(db);
      await sql`insert into payments (id, order_id, out_trade_no, method, state, amount_fen,
        expires_at, created_at, refund_due)
        values (${`${id}6`}, ${`${id}4`}, 't', 'native', 'paid', 1, now(), now(), true)`.execute(
        db,
      );
      await migrate(db);
      const payments = await sql<{ cause: string }>`select refund_cause as cause from payments`;
      expect((await payments.execute(db)).rows).toEqual([{ cause: 'cancelled' }]);
      const refund = (refundId: string, state: string) =>
        sql`insert into refunds (id, key, order_id, payment_id, out_refund_no, amount_fen, reason,
          state, staff_id, created_at, updated_at, purpose) values (${refundId}, ${refundId},
          ${`${id}4`}, ${`${id}6`}, ${refundId}, 1, '', ${state}, ${`${id}5`}, now(), now(), 'due')`.execute(
          db,
        );
      await refund(`${id}7`, 'failed');
      await refund(`${id}8`, 'succeeded');
      await expect(refund(`${id}9`, 'requested')).rejects.toThrow(/refunds_one_payment/);
    }));

  test('0014: a reference photo goes with its person; 0015: one sheet for a paper', () =>
    withDatabase(async (db) => {
      await migrate(db);
      await expect(
        sql`insert into roster_photos values (gen_random_uuid(), 's', 'image/jpeg', 1,
          gen_random_uuid(), now())`.execute(db),
      ).rejects.toThrow(/roster_photos/);
      await expect(
        sql`insert into print_sheets values (gen_random_uuid(), '5in', 's', 'drawn', now())`.execute(
          db,
        ),
      ).rejects.toThrow(/print_sheets_source/);
    }));

  test('0016: people of a roster that was there before keep a place', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const columns = await sql<{ nullable: string; fallback: string }>`
        select is_nullable as nullable, column_default as fallback
        from information_schema.columns
        where table_name = 'roster_entries' and column_name = 'position'`.execute(db);
      expect(columns.rows).toEqual([{ nullable: 'NO', fallback: '0' }]);
    }));

  test('0017: bands are in order, and a roster has one pair of them', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const add = (mismatchBelow: number, similarFrom: number) =>
        sql`insert into identity_bands values
          (gen_random_uuid(), ${mismatchBelow}, ${similarFrom})`.execute(db);
      await expect(add(0.7, 0.6)).rejects.toThrow(/check constraint/);
      await expect(add(-2, 0.6)).rejects.toThrow(/check constraint/);
      await expect(add(0.4, 0.7)).rejects.toThrow(/foreign key/);
    }));

  test('0018: photos that were there before are kept; what was erased is counted by its rule', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const columns = await sql<{ nullable: string }>`
        select is_nullable as nullable from information_schema.columns
        where table_name = 'photos' and column_name = 'erased_at'`.execute(db);
      expect(columns.rows).toEqual([{ nullable: 'YES' }]);
      await expect(
        sql`insert into photo_erasures (at, order_id, rule, photos)
          values (now(), gen_random_uuid(), 'whim', 1)`.execute(db),
      ).rejects.toThrow(/photo_erasures_rule/);
    }));

  test('0019: a payment from before has no payer, and is opened anew in the mini-program', () =>
    withDatabase(async (db) => {
      await migrate(db, '0018-photo-erasures');
      await db.transaction().execute(async (transaction) => {
        // Its order is of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        await sql`insert into payments (id, order_id, out_trade_no, method, state, amount_fen,
          expires_at, created_at) values (gen_random_uuid(), gen_random_uuid(), 'n', 'jsapi',
          'pending', 1, now(), now())`.execute(transaction);
      });
      await migrate(db);
      const { rows } = await sql<{ payerHash: string | null }>`
        select payer_hash from payments`.execute(db);
      expect(rows).toEqual([{ payerHash: null }]);
    }));

  test('0020: one day of uploads an order', () =>
    withDatabase(async (db) => {
      await migrate(db, '0020-upload-usage');
      await expect(
        sql`insert into upload_usage values (gen_random_uuid(), now(), 1, 0)`.execute(db),
      ).rejects.toThrow(/order_id/);
    }));

  test('0021: a station from before has its enrolment as history', () =>
    withDatabase(async (db) => {
      await migrate(db, '0020-upload-usage');
      await db.transaction().execute(async (transaction) => {
        // Its school is of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        await sql`insert into stations (id, school_id, name, installation_id, device_key_hash,
          enrolled_at) values (gen_random_uuid(), gen_random_uuid(), '一号机', gen_random_uuid(),
          'h', '2026-09-01T08:00:00Z')`.execute(transaction);
      });
      await migrate(db);
      const { rows } = await sql<{ act: string; at: Date }>`
        select act, at, staff_id from station_acts`.execute(db);
      expect(rows).toEqual([
        { act: 'enrolled', at: new Date('2026-09-01T08:00:00Z'), staffId: null },
      ]);
    }));

  test('0022: steps of photos have the domain’s words, also in what has happened', () =>
    withDatabase(async (db) => {
      await migrate(db, '0021-station-acts');
      await db.transaction().execute(async (transaction) => {
        // Its order is of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        for (const event of ['confirmPayment', 'uploadPhoto', 'submit', 'discardPhoto'])
          await sql`insert into order_events (order_id, at, event, from_state, to_state, actor,
            details) values (gen_random_uuid(), now(), ${event}, '', '', 'graduate', '{}')`.execute(
            transaction,
          );
        await sql`insert into photos (id, order_id, original_sha256, original_bytes, original_type,
          standard_sha256, standard_bytes, profile_id,
          profile_version, accepted, report, captured_at, uploaded_at, submitted_at, uploaded_by)
          values (gen_random_uuid(), gen_random_uuid(), '', 1, '', '', 1, '', 1, true, '{}',
          now(), now(), '2026-09-01T08:00:00Z', 'station')`.execute(transaction);
      });
      await migrate(db);
      const events = sql<{ event: string }>`select event from order_events order by id`;
      expect((await events.execute(db)).rows.map(({ event }) => event)).toEqual([
        'confirmPayment',
        'keepPhoto',
        'handIn',
        'discardPhoto',
      ]);
      const photos = sql<{ handedInAt: Date }>`select handed_in_at from photos`;
      expect((await photos.execute(db)).rows).toEqual([
        { handedInAt: new Date('2026-09-01T08:00:00Z') },
      ]);
    }));

  test('0023: a station from before has entrusted no key', () =>
    withDatabase(async (db) => {
      await migrate(db, '0022-photo-steps');
      await db.transaction().execute(async (transaction) => {
        // Its school is of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        await sql`insert into stations (id, school_id, name, installation_id, device_key_hash,
          enrolled_at) values (gen_random_uuid(), gen_random_uuid(), '一号机', gen_random_uuid(),
          'h', now())`.execute(transaction);
      });
      await migrate(db);
      const { rows } = await sql<{ sealedKey: Uint8Array | null }>`
        select sealed_key from stations`.execute(db);
      expect(rows).toEqual([{ sealedKey: null }]);
    }));

  test('0024: of a photo from before staff said nothing', () =>
    withDatabase(async (db) => {
      await migrate(db, '0023-station-keys');
      await db.transaction().execute(async (transaction) => {
        // Its order is of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        await sql`insert into photos (id, order_id, original_sha256, original_bytes, original_type,
          standard_sha256, standard_bytes, profile_id, profile_version, accepted, report,
          captured_at, uploaded_at, uploaded_by)
          values (gen_random_uuid(), gen_random_uuid(), '', 1, '', '', 1, '', 1, true, '{}',
          now(), now(), 'station')`.execute(transaction);
      });
      await migrate(db);
      const { rows } = await sql<{ onSiteSealed: Uint8Array | null }>`
        select on_site_sealed from photos`.execute(db);
      expect(rows).toEqual([{ onSiteSealed: null }]);
    }));

  test('0025: a station from before has no rights, and its history stands', () =>
    withDatabase(async (db) => {
      await migrate(db, '0023-station-keys');
      await db.transaction().execute(async (transaction) => {
        // Its school is of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        await sql`insert into stations (id, school_id, name, installation_id, device_key_hash,
          enrolled_at) values (gen_random_uuid(), gen_random_uuid(), '一号机', gen_random_uuid(),
          'h', now())`.execute(transaction);
        await sql`insert into station_acts (station_id, at, act, reason)
          select id, now(), 'enrolled', '' from stations`.execute(transaction);
      });
      await migrate(db);
      const { rows } = await sql<object>`select rights, act, station_right, student_id
        from stations join station_acts on station_acts.station_id = stations.id`.execute(db);
      expect(rows).toEqual([{ rights: [], act: 'enrolled', stationRight: null, studentId: null }]);
      await expect(sql`update station_acts set act = 'sold'`.execute(db)).rejects.toThrow(/check/);
    }));

  test('0026: a receipt of a school is for one payment; cash is a reason for a refund', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const twice = db.transaction().execute(async (transaction) => {
        // Its school, station and payment are of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        for (const receipt of [null, null, 'R-1', 'R-1'])
          await sql`insert into desk_payments values (gen_random_uuid(),
            '00000000-0000-4000-8000-000000000001', gen_random_uuid(), ${receipt}, now())`.execute(
            transaction,
          );
      });
      await expect(twice).rejects.toThrow(/desk_payments_receipt/);
      const check = sql<{ check: string }>`select pg_get_constraintdef(oid) as check
        from pg_constraint where conname = 'payments_refund_cause_check'`;
      expect((await check.execute(db)).rows[0]?.check).toContain('cash');
    }));

  test('0027: a search is by number or by name, and at a station', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const search = (by: string) =>
        sql`insert into roster_searches (station_id, at, searched_by, found)
          values (gen_random_uuid(), now(), ${by}, 0)`.execute(db);
      await expect(search('张三')).rejects.toThrow(/searched_by/);
      await expect(search('name')).rejects.toThrow(/station_id/);
    }));

  test('0030: a decision of before is held no longer; who passed an order is on the staff', () =>
    withDatabase(async (db) => {
      await migrate(db, '0027-roster-searches');
      await db.transaction().execute(async (transaction) => {
        // Its photo, order and reviewer are of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        await sql`insert into review_decisions
          (photo_id, order_id, lease_id, staff_id, decision, codes, note, at)
          values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
            'approved', '[]', '', now())`.execute(transaction);
      });
      await migrate(db);
      const { rows } = await sql`select held_until from review_decisions`.execute(db);
      expect(rows).toEqual([{ heldUntil: null }]);
      await expect(
        sql`insert into review_passes values (gen_random_uuid(), gen_random_uuid(), now())`.execute(
          db,
        ),
      ).rejects.toThrow(/review_passes/);
    }));

  test('0070: a special day is entered once', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const enter = (day: string) =>
        db.transaction().execute(async (transaction) => {
          // Who entered it is of no matter here.
          await sql`set local session_replication_role = replica`.execute(transaction);
          await sql`insert into special_days values (${day}, false, '春节', ${STATION}, now())`.execute(
            transaction,
          );
        });
      await enter('2027-02-06');
      await expect(enter('2027-02-06')).rejects.toThrow(/special_days/);
      await expect(enter('6 February')).rejects.toThrow(/check/);
    }));

  test('0071: students of before wait for their search keys, which go with them', () =>
    withDatabase(async (db) => {
      await migrate(db, '0034-arrivals');
      await db.transaction().execute(async (transaction) => {
        // Their school is of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        await sql`insert into students (id, school_id, gateway_number_hash, id_number_hash, name_sealed,
          id_number_sealed, masked_name, masked_id_number, created_at, updated_at)
          values (${STATION}, ${STATION}, 'g', 'i', '', '', '*', '*', now(), now())`.execute(
          transaction,
        );
      });
      await migrate(db);
      const { rows } = await sql`select id from students where not search_keyed`.execute(db);
      expect(rows).toEqual([{ id: STATION }]);
      await sql`insert into student_search_keys values ('k', ${STATION})`.execute(db);
      await sql`delete from students`.execute(db);
      expect((await sql`select * from student_search_keys`.execute(db)).rows).toEqual([]);
    }));

  test('0034: one arrival an order, station and day; a look at a class is a search, of before too', () =>
    withDatabase(async (db) => {
      await migrate(db, '0030-held-decisions');
      const search = (by: string) => sql`insert into roster_searches
        (station_id, at, searched_by, found) values (gen_random_uuid(), now(), ${by}, 0)`;
      await db.transaction().execute(async (transaction) => {
        // Its station is of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        await search('name').execute(transaction);
      });
      await migrate(db);
      await db.transaction().execute(async (transaction) => {
        await sql`set local session_replication_role = replica`.execute(transaction);
        await search('class').execute(transaction);
        await sql`insert into arrivals (id, station_id, order_id, day, at)
          values (gen_random_uuid(), ${STATION}, ${STATION}, '2026-11-30', now())`.execute(
          transaction,
        );
      });
      await expect(search('张三').execute(db)).rejects.toThrow(/searched_by/);
      const again = sql`insert into arrivals (id, station_id, order_id, day, at)
        values (gen_random_uuid(), ${STATION}, ${STATION}, '2026-11-30', now())`.execute(db);
      await expect(again).rejects.toThrow(/arrivals_station_id_order_id_day_key/);
    }));

  test('0063: staff of before have every school; what schools show of before is the agency’s', () =>
    withDatabase(async (db) => {
      await migrate(db, '0034-arrivals');
      await sql`insert into schools (id, code, name, phone, hours, created_at)
        values (gen_random_uuid(), '1', 'x', '400-1', '9–17', now())`.execute(db);
      await sql`insert into staff_members
        (id, account, name, roles, password_hash, must_change_password, enabled, created_at, updated_at)
        values (gen_random_uuid(), 'a', 'a', '["agent"]', '', false, true, now(), now())`.execute(
        db,
      );
      await migrate(db);
      const { rows } = await sql`select phone, hours, own_contact, school_ids
        from schools join agency_contact using (phone, hours), staff_members`.execute(db);
      expect(rows).toEqual([{ phone: '400-1', hours: '9–17', ownContact: false, schoolIds: null }]);
    }));

  test('0050: one import into a batch at a time; undoing is an act of the log, like all of before', () =>
    withDatabase(async (db) => {
      await migrate(db, '0034-arrivals');
      const act = (what: string) => sql`insert into roster_log (batch_id, at, staff_id, act, count)
        values (${STATION}, now(), ${STATION}, ${what}, 1)`;
      const withoutOthers = (work: (transaction: typeof db) => Promise<unknown>) =>
        db.transaction().execute(async (transaction) => {
          // Its batch and its staff are of no matter here.
          await sql`set local session_replication_role = replica`.execute(transaction);
          await work(transaction as typeof db);
        });
      await withoutOthers((transaction) => act('importRoster').execute(transaction));
      await migrate(db);
      await withoutOthers((transaction) => act('undoImport').execute(transaction));
      await expect(act('other').execute(db)).rejects.toThrow(/roster_log_act_check/);
      const draft = (state: string) => sql`insert into roster_drafts values (gen_random_uuid(),
        ${STATION}, ${STATION}, ${state}, '', null, 0, null, 0, null, now(), now(), null)`;
      await withoutOthers(async (transaction) => {
        for (const state of ['ready', 'ready', 'importing'])
          await draft(state).execute(transaction);
      });
      await expect(
        withoutOthers((transaction) => draft('cancelling').execute(transaction)),
      ).rejects.toThrow(/roster_drafts_one_running/);
    }));

  test('0028: who pays offline is one of two, and a visit is confirmed once', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const insert = (payer: string) =>
        sql`insert into offline_batches values (gen_random_uuid(), ${payer})`.execute(db);
      await expect(insert('nobody')).rejects.toThrow(/payer/);
      await expect(insert('school')).rejects.toThrow(/batch_id/);
      const visit = sql`insert into offline_visits
        values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now())`;
      await expect(visit.execute(db)).rejects.toThrow(/station_id|order_id/);
    }));

  test('0040: what was refunded before is back in full, and nobody has to have asked', () =>
    withDatabase(async (db) => {
      await migrate(db, '0034-arrivals');
      const payment = (state: string) => sql`insert into payments
        (id, order_id, out_trade_no, method, state, amount_fen, expires_at, created_at)
        values (gen_random_uuid(), ${STATION}, ${state}, 'native', ${state}, 2500, now(), now())`;
      await db.transaction().execute(async (transaction) => {
        // Their order is of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        for (const state of ['refunded', 'paid']) await payment(state).execute(transaction);
      });
      await migrate(db);
      const { rows } = await sql`select state, refunded_fen, asked_fen from payments
        order by state`.execute(db);
      expect(rows).toEqual([
        { state: 'paid', refundedFen: 0, askedFen: null },
        { state: 'refunded', refundedFen: 2500, askedFen: null },
      ]);
      const refund = (state: string, purpose: string) => sql`insert into refunds
        (id, key, order_id, out_refund_no, amount_fen, reason, state, purpose, created_at, updated_at)
        values (gen_random_uuid(), gen_random_uuid(), ${STATION}, ${state + purpose}, 1, '', ${state},
          ${purpose}, now(), now())`;
      await db.transaction().execute(async (transaction) => {
        await sql`set local session_replication_role = replica`.execute(transaction);
        await refund('abnormal', 'order').execute(transaction);
        await refund('succeeded', 'foreign').execute(transaction);
      });
      await expect(refund('requested', 'order').execute(db)).rejects.toThrow(/refunds_one_live/);
      await expect(refund('lost', 'order').execute(db)).rejects.toThrow(/refunds_state_check/);
    }));

  test('0041: one open wish an order, and nobody decides on an own one', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const [one, two] = [STATION, STATION.replace(/1$/, '2')];
      const wish = (state: string, decidedBy: string | null) => sql`insert into refund_requests
        (id, key, order_id, reason, state, asked_by, asked_at, decided_by, note)
        values (gen_random_uuid(), gen_random_uuid(), ${STATION}, '', ${state}, ${one}, now(),
          ${decidedBy}, '')`;
      await expect(wish('approved', one).execute(db)).rejects.toThrow(/check/);
      await expect(wish('approved', null).execute(db)).rejects.toThrow(/check/);
      await db.transaction().execute(async (transaction) => {
        await sql`set local session_replication_role = replica`.execute(transaction);
        await wish('asked', null).execute(transaction);
        await wish('approved', two).execute(transaction);
      });
      await expect(wish('asked', null).execute(db)).rejects.toThrow(/refund_requests_open/);
    }));

  test('0042: a payment of before has the school of its order', () =>
    withDatabase(async (db) => {
      await migrate(db, '0041-refund-requests');
      await db.transaction().execute(async (transaction) => {
        // What they refer to is of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        await sql`insert into schools values (${STATION}, 'S', 'S', '', '', now())`.execute(
          transaction,
        );
        await sql`insert into orders (id, order_no, student_id, batch_id, school_id, state,
            price_fen, profile_id, reasons, created_at, updated_at)
          values (${STATION}, 'N', ${STATION}, ${STATION}, ${STATION}, 'pendingCapture', 1, 'p',
            '[]', now(), now())`.execute(transaction);
        await sql`insert into payments
          (id, order_id, out_trade_no, method, state, amount_fen, expires_at, created_at)
          values (gen_random_uuid(), ${STATION}, 'x', 'native', 'paid', 1, now(), now())`.execute(
          transaction,
        );
      });
      await migrate(db);
      const { rows } = await sql`select school_id from payments`.execute(db);
      expect(rows).toEqual([{ schoolId: STATION }]);
    }));

  test('0043: a difference stands once, and belongs to a bill', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const difference = sql`insert into bill_differences
        (id, day, subject, what, number, provider_number, note)
        values (gen_random_uuid(), '2026-11-30', 'payment', 'amount', 'x', '', '')`;
      await expect(difference.execute(db)).rejects.toThrow(/bill_differences_day_fkey/);
      await sql`insert into bills values ('2026-11-30', 'done', now(), now(), '')`.execute(db);
      await difference.execute(db);
      await expect(difference.execute(db)).rejects.toThrow(/bill_differences_day_subject/);
    }));

  test('0044: names leave with a reason', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const names = sql`insert into money_exports
        (at, staff_id, what, from_day, until_day, rows, reason)
        values (now(), ${STATION}, 'invoicesWithNames', '', '', 1, '')`;
      await expect(names.execute(db)).rejects.toThrow(/money_exports_check/);
    }));

  test('0045: nobody approves an own batch, and a photo is in one open batch', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const id = '00000000-0000-4000-8000-00000000000';
      const batch = (exportId: string, approver: string) => sql`insert into export_batches
        (id, school_id, naming, max_part_mb, max_part_photos, state, again, note_sealed, asked_by,
          asked_at, approved_by, total, done, trouble)
        values (${exportId}, ${STATION}, '{XH}', 1, 1, 'making', false, '', ${`${id}2`}, now(),
          ${approver}, 1, 0, false)`;
      const item = (exportId: string, open: boolean) => sql`insert into export_items
        (export_id, position, order_id, photo_id, sha256, bytes, sealed, name_hash, id_number_hash,
          state, open)
        values (${exportId}, 1, ${STATION}, ${STATION}, 's', 1, '', 'n', 'i', 'waiting', ${open})`;
      await db.transaction().execute(async (transaction) => {
        // School, staff and photo are of no matter here.
        await sql`set local session_replication_role = replica`.execute(transaction);
        await batch(`${id}3`, `${id}4`).execute(transaction);
        await batch(`${id}5`, `${id}4`).execute(transaction);
        await item(`${id}3`, true).execute(transaction);
        await sql`savepoint before`.execute(transaction);
        await expect(item(`${id}5`, true).execute(transaction)).rejects.toThrow(/one_open/);
        await sql`rollback to before`.execute(transaction);
        await sql`update export_items set open = false`.execute(transaction);
        await item(`${id}5`, true).execute(transaction);
      });
      await expect(batch(`${id}6`, `${id}2`).execute(db)).rejects.toThrow(/check/);
    }));

  test('0046: one 撤销通过 is asked for at a time, and nobody approves an own one', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const ask = (state: string) => sql`insert into approval_withdrawals
        values (gen_random_uuid(), ${STATION}, ${STATION}, ${STATION}, now(), '', 'review', ${state},
          ${state === 'asked' ? null : STATION}, now())`;
      await expect(ask('approved').execute(db)).rejects.toThrow(/check/);
      const twice = db.transaction().execute(async (transaction) => {
        await sql`set local session_replication_role = replica`.execute(transaction);
        for (const state of ['declined', 'asked', 'asked']) await ask(state).execute(transaction);
      });
      await expect(twice).rejects.toThrow(/one_asked/);
    }));

  test('0047: an answer to 图像校对 is one of two, of an order that there is', () =>
    withDatabase(async (db) => {
      await migrate(db);
      const check = (answer: string) => sql`insert into image_checks
        (order_id, published_at, remind_at, answer) values (${STATION}, now(), now(), ${answer})`;
      await expect(check('maybe').execute(db)).rejects.toThrow(/answer/);
      await expect(check('differs').execute(db)).rejects.toThrow(/order_id/);
    }));

  test('0011: one row for each agent at the desk', () =>
    withDatabase(async (db) => {
      await migrate(db, '0011-desk-presence');
      await expect(
        sql`insert into desk_presence values (gen_random_uuid(), now())`.execute(db),
      ).rejects.toThrow(/staff_id/);
    }));
});

test('every migration has a test that names it', () => {
  const source = readFileSync(import.meta.filename, 'utf8');
  const numbers = Object.keys(MIGRATIONS).map((name) => name.slice(0, 4));
  expect(numbers.filter((number) => !source.includes(`${number}: `))).toEqual([]);
});

describe('the embedded database', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'gradshot-database-'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test('is copied before a newer version changes it', async () => {
    const dataDir = join(dir, 'database');
    const { db } = await openEmptyEmbedded({ dataDir });
    await migrate(db, FIRST);
    await db.destroy();
    await (await prepareDatabase({ dataDir })).db.destroy();
    const next = Object.keys(MIGRATIONS)[1];
    expect(await readdir(dir)).toEqual(['database', ...(next ? [`database.before-${next}`] : [])]);
    await (await prepareDatabase({ dataDir })).db.destroy();
  });

  test('belongs to one process at a time', async () => {
    const unlock = await lockFolder(join(dir, 'locked'));
    await expect(lockFolder(join(dir, 'locked'))).rejects.toThrow(FolderInUseError);
    await unlock();
    await (await lockFolder(join(dir, 'locked')))();
  });
});
