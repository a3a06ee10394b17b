import { createHash, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import * as XLSX from '@e965/xlsx';
import { ROUTES, routeUrl } from '@gradshot/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readDirectory } from '../src/adapters/roster-files/zip-directory.ts';
import type { School } from '../src/ports/schools/school-repository.ts';
import { addStaff, approve, claim, submitPhoto, type TestStaff } from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import { startTestServer, type TestServer, unwrap } from './support/test-server.ts';

const DAY = 86_400_000;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describeOnBothDatabases('publishing to 学信网', (db) => {
  let server: TestServer;
  let asker: TestStaff;
  let approver: TestStaff;
  let reviewer: TestStaff;
  beforeAll(async () => {
    server = await startTestServer(db());
  });
  /** A login lasts for hours, and these stories for weeks. */
  async function enterStaff() {
    asker = await addStaff(server, 'administrator');
    approver = await addStaff(server, 'administrator');
    reviewer = await addStaff(server, 'reviewer');
  }
  beforeEach(enterStaff);
  afterAll(() => server?.close());

  let seed = 1;
  async function approved(school: School) {
    seed += 1;
    const graduate = await submitPhoto(server, school, seed);
    unwrap(await approve(reviewer, await claim(reviewer)));
    return graduate;
  }
  type Graduate = Awaited<ReturnType<typeof approved>>;

  const selection = (school: School, naming = '{SFZH}') => ({ schoolCode: school.code, naming });
  const params = (exportId: string) => ({ params: { exportId } });

  function ask(school: School, more: object = {}) {
    const exportId = randomUUID();
    const body = { ...selection(school), ...more };
    return asker.client.call('askExport', { params: { exportId }, body });
  }

  const settled = async (exportId: string) => {
    for (;;) {
      const { batch, ...rest } = unwrap(await asker.client.call('getExport', params(exportId)));
      const applied = rest.receipts.every((receipt) => receipt.rows === receipt.applied);
      if (!['making', 'cancelling'].includes(batch.state) && applied) return { batch, ...rest };
      await setTimeout(5);
    }
  };

  async function made(school: School, more: object = {}) {
    const { exportId } = unwrap(await ask(school, more));
    unwrap(await approver.client.call('approveExport', params(exportId)));
    return settled(exportId);
  }

  const download = async (exportId: string, name: string) =>
    Buffer.from(unwrap(await asker.client.call('downloadExport', { params: { exportId, name } })));

  const receipt = (exportId: string, text: string, query: object = {}) =>
    asker.client.sendBytes('importReceipt', {
      ...params(exportId),
      query: { dryRun: 'false', ...query },
      bytes: Buffer.from(text),
    });

  const stateOf = async (graduate: Graduate) => (await graduate.order()).state;

  test('the whole way: asked, approved by another, made, downloaded, one taken and one refused', async () => {
    const school = await server.addSchool();
    const [first, second] = [await approved(school), await approved(school)];
    const preview = unwrap(
      await asker.client.call('previewExport', {
        body: { ...selection(school), maxPartMb: 1, maxPartPhotos: 1 },
      }),
    );
    expect(preview).toMatchObject({ count: 2, parts: 2, leftOut: [], doubled: 0 });

    const asked = unwrap(await ask(school, { maxPartPhotos: 1, note: '第一批' }));
    const { exportId } = asked;
    expect(asked).toMatchObject({ state: 'asked', note: '第一批', counts: { total: 2 } });
    expect(await stateOf(first)).toBe('collected');
    expect(await asker.client.call('approveExport', params(exportId))).toMatchObject({
      error: { code: 'staff.ownRequest' },
    });
    unwrap(await approver.client.call('approveExport', params(exportId)));
    const { batch, files } = await settled(exportId);
    expect(batch).toMatchObject({ state: 'made', counts: { publishing: 2 }, trouble: false });
    expect(await stateOf(first)).toBe('publishing');

    const number = batch.number;
    expect(files.map(({ name }) => name)).toEqual([
      `photos-${number}-1-of-2.zip`,
      `photos-${number}-2-of-2.zip`,
      `manifest-${number}.xlsx`,
      `manifest-${number}.csv`,
      `SHA256SUMS-${number}.txt`,
    ]);
    const bytes = new Map<string, Buffer>();
    for (const { name, sha256: digest } of files) {
      bytes.set(name, await download(exportId, name));
      expect(sha256(bytes.get(name) ?? Buffer.alloc(0))).toBe(digest);
    }
    const photos = [first, second];
    const stored = files.slice(0, 2).map(({ name }) => {
      const zip = bytes.get(name) ?? Buffer.alloc(0);
      const [entry] = readDirectory(zip).entries;
      if (!entry) throw new Error('an empty archive');
      const start = entry.start + 30 + entry.name.length;
      return { name: entry.name.toString(), photo: zip.subarray(start, start + entry.packed) };
    });
    for (const { holder, photo } of photos)
      expect(
        stored.find(({ name }) => name === `${holder.idNumber}.jpg`)?.photo.equals(photo.standard),
      ).toBe(true);
    const csv = bytes.get(`manifest-${number}.csv`)?.toString() ?? '';
    expect(csv.startsWith('\ufeff序号,文件名')).toBe(true);
    const book = XLSX.read(bytes.get(`manifest-${number}.xlsx`));
    const sheet = book.Sheets.清单;
    const rows = sheet ? XLSX.utils.sheet_to_json<Record<string, string>>(sheet) : [];
    expect(rows.map((row) => row.身份证号).sort()).toEqual(
      photos.map(({ holder }) => holder.idNumber).sort(),
    );
    expect(bytes.get(`SHA256SUMS-${number}.txt`)?.toString()).toContain(files[0]?.sha256);

    const text = `学信网回执\n文件名,结果,原因\n${first.holder.idNumber}.jpg,成功,\n${second.holder.idNumber}.jpg,不通过,人脸过小\nnobody.jpg,成功,\n`;
    const seen = unwrap(await receipt(exportId, text, { dryRun: 'true' }));
    expect(seen).toMatchObject({ accepted: 1, refused: 1, imported: false });
    expect(seen.rows).toEqual([{ row: 5, key: '***body', kind: 'unknown' }]);
    expect(await stateOf(first)).toBe('publishing');
    for (const again of [false, true])
      expect(unwrap(await receipt(exportId, text))).toMatchObject({ imported: true, again });
    await settled(exportId);

    expect(await first.order()).toMatchObject({ state: 'published', imageCheck: {} });
    const refused = await second.order();
    expect(refused).toMatchObject({
      state: 'rejected',
      reasons: [{ zh: '学信网未接收照片：人脸过小' }],
    });
    unwrap(await second.client.call('retakePhoto', { params: second.params }));
    await second.submit(900 + seed);
    unwrap(await approve(reviewer, await claim(reviewer)));
    expect(await stateOf(second)).toBe('collected');
    const payments = await server.environment.storage.payments.listOfOrder(second.orderId);
    expect(payments).toHaveLength(1);

    const next = await made(school);
    expect(next.batch.counts).toMatchObject({ total: 1, publishing: 1 });
    unwrap(await receipt(next.batch.exportId, `身份证号,结果\n${second.holder.idNumber},已接收\n`));
    await settled(next.batch.exportId);
    expect(await stateOf(second)).toBe('published');

    const { acts } = await settled(exportId);
    expect(acts.filter(({ act }) => act === 'download')).toHaveLength(files.length);
    expect(acts.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['ask', 'approve', 'make', 'receipt']),
    );
    expect(server.log.join('')).not.toContain(first.holder.idNumber);
  });

  test('files that were deleted in time are made again, the same byte for byte', async () => {
    const school = await server.addSchool();
    await approved(school);
    const { batch, files } = await made(school);
    const { exportId } = batch;
    const before = await download(exportId, files[0]?.name ?? '');
    server.advance(31 * DAY);
    await enterStaff();
    await server.services.exportFiles.deleteExpired(10);
    const gone = await asker.client.call('downloadExport', {
      params: { exportId, name: files[0]?.name ?? '' },
    });
    expect(gone).toMatchObject({ error: { code: 'publishing.filesGone' } });
    unwrap(await asker.client.call('askExportAgain', params(exportId)));
    expect(await asker.client.call('approveExport', params(exportId))).toMatchObject({
      error: { code: 'staff.ownRequest' },
    });
    unwrap(await approver.client.call('approveExport', params(exportId)));
    const again = await settled(exportId);
    expect(again.files).toEqual(files);
    expect((await download(exportId, files[0]?.name ?? '')).equals(before)).toBe(true);
  });

  test('a photo is in one batch; one that nobody downloaded is cancelled and gives its orders back', async () => {
    const school = await server.addSchool();
    const graduate = await approved(school);
    const { batch, files } = await made(school);
    const preview = { body: selection(school) };
    expect(unwrap(await asker.client.call('previewExport', preview))).toMatchObject({
      count: 0,
      leftOut: [],
    });
    expect(await ask(school)).toMatchObject({ error: { code: 'publishing.nothingToExport' } });
    const cancelling = { ...params(batch.exportId), body: { reason: '选错了学校' } };
    unwrap(await asker.client.call('cancelExport', cancelling));
    expect((await settled(batch.exportId)).batch).toMatchObject({ state: 'cancelled' });
    expect(await stateOf(graduate)).toBe('collected');
    const name = files[0]?.name ?? '';
    const late = { params: { exportId: batch.exportId, name } };
    expect(await asker.client.call('downloadExport', late)).toMatchObject({
      error: { code: 'publishing.wrongState' },
    });

    const second = await made(school);
    await download(second.batch.exportId, second.files[0]?.name ?? '');
    const tooLate = { ...params(second.batch.exportId), body: { reason: 'x' } };
    expect(await asker.client.call('cancelExport', tooLate)).toMatchObject({
      error: { code: 'publishing.downloaded' },
    });
  });

  test('a declined batch frees its photos; of two that want the same one the second gets nothing', async () => {
    const school = await server.addSchool();
    await approved(school);
    const both = await Promise.all([ask(school), ask(school)]);
    expect(both.filter((answer) => answer.ok)).toHaveLength(1);
    const asked = both.find((answer) => answer.ok);
    const exportId = asked?.ok ? asked.value.exportId : '';
    const decline = { ...params(exportId), body: { reason: '尚有照片待审' } };
    unwrap(await approver.client.call('declineExport', decline));
    expect(await ask(school)).toMatchObject({ ok: true });
  });

  test('names are refused where they are double, and left out with the field that is missing', async () => {
    const school = await server.addSchool();
    await approved(school);
    await approved(school);
    const wrong = { body: selection(school, '{XH}/{XM}') };
    expect(await asker.client.call('previewExport', wrong)).toMatchObject({
      error: { code: 'publishing.namingInvalid' },
    });
    const doubled = unwrap(
      await asker.client.call('previewExport', { body: selection(school, '{XM}') }),
    );
    expect(doubled).toMatchObject({ count: 2, doubled: 2, rows: [{}, {}] });
    expect(await ask(school, { naming: '{XM}' })).toMatchObject({
      error: { code: 'publishing.namesDoubled' },
    });
    const missing = unwrap(
      await asker.client.call('previewExport', { body: selection(school, '{XH}') }),
    );
    expect(missing).toMatchObject({ count: 0, leftOut: [{ why: 'fieldMissing', count: 2 }] });
    expect(missing.rows[0]?.zh).toContain('学号');
  });

  test('receipts: doubled and contradictory lines change nothing, the newer of two counts', async () => {
    const school = await server.addSchool();
    const [first, second, third] = [
      await approved(school),
      await approved(school),
      await approved(school),
    ];
    const { batch } = await made(school);
    const { exportId } = batch;
    const id = ({ holder }: Graduate) => holder.idNumber;
    const early = new Date(server.now().getTime() - 2 * DAY).toISOString();
    const text = [
      '证件号码,状态,原因',
      `${id(first)},通过,`,
      `${id(second)},通过,`,
      `${id(second)},失败,模糊`,
      `${id(third)},通过,`,
      `${id(third)},通过,`,
    ].join('\n');
    const told = unwrap(await receipt(exportId, text, { receivedAt: early }));
    expect(told.rows.map(({ kind }) => kind)).toEqual([
      'contradictory',
      'contradictory',
      'doubled',
      'doubled',
    ]);
    await settled(exportId);
    expect([await stateOf(first), await stateOf(second), await stateOf(third)]).toEqual([
      'published',
      'publishing',
      'publishing',
    ]);

    const refusing = `证件号码,状态,原因\n${id(first)},退回,比对不一致`;
    const older = new Date(server.now().getTime() - 3 * DAY).toISOString();
    const late = unwrap(await receipt(exportId, refusing, { receivedAt: older }));
    expect(late.rows).toMatchObject([{ kind: 'older' }]);
    await settled(exportId);
    expect(await stateOf(first)).toBe('published');

    const newer = unwrap(await receipt(exportId, `${refusing}\n`));
    expect(newer).toMatchObject({ refused: 1, rows: [{ kind: 'changed' }] });
    await settled(exportId);
    expect(await first.order()).toMatchObject({ state: 'rejected' });
    expect((await first.order()).imageCheck).toBeUndefined();
  });

  test('图像校对: told once about thirty days after 已上网, and what is answered is recorded', async () => {
    const school = await server.addSchool();
    const graduate = await approved(school);
    const { batch } = await made(school);
    const { exportId } = batch;
    const body = { answer: 'differs', note: '照片偏暗' } as const;
    const early = await asker.client.call('recordImageCheck', { params: graduate.params, body });
    expect(early).toMatchObject({ error: { code: 'publishing.notPublished' } });
    unwrap(await receipt(exportId, `证件号码,结果\n${graduate.holder.idNumber},成功`));
    await settled(exportId);
    const { storage } = server.environment;
    const reminded = async () => (await storage.imageChecks.find(graduate.orderId))?.remindedAt;
    server.advance(29 * DAY);
    await server.services.imageChecks.remindDue(100);
    expect(await reminded()).toBeNull();
    server.advance(1.1 * DAY);
    await server.services.imageChecks.remindDue(100);
    const at = await reminded();
    expect(at).toBeInstanceOf(Date);
    server.advance(DAY);
    await server.services.imageChecks.remindDue(100);
    expect(await reminded()).toEqual(at);
    await enterStaff();
    unwrap(await asker.client.call('recordImageCheck', { params: graduate.params, body }));
    const seen = unwrap(await asker.client.call('getConsoleOrder', { params: graduate.params }));
    expect(seen).toMatchObject({
      order: { imageCheck: { answer: 'differs' } },
      imageCheckNote: '照片偏暗',
    });
    const row = await storage.imageChecks.find(graduate.orderId);
    expect(Buffer.from(row?.noteSealed ?? []).toString()).not.toContain('偏暗');
  });

  describe('撤销通过', () => {
    const wish = (goal: 'review' | 'retake') => ({ reason: '眼镜反光，误判为通过', goal });
    const askFor = (graduate: Graduate, goal: 'review' | 'retake') =>
      reviewer.client.call('askApprovalWithdrawal', {
        params: graduate.params,
        body: wish(goal),
      });
    const decide = (staff: TestStaff, graduate: Graduate, withdrawalId: string, yes = true) =>
      staff.client.call('decideApprovalWithdrawal', {
        params: { ...graduate.params, withdrawalId },
        body: { approve: yes },
      });

    test('two people send a photo back to the graduate, who reads why', async () => {
      const school = await server.addSchool();
      const graduate = await approved(school);
      const { withdrawalId } = unwrap(await askFor(graduate, 'retake'));
      expect(await askFor(graduate, 'review')).toMatchObject({
        error: { code: 'approval.withdrawalAsked' },
      });
      const preview = unwrap(await asker.client.call('previewExport', { body: selection(school) }));
      expect(preview.leftOut).toEqual([{ why: 'withdrawing', count: 1 }]);
      for (const _ of ['first', 'again']) unwrap(await decide(approver, graduate, withdrawalId));
      expect(await graduate.order()).toMatchObject({
        state: 'rejected',
        reasons: [{ code: 'withdrawn', zh: '眼镜反光，误判为通过' }],
      });
      expect(await decide(asker, graduate, withdrawalId, false)).toMatchObject({
        error: { code: 'approval.notAsked' },
      });
    });

    test('or to the reviewers, before whom it comes again', async () => {
      const school = await server.addSchool();
      const graduate = await approved(school);
      const chief = await addStaff(server, 'administrator');
      const asked = unwrap(
        await chief.client.call('askApprovalWithdrawal', {
          params: graduate.params,
          body: wish('review'),
        }),
      );
      expect(await decide(chief, graduate, asked.withdrawalId)).toMatchObject({
        error: { code: 'staff.ownRequest' },
      });
      unwrap(await decide(approver, graduate, asked.withdrawalId));
      expect(await graduate.order()).toMatchObject({ state: 'underReview' });
      const item = await claim(reviewer);
      expect(item.order.orderId).toBe(graduate.orderId);
      unwrap(await approve(reviewer, item));
      expect(await stateOf(graduate)).toBe('collected');
    });

    test('not of a photo in an open batch, whose number is said', async () => {
      const school = await server.addSchool();
      const graduate = await approved(school);
      const { number } = unwrap(await ask(school));
      expect(await askFor(graduate, 'review')).toMatchObject({
        error: { code: 'publishing.inOpenBatch', details: { batch: number } },
      });
    });
  });

  test('nobody but administrators asks, approves or downloads', async () => {
    const school = await server.addSchool();
    await approved(school);
    const { batch, files } = await made(school);
    const { exportId } = batch;
    const name = files[0]?.name ?? '';
    const forbidden = { error: { code: 'auth.forbidden' } };
    const { client } = reviewer;
    expect(await client.call('downloadExport', { params: { exportId, name } })).toMatchObject(
      forbidden,
    );
    expect(await client.call('getExport', params(exportId))).toMatchObject(forbidden);
    const url = routeUrl(server.url, ROUTES.downloadExport, { params: { exportId, name } });
    const answer = await fetch(url, { headers: { authorization: asker.authorization } });
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
    await answer.arrayBuffer();
  });
});
