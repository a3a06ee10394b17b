import { randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import * as XLSX from '@e965/xlsx';
import { CONSOLE_ROUTES, createTableClient, type RosterResult } from '@gradshot/contract';
import type { Result } from '@gradshot/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addStaff, type TestStaff } from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import { gbk } from './support/roster-bytes.ts';
import { HEADER, IDS, type Row, person as somebody, withCheck } from './support/roster-people.ts';
import { startTestServer, type TestServer, unwrap } from './support/test-server.ts';

const person = (i: number, changes: Readonly<Record<number, unknown>> = {}) =>
  somebody(i).map((value, column) => changes[column] ?? value) as Row;
const sexOf = (id: string) => (Number(id[16]) % 2 === 1 ? '男' : '女');
const PEOPLE = [person(0), person(1), person(2)];

async function xlsx(rows: readonly Row[]): Promise<Uint8Array> {
  const book = XLSX.utils.book_new();
  const sheet = XLSX.utils.aoa_to_sheet(rows.map((row) => [...row]));
  XLSX.utils.book_append_sheet(book, sheet, '名单');
  return new Uint8Array(XLSX.write(book, { type: 'buffer' }));
}

const csv = (rows: readonly (readonly unknown[])[]) =>
  Buffer.from(rows.map((row) => row.join(',')).join('\r\n'));

describeOnBothDatabases('roster import', (db, kind) => {
  let server: TestServer;
  let admin: TestStaff;
  let schoolCode: string;
  beforeAll(async () => {
    server = await startTestServer(db());
    admin = await addStaff(server, 'administrator');
    schoolCode = (await server.addSchool()).code;
  });
  afterAll(() => server?.close());

  async function newBatch(): Promise<string> {
    const batchId = randomUUID();
    const body = {
      schoolCode,
      name: '2027 届',
      priceFen: 2500,
      profileId: 'chsi-480x640',
      opensAt: new Date().toISOString(),
      closesAt: null,
    };
    unwrap(await admin.client.call('saveBatch', { params: { batchId }, body }));
    return batchId;
  }

  function send(batchId: string, bytes: Uint8Array, dryRun = false): Promise<Result<RosterResult>> {
    const client = createTableClient(CONSOLE_ROUTES, {
      baseUrl: server.url,
      fetch,
      authorization: admin.authorization,
    });
    const query = { dryRun: dryRun ? ('true' as const) : ('false' as const) };
    return client.sendBytes('importRoster', { params: { batchId }, query, bytes });
  }

  const count = async (batchId: string) =>
    (await server.environment.storage.rosters.known(batchId)).length;

  test('an Excel file: checked, imported, imported again, changed', async () => {
    const batchId = await newBatch();
    const file = await xlsx([HEADER, ...PEOPLE]);
    expect(unwrap(await send(batchId, file, true))).toMatchObject({
      total: 3,
      added: 3,
      errors: [],
      imported: false,
    });
    expect(await count(batchId)).toBe(0);
    expect(unwrap(await send(batchId, file))).toMatchObject({ added: 3, imported: true });
    expect(unwrap(await send(batchId, file))).toMatchObject({ added: 0, unchanged: 3 });
    const changed = await xlsx([HEADER, person(0, { 1: '改名' }), person(1), person(2)]);
    expect(unwrap(await send(batchId, changed))).toMatchObject({ updated: 1, unchanged: 2 });
    expect(await count(batchId)).toBe(3);
  });

  test('CSV in UTF-8 with a mark, and in GBK', async () => {
    const rows = [HEADER, ...PEOPLE];
    const utf8 = Buffer.concat([Buffer.from('\ufeff'), csv(rows)]);
    expect(unwrap(await send(await newBatch(), utf8)).added).toBe(3);
    const batchId = await newBatch();
    expect(unwrap(await send(batchId, gbk(csv(rows).toString()))).added).toBe(3);
    const [entry] = await db()
      .selectFrom('rosterEntries')
      .selectAll()
      .where('batchId', '=', batchId)
      .orderBy('maskedName')
      .execute();
    expect(entry?.maskedName).toMatch(/^学\*[甲乙丙]$/);
    expect(JSON.stringify(entry)).not.toContain(IDS[0]);
  });

  test('official short names, full-width digits, dates of the spreadsheet, empty rows', async () => {
    const header = ['XH', 'XM', '证件号码（SFZH）', 'CSRQ', 'YJBYRQ', '备注'];
    const wide = String(IDS[0]).replace(/\d/g, (digit) =>
      String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
    );
    const file = await xlsx([
      header,
      [],
      ['2023001', ' 张 三 ', wide, new Date(Date.UTC(2004, 2, 7)), '2027/6/30', 'x'],
    ]);
    expect(unwrap(await send(await newBatch(), file))).toMatchObject({ added: 1, errors: [] });
  });

  test('each fault is named with row and column in both languages, and nothing is written', async () => {
    const batchId = await newBatch();
    const wrongCheck = `${IDS[0]?.slice(0, 17)}${IDS[0]?.endsWith('1') ? '2' : '1'}`;
    const file = await xlsx([
      HEADER,
      person(0, { 2: wrongCheck }),
      person(1, { 1: '' }),
      person(1),
      person(2, { 2: Number('110101200403071256') }),
      person(2, { 0: '2023x', 5: '20041332', 3: '1' }),
      person(2, { 0: '2023y', 4: sexOf(IDS[2] ?? '') === '男' ? '女' : '男' }),
    ]);
    const result = unwrap(await send(batchId, file));
    expect(result).toMatchObject({ total: 6, added: 0, imported: false });
    const found = result.errors.map(({ row, column }) => `${row} ${column}`);
    expect(found).toContain('2 SFZH');
    expect(found).toContain('3 XM');
    expect(found).toContain('4 SFZH');
    expect(found).toContain('5 SFZH');
    expect(found).toContain('6 CSRQ');
    expect(found).toContain('6 KSH');
    expect(found).toContain('7 XB');
    expect(result.errors.every(({ zh, en }) => zh && en)).toBe(true);
    expect(await count(batchId)).toBe(0);
  });

  test('a student number of somebody imported before', async () => {
    const batchId = await newBatch();
    unwrap(await send(batchId, await xlsx([HEADER, person(0)])));
    const result = unwrap(await send(batchId, await xlsx([HEADER, person(1, { 0: '20230001' })])));
    expect(result.errors).toMatchObject([{ row: 2, column: 'XH' }]);
    const swapped = [person(0, { 0: '20231001' }), person(1, { 0: '20230001' })];
    expect(unwrap(await send(batchId, await xlsx([HEADER, ...swapped])))).toMatchObject({
      added: 1,
      updated: 1,
      imported: true,
    });
  });

  test('what is no roster is refused with what to do', async () => {
    const batchId = await newBatch();
    const code = async (bytes: Uint8Array) => {
      const answer = await send(batchId, bytes);
      return answer.ok ? 'ok' : answer.error.code;
    };
    expect(await code(Buffer.from([0xff, 0xd8, 0x00, 0x01]))).toBe('roster.unreadable');
    expect(await code(Buffer.from('PK\x03\x04 and then nothing'))).toBe('roster.unreadable');
    expect(await code(Buffer.from('a,b\n1,2'))).toBe('roster.columnsMissing');
    expect(await code(Buffer.alloc(0))).not.toBe('ok');
    expect(await code((await xlsx([HEADER])).slice(0, 800))).toBe('roster.unreadable');
    const unknown = await send(randomUUID(), csv([HEADER]));
    expect(unknown).toMatchObject({ error: { code: 'request.notFound' } });
  });

  test('a university’s year comes in over many portions, and again unchanged', async () => {
    // The embedded database serves one small school.
    const people = kind === 'postgres' ? 4_000 : 1_000;
    const rows = Array.from({ length: people }, (_, i) => {
      const day = new Date(Date.UTC(1980, 0, 1 + (i % 8000))).toISOString().slice(0, 10);
      const first17 = `990000${day.replaceAll('-', '')}${String(Math.floor(i / 8000) + 1).padStart(3, '0')}`;
      return [
        `2023${String(i).padStart(6, '0')}`,
        '示例',
        withCheck(`${first17}0`),
        `软工${i % 40}`,
      ];
    });
    const batchId = await newBatch();
    const file = csv([['学号', '姓名', '证件号', '班级'], ...rows]);
    expect(unwrap(await send(batchId, file))).toMatchObject({ added: people, imported: true });
    expect(unwrap(await send(batchId, file))).toMatchObject({ unchanged: people });
    const query = { className: '软工7', pageSize: 100 };
    const list = unwrap(await admin.client.call('listRoster', { params: { batchId }, query }));
    expect(list).toMatchObject({ total: people / 40 });
    expect(list.classes.length).toBe(40);
  });

  test('a small archive that unpacks to gigabytes is refused without unpacking it', async () => {
    bomb ??= zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(200 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await send(await newBatch(), bomb)).toMatchObject({
      error: { code: 'roster.tooMuch' },
    });
  });
});

/** Packed once: it takes a second. */
let bomb: Buffer | undefined;

/** A zip with one entry that claims to unpack to one byte. */
function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const path = Buffer.from(name);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(1, 24);
  entry.writeUInt16LE(path.length, 28);
  const directory = Buffer.concat([entry, path]);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(1, 22);
  head.writeUInt16LE(path.length, 26);
  const start = Buffer.concat([head, path, packed]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(start.length, 16);
  return Buffer.concat([start, directory, end]);
}
