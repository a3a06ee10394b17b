import { randomUUID } from 'node:crypto';
import * as XLSX from '@e965/xlsx';
import { CONSOLE_ROUTES, createTableClient, type RosterDraft } from '@gradshot/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addStaff, type TestStaff } from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import { HEADER, IDS, person, type Row } from './support/roster-people.ts';
import { enterGraduate, startTestServer, type TestServer, unwrap } from './support/test-server.ts';

const change = (row: Row, changes: Readonly<Record<number, string>>): Row =>
  row.map((cell, place) => changes[place] ?? cell);
const WRONG_ID = `${IDS[1]?.slice(0, 17)}${IDS[1]?.endsWith('1') ? '2' : '1'}`;

function workbook(sheets: Readonly<Record<string, readonly Row[]>>): Uint8Array {
  const book = XLSX.utils.book_new();
  for (const [name, rows] of Object.entries(sheets))
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows.map((row) => [...row])), name);
  return new Uint8Array(XLSX.write(book, { type: 'buffer' }));
}

describeOnBothDatabases('a roster in steps', (db) => {
  let server: TestServer;
  let admin: TestStaff;
  beforeAll(async () => {
    server = await startTestServer(db());
    admin = await addStaff(server, 'administrator');
  });
  afterAll(() => server?.close());

  const drafts = () => server.services.rosterDrafts;
  const call = () => admin.client;
  const bytesClient = () =>
    createTableClient(CONSOLE_ROUTES, {
      ...{ baseUrl: server.url, fetch },
      authorization: admin.authorization,
    });

  async function newSchool() {
    const school = await server.addSchool();
    const batchId = await newBatch(school.code);
    return { school, batchId };
  }

  async function newBatch(schoolCode: string): Promise<string> {
    const batchId = randomUUID();
    const body = {
      schoolCode,
      name: '2027 届',
      priceFen: 2500,
      profileId: 'chsi-480x640',
      closesAt: null,
    };
    const opensAt = new Date(server.now().getTime() - 1000).toISOString();
    unwrap(await call().call('saveBatch', { params: { batchId }, body: { ...body, opensAt } }));
    return batchId;
  }

  async function uploaded(batchId: string, bytes: Uint8Array): Promise<RosterDraft> {
    const input = { params: { batchId }, query: { fileName: '名单.xlsx' }, bytes };
    const { draftId } = unwrap(await bytesClient().sendBytes('uploadRoster', input));
    return settled(draftId);
  }

  async function settled(draftId: string): Promise<RosterDraft> {
    await drafts().settled(draftId);
    return unwrap(await call().call('getRosterDraft', { params: { draftId } }));
  }

  async function imported(batchId: string, rows: readonly Row[]): Promise<RosterDraft> {
    const { draftId } = await uploaded(batchId, workbook({ 名单: [HEADER, ...rows] }));
    unwrap(await call().call('importRosterDraft', { params: { draftId } }));
    return settled(draftId);
  }

  const rowsOf = async (draftId: string, kind: 'good' | 'bad' | 'aside') =>
    unwrap(await call().call('listRosterDraftRows', { params: { draftId }, query: { kind } }));
  const edit = async (
    draftId: string,
    ...edits: { at: number; fields?: object; leftOut?: boolean }[]
  ) => {
    unwrap(await call().call('editRosterDraft', { params: { draftId }, body: { edits } }));
    return settled(draftId);
  };
  const studentNumbers = async (batchId: string) =>
    unwrap(await call().call('listRoster', { params: { batchId }, query: { pageSize: 100 } }))
      .people.map(({ studentNumber }) => studentNumber)
      .sort();
  const historyOf = async (batchId: string) =>
    unwrap(await call().call('listRosterImports', { params: { batchId } })).imports;
  const undo = (importId = '') => call().call('undoRosterImport', { params: { importId } });

  test('is read, mended in place, imported without its bad rows, and these are downloaded and come in', async () => {
    const { batchId } = await newSchool();
    const file = workbook({
      一班: [['2027 届'], HEADER, person(0), change(person(1), { 2: WRONG_ID }), ['合计', '2']],
      二班: [HEADER, person(2), change(person(3), { 1: '' }), person(0)],
    });
    const draft = await uploaded(batchId, file);
    const { draftId } = draft;
    expect(draft).toMatchObject({ state: 'ready', fileName: '名单.xlsx' });
    expect(draft.counts).toMatchObject({ good: 2, bad: 2, aside: 5, added: 2 });
    expect((await rowsOf(draftId, 'aside')).rows.map(({ reason }) => reason)).toEqual([
      ...['aboveHeader', 'header', 'tail', 'header', 'repeated'],
    ]);
    const good = (await rowsOf(draftId, 'good')).rows;
    expect(JSON.stringify(good)).not.toContain(IDS[0]);
    const [wrong, nameless] = (await rowsOf(draftId, 'bad')).rows;
    expect(wrong).toMatchObject({ sheet: '一班', row: 4, fields: { SFZH: WRONG_ID } });
    // At rest nothing of it can be read.
    const kept = await db().selectFrom('rosterDraftPortions').selectAll().execute();
    const about = await db().selectFrom('rosterDrafts').selectAll().execute();
    for (const secret of [IDS[0], '学生甲', '名单.xlsx'])
      for (const { sealed } of [...kept, ...about])
        expect(Buffer.from(sealed).includes(secret ?? '')).toBe(false);

    const mended = await edit(draftId, { at: wrong?.at ?? 0, fields: { SFZH: IDS[1] } });
    expect(mended.counts).toMatchObject({ good: 3, bad: 1 });
    unwrap(await call().call('importRosterDraft', { params: { draftId } }));
    expect(await settled(draftId)).toMatchObject({ state: 'imported', done: 3 });
    expect(await studentNumbers(batchId)).toEqual(['20230001', '20231001', '20232001']);
    expect(await historyOf(batchId)).toMatchObject([
      { fileName: '名单.xlsx', added: 3, changed: 0, bad: 1, aside: 5, state: 'done' },
    ]);

    const bad = unwrap(await call().call('downloadBadRows', { params: { draftId } }));
    const book = XLSX.read(bad);
    const lines = XLSX.utils.sheet_to_json<string[]>(book.Sheets.二班 ?? {}, { header: 1 });
    expect(book.SheetNames).toEqual(['二班']);
    expect(lines[0]).toEqual([...HEADER, '需要改正的地方']);
    expect(lines[1]?.at(-1)).toBe('XM：不能为空');
    expect(nameless?.faults).toMatchObject([{ column: 'XM' }]);
    const again = await uploaded(
      batchId,
      workbook({ 二班: [lines[0] ?? [], change(lines[1] ?? [], { 1: '学生丁' })] }),
    );
    expect(again.counts).toMatchObject({ good: 1, bad: 0, added: 1 });
    const { acts } = unwrap(await call().call('listRosterLog', { params: { batchId } }));
    expect(acts.map(({ act, count }) => [act, count])).toEqual([
      ['exportBadRows', 1],
      ['importRoster', 3],
    ]);
  });

  test('the same file twice changes nothing, and an import asked for twice is one', async () => {
    const { batchId } = await newSchool();
    await imported(batchId, [person(0), person(1)]);
    const again = await uploaded(batchId, workbook({ 名单: [HEADER, person(0), person(1)] }));
    expect(again.counts).toMatchObject({ good: 2, added: 0, changed: 0, unchanged: 2 });
    const { draftId } = again;
    unwrap(await call().call('importRosterDraft', { params: { draftId } }));
    const first = await settled(draftId);
    unwrap(await call().call('importRosterDraft', { params: { draftId } }));
    expect((await settled(draftId)).importId).toBe(first.importId);
    expect(await historyOf(batchId)).toMatchObject([{ added: 0, unchanged: 2 }, { added: 2 }]);
  });

  test('columns are named by hand, and the school’s next file is read so by itself', async () => {
    const { school, batchId } = await newSchool();
    const odd: Row = ['人员编号', '称呼', '身份信息', ...HEADER.slice(3)];
    const draft = await uploaded(batchId, workbook({ 名单: [odd, person(0)] }));
    expect(draft.counts).toMatchObject({ good: 0, aside: 2 });
    const [sheet] = draft.sheets;
    if (!sheet) throw new Error('no sheet');
    expect(sheet.missing).toEqual(['XH', 'XM', 'SFZH']);
    expect(sheet.columns[2]?.samples[0]).not.toContain(IDS[0]);
    const columns = [...sheet.plan.columns];
    columns.splice(0, 3, 'XH', 'XM', 'SFZH');
    const plans = [{ ...sheet.plan, used: true, columns }];
    const params = { draftId: draft.draftId };
    unwrap(await call().call('planRosterDraft', { params, body: { plans } }));
    expect((await settled(draft.draftId)).counts).toMatchObject({ good: 1, bad: 0 });
    const next = await uploaded(
      await newBatch(school.code),
      workbook({ 名单: [odd, person(1), person(2)] }),
    );
    expect(next.counts).toMatchObject({ good: 2 });
    const others = await newSchool();
    const elsewhere = await uploaded(others.batchId, workbook({ 名单: [odd, person(1)] }));
    expect(elsewhere.counts).toMatchObject({ good: 0 });
  });

  test('students who exchange their numbers, over files and portions', async () => {
    const { batchId } = await newSchool();
    await imported(batchId, [person(0), person(1)]);
    const swapped = [change(person(0), { 0: '20231001' }), change(person(1), { 0: '20230001' })];
    const { importId } = await imported(batchId, swapped);
    expect((await historyOf(batchId))[0]).toMatchObject({ changed: 2, refused: 0 });
    expect(unwrap(await undo(importId))).toMatchObject({ restored: 2, kept: 0 });
    const back = await uploaded(batchId, workbook({ 名单: [HEADER, person(0), person(1)] }));
    expect(back.counts).toMatchObject({ unchanged: 2 });
    const taken = await uploaded(
      batchId,
      workbook({ 名单: [HEADER, change(person(2), { 0: '20230001' })] }),
    );
    expect(taken.counts).toMatchObject({ good: 0, bad: 1 });
    expect(taken.sheets[0]).toMatchObject({ good: 0, bad: 1 });
    expect((await rowsOf(taken.draftId, 'bad')).rows[0]?.faults).toMatchObject([{ column: 'XH' }]);
  });

  test('an import is undone but for those who have an order or were changed since', async () => {
    const { school, batchId } = await newSchool();
    await imported(batchId, [change(person(0), { 1: '旧名' })]);
    const { importId } = await imported(batchId, [0, 1, 2, 3].map(person));
    await imported(batchId, [change(person(3), { 1: '又改名' })]);
    await enterGraduate(server, school, { idNumber: IDS[1] ?? '', name: '学生乙' });
    const undone = unwrap(await undo(importId));
    expect(undone).toMatchObject({ removed: 1, restored: 1, kept: 2 });
    expect(
      undone.people.map(({ studentNumber, reason }) => [studentNumber, reason]).sort(),
    ).toEqual([
      ['20231001', 'order'],
      ['20233001', 'changed'],
    ]);
    expect(await studentNumbers(batchId)).toEqual(['20230001', '20231001', '20233001']);
    expect(unwrap(await undo(importId))).toMatchObject({ removed: 0, kept: 2 });
    const old = await uploaded(
      batchId,
      workbook({ 名单: [HEADER, change(person(0), { 1: '旧名' })] }),
    );
    expect(old.counts).toMatchObject({ unchanged: 1 });
    expect((await historyOf(batchId))[1]).toMatchObject({ state: 'undone', kept: 2 });
    expect(await undo(randomUUID())).toMatchObject({ error: { code: 'request.notFound' } });
  });

  test('people are removed and moved; whoever has an order or is there already stays', async () => {
    const { school, batchId } = await newSchool();
    await imported(batchId, [0, 1, 2, 3].map(person));
    const other = await newBatch(school.code);
    await imported(other, [person(2)]);
    const params = { batchId };
    const list = unwrap(await call().call('listRoster', { params, query: {} })).people;
    await enterGraduate(server, school, { idNumber: IDS[1] ?? '' });
    const ids = (...numbers: number[]) =>
      numbers.map((i) => list.find((one) => one.studentNumber === `2023${i}001`)?.entryId ?? '');
    const body = { entryIds: ids(1, 2, 3), toBatchId: other };
    const moved = unwrap(await call().call('moveInRoster', { params, body }));
    expect(moved.people.map(({ reason }) => reason).sort()).toEqual(['order', 'there']);
    expect(await studentNumbers(other)).toEqual(['20232001', '20233001']);
    const removed = unwrap(
      await call().call('removeFromRoster', { params, body: { entryIds: ids(0, 1) } }),
    );
    expect(removed).toMatchObject({ done: 1, people: [{ studentNumber: '20231001' }] });
    expect(await studentNumbers(batchId)).toEqual(['20231001', '20232001']);
    const foreign = await newSchool();
    const away = { entryIds: ids(2), toBatchId: foreign.batchId };
    expect(await call().call('moveInRoster', { params, body: away })).toMatchObject({
      error: { code: 'roster.otherSchool' },
    });
    const { acts } = unwrap(await call().call('listRosterLog', { params }));
    expect(acts.slice(0, 2).map(({ act }) => act)).toEqual(['removePeople', 'movePeople']);
  });

  test('a row that contradicts another is left out by hand, and what is cancelled is gone', async () => {
    const { batchId } = await newSchool();
    const file = workbook({ 名单: [HEADER, person(0), change(person(0), { 1: '改名' })] });
    const { draftId } = await uploaded(batchId, file);
    const { rows } = await rowsOf(draftId, 'bad');
    expect(rows.length).toBe(2);
    const mended = await edit(draftId, { at: rows[1]?.at ?? 0, leftOut: true });
    expect(mended.counts).toMatchObject({ good: 1, bad: 0, aside: 2 });
    unwrap(await call().call('cancelRosterDraft', { params: { draftId } }));
    expect((await settled(draftId)).state).toBe('cancelled');
    expect(await call().call('importRosterDraft', { params: { draftId } })).toMatchObject({
      error: { code: 'roster.draftBusy' },
    });
    expect(await studentNumbers(batchId)).toEqual([]);
    server.advance(25 * 3_600_000);
    await drafts().keepUp();
    expect(await call().call('getRosterDraft', { params: { draftId } })).toMatchObject({
      error: { code: 'auth.required' },
    });
    admin = await addStaff(server, 'administrator');
    expect(await call().call('getRosterDraft', { params: { draftId } })).toMatchObject({
      error: { code: 'roster.draftGone' },
    });
    expect(
      await db().selectFrom('rosterDrafts').select('id').where('id', '=', draftId).execute(),
    ).toEqual([]);
  });

  test('a server that was killed while it imported goes on, and one that was to cancel takes back', async () => {
    const { batchId } = await newSchool();
    const people = [0, 1, 2].map(person);
    const left = async (state: 'importing' | 'cancelling' | 'reading') => {
      const { draftId, importId } = await imported(batchId, people);
      await db()
        .updateTable('rosterDrafts')
        .set({ state, heldUntil: new Date(server.now().getTime() - 1) })
        .where('id', '=', draftId)
        .execute();
      if (importId)
        await db()
          .updateTable('rosterImports')
          .set({ state: 'running' })
          .where('id', '=', importId)
          .execute();
      await drafts().keepUp();
      return settled(draftId);
    };
    expect(await left('importing')).toMatchObject({ state: 'imported' });
    expect((await historyOf(batchId))[0]).toMatchObject({ added: 3, state: 'done' });
    await undo((await historyOf(batchId))[0]?.importId);
    expect(await left('cancelling')).toMatchObject({ state: 'cancelled' });
    expect(await studentNumbers(batchId)).toEqual([]);
    expect(await left('reading')).toMatchObject({ state: 'ready' });
  });

  test('what cannot be read says why', async () => {
    const { batchId } = await newSchool();
    const draft = await uploaded(batchId, Buffer.from('PK\x03\x04 and nothing'));
    expect(draft).toMatchObject({
      state: 'failed',
      failure: { zh: expect.stringContaining('无法读取') },
    });
  });
});
