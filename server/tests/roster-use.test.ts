import { randomUUID } from 'node:crypto';
import { CONSOLE_ROUTES, createTableClient, type RosterPhotosResult } from '@gradshot/contract';
import { dayInBeijing, type Result } from '@gradshot/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SEARCHES_AGE_MS } from '../src/housekeeping.ts';
import { addStaff, approve, claim, type TestStaff } from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import { makeJpeg, makePhoto, sha256 } from './support/pictures.ts';
import { enterPaid, startTestServer, type TestServer, unwrap } from './support/test-server.ts';
import { makeZip, type ZipFile } from './support/zip.ts';

/** Hong Kong style: as the gateway writes it, and as a school may. */
const GATEWAY_ID = 'A123456(7)';
const ROSTER_ID = 'A1234567';
const MAINLAND = ['110101200403070017', '110101200403070025', '110101200403070033'].map(withCheck);

function withCheck(id: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(id[i]), 0);
  return `${id.slice(0, 17)}${'10X98765432'[sum % 11]}`;
}

const ROSTER = [
  '学号,姓名,证件号,考生号,学院,专业,班级',
  `2023001,张示例,${MAINLAND[0]},23110101000001,计算机学院,软件工程,软工2301`,
  `2023002,李示例,${MAINLAND[1]},23110101000002,计算机学院,软件工程,软工2302`,
  `2023003,=王示例,${MAINLAND[2]},23110101000003,文学院,新闻学,新闻2301`,
  `2023004,陈示例,${ROSTER_ID},,国际学院,工商管理,工商2301`,
].join('\r\n');

describeOnBothDatabases('a roster in use', (db) => {
  let server: TestServer;
  let admin: TestStaff;
  let reviewer: TestStaff;
  beforeAll(async () => {
    server = await startTestServer(db());
    admin = await addStaff(server, 'administrator');
    reviewer = await addStaff(server, 'reviewer');
  });
  afterAll(() => server?.close());

  const bytesClient = () =>
    createTableClient(CONSOLE_ROUTES, {
      baseUrl: server.url,
      fetch,
      authorization: admin.authorization,
    });

  async function newRoster() {
    const school = await server.addSchool();
    const { batches } = unwrap(await admin.client.call('listBatches'));
    const batchId = batches.find(({ schoolCode }) => schoolCode === school.code)?.batchId ?? '';
    const bytes = Buffer.from(ROSTER);
    const input = { params: { batchId }, query: { dryRun: 'false' as const }, bytes };
    expect(unwrap(await bytesClient().sendBytes('importRoster', input))).toMatchObject({
      added: 4,
      imported: true,
    });
    return { school, batchId };
  }

  test('is searched by the stations of its own school, masked and written down', async () => {
    const { school } = await newRoster();
    const elsewhere = await server.addSchool();
    const station = await server.addStation(school);
    const client = server.client(station.authorization);
    const search = async (text: string, of = client) =>
      unwrap(await of.call('searchStationRoster', { body: { text } }));
    const person = {
      personId: expect.any(String),
      maskedName: '张*例',
      studentNumberEnd: '3001',
      college: '计算机学院',
      className: '软工2301',
    };
    for (const text of ['2023001', '23110101000001', '张示例', ' 张示 ']) {
      const { people, more } = await search(text);
      expect([people, more], text).toEqual([[{ entryId: expect.any(String), ...person }], false]);
    }
    for (const text of ['202300', '示例', '张示例子', '%%', MAINLAND[0] ?? ''])
      expect((await search(text)).people, text).toEqual([]);
    const other = server.client((await server.addStation(elsewhere)).authorization);
    expect((await search('2023001', other)).people).toEqual([]);
    const tooShort = await client.call('searchStationRoster', { body: { text: ' 张 ' } });
    expect(tooShort).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    const written = await db().selectFrom('rosterSearches').selectAll().execute();
    expect(written.filter(({ found }) => found === 1)).toHaveLength(4);
    expect(JSON.stringify(written)).not.toMatch(/张|2023001/);
  });

  test('is opened class by class at its own stations, with how far each one is', async () => {
    const { school, batchId } = await newRoster();
    const { orderId } = await enterPaid(server, school, { idNumber: MAINLAND[0] ?? '' });
    const station = await server.addStation(school);
    const client = server.client(station.authorization);
    const { classes } = unwrap(await client.call('listStationClasses'));
    const batchName = '2027 届';
    expect(classes).toEqual(
      [
        { batchId, batchName, college: '国际学院', className: '工商2301', people: 1 },
        { batchId, batchName, college: '文学院', className: '新闻2301', people: 1 },
        { batchId, batchName, college: '计算机学院', className: '软工2301', people: 1 },
        { batchId, batchName, college: '计算机学院', className: '软工2302', people: 1 },
      ].sort((a, b) => (a.college < b.college ? -1 : 1)),
    );
    const wanted = { batchId, college: '计算机学院', className: '软工2301' };
    const opened = unwrap(await client.call('openStationClass', { body: wanted }));
    const [found] = unwrap(
      await client.call('searchStationRoster', { body: { text: '2023001' } }),
    ).people;
    expect(opened).toEqual({
      people: [
        {
          ...{ entryId: found?.entryId, personId: found?.personId, maskedName: '张*例' },
          studentNumberEnd: '3001',
          order: { orderId, state: 'pendingCapture' },
        },
      ],
      more: false,
    });
    const nobody = { error: { code: 'request.notFound' } };
    const another = { ...wanted, className: '软工2399' };
    expect(await client.call('openStationClass', { body: another })).toMatchObject(nobody);
    const elsewhere = server.client(
      (await server.addStation(await server.addSchool())).authorization,
    );
    expect(unwrap(await elsewhere.call('listStationClasses')).classes).toEqual([]);
    expect(await elsewhere.call('openStationClass', { body: wanted })).toMatchObject(nobody);

    const looks = async () => {
      const params = { stationId: station.stationId };
      return unwrap(await admin.client.call('getStationRecord', { params })).rosterLooks;
    };
    const day = dayInBeijing(server.now());
    expect(await looks()).toEqual([
      { day, searchedBy: 'class', searches: 1, found: 1 },
      { day, searchedBy: 'number', searches: 1, found: 1 },
    ]);
    const { rosters } = server.environment.storage;
    await rosters.deleteSearches(new Date(server.now().getTime() - SEARCHES_AGE_MS));
    expect(await looks()).toHaveLength(2);
    await rosters.deleteSearches(new Date(server.now().getTime() + 1000));
    expect(await looks()).toEqual([]);
  });

  test('tells a station whether a code is that of who was found', async () => {
    const { school } = await newRoster();
    const client = server.client((await server.addStation(school)).authorization);
    const find = async (text: string) =>
      unwrap(await client.call('searchStationRoster', { body: { text } })).people[0]?.entryId ?? '';
    const { payload } = server.addCode(school, { idNumber: GATEWAY_ID });
    const { ticket } = unwrap(await client.call('resolveCode', { body: { payload } }));
    const confirm = async (entryId: string, of = client) =>
      of.call('confirmRosterPerson', { body: { ticket, entryId } });
    expect(await confirm(await find('2023004'))).toEqual({ ok: true, value: { same: true } });
    expect(await confirm(await find('2023003'))).toEqual({ ok: true, value: { same: false } });
    expect(await confirm(randomUUID())).toEqual({ ok: true, value: { same: false } });
    const other = server.client((await server.addStation(school)).authorization);
    expect(await confirm(await find('2023004'), other)).toMatchObject({
      error: { code: 'eligibility.ticketExpired' },
    });
  });

  function sendPhotos(
    batchId: string,
    files: readonly ZipFile[] | Buffer,
    dryRun = false,
  ): Promise<Result<RosterPhotosResult>> {
    const bytes = Buffer.isBuffer(files) ? files : makeZip(files);
    const query = { dryRun: dryRun ? ('true' as const) : ('false' as const) };
    return bytesClient().sendBytes('importRosterPhotos', { params: { batchId }, query, bytes });
  }

  const portrait = (seed: number) => makeJpeg({ width: 150, height: 210, seed });

  /** A graduate of that ID number whose photo waits for a reviewer. */
  async function submitted(school: Awaited<ReturnType<typeof server.addSchool>>, id: string) {
    const graduate = await enterPaid(server, school, { idNumber: id });
    const client = server.client(graduate.authorization);
    const params = { orderId: graduate.orderId };
    const photoId = randomUUID();
    const photo = await makePhoto(Math.floor(Math.random() * 1e6));
    unwrap(await (await server.stationOf(school)).deliverPhoto({ ...params, photoId, ...photo }));
    unwrap(await client.call('handInPhoto', { params, body: { photoId } }));
    await server.environment.jobs.stop();
    return { ...graduate, photoId, photo };
  }

  test('pictures are matched by 学号 and 考生号; each that does not fit is named', async () => {
    const { batchId } = await newRoster();
    const [one, two, three] = [await portrait(1), await portrait(2), await portrait(3)];
    const files: ZipFile[] = [
      { name: '2027届照片/2023001.jpg', bytes: one },
      { name: '2027届照片/23110101000002_李.JPG', bytes: two },
      { name: '2023001-2.jpg', bytes: three },
      { name: '9999.jpg', bytes: three },
      { name: '2023003.jpg', bytes: Buffer.from('not a picture at all') },
      { name: '2023004.jpg', bytes: await makeJpeg({ width: 60, height: 80 }) },
      { name: '__MACOSX/._2023001.jpg', bytes: Buffer.from('x') },
      { name: 'Thumbs.db', bytes: Buffer.from('x') },
    ];
    const checked = unwrap(await sendPhotos(batchId, files, true));
    expect(checked).toMatchObject({ total: 6, added: 2, imported: false, withPhoto: 2, people: 4 });
    expect(checked.errors.map(({ file }) => file)).toEqual([
      '2023001-2.jpg',
      '9999.jpg',
      '2023003.jpg',
      '2023004.jpg',
    ]);
    const photos = () => server.environment.storage.rosters.photosOf(batchId);
    expect(await photos()).toEqual([]);
    expect(unwrap(await sendPhotos(batchId, files))).toMatchObject({ added: 2, imported: true });
    expect((await photos()).length).toBe(2);
    expect(unwrap(await sendPhotos(batchId, files))).toMatchObject({ added: 0, unchanged: 2 });
    const other = [{ name: '2023001.jpg', bytes: three }];
    expect(unwrap(await sendPhotos(batchId, other))).toMatchObject({ replaced: 1, withPhoto: 2 });
  });

  test('a number in the name is enough, a name alone is not, and a wrong name is told', async () => {
    const { batchId } = await newRoster();
    const bytes = await portrait(1);
    const names = [
      ...['软工2301班/张示例-2023001.jpg', '2023002李示例.jpg', `${ROSTER_ID}.png`],
      ...['王示例.jpg', '赵四-2023003.jpg', '2023001_2023002.jpg'],
    ];
    const result = unwrap(
      await sendPhotos(
        batchId,
        names.map((name) => ({ name, bytes })),
        true,
      ),
    );
    expect(result.added).toBe(3);
    expect(result.errors.map(({ zh }) => zh)).toEqual([
      expect.stringContaining('只凭姓名'),
      expect.stringContaining('姓名与名单'),
      expect.stringContaining('两个人的号码'),
    ]);
  });

  test('two pictures for one person: the second is named with the first', async () => {
    const { batchId } = await newRoster();
    const files = [
      { name: '2023001.jpg', bytes: await portrait(1) },
      { name: '23110101000001.jpg', bytes: await portrait(2) },
    ];
    const result = unwrap(await sendPhotos(batchId, files));
    expect(result).toMatchObject({ added: 1 });
    expect(result.errors).toMatchObject([{ file: '23110101000001.jpg' }]);
    expect(result.errors[0]?.zh).toContain('2023001.jpg');
  });

  test('archives with a password, damaged ones, bombs and what is none', async () => {
    const { batchId } = await newRoster();
    const locked = [{ name: '2023001.jpg', bytes: await portrait(1), flags: 0x801 }];
    expect(unwrap(await sendPhotos(batchId, locked)).errors[0]?.zh).toContain('密码');
    const bomb = [{ name: '2023001.jpg', bytes: Buffer.alloc(40 * 1024 * 1024) }];
    expect(unwrap(await sendPhotos(batchId, bomb)).errors[0]?.zh).toContain('8 MB');
    const unreadable = { error: { code: 'roster.archiveUnreadable' } };
    expect(await sendPhotos(batchId, Buffer.from('no archive'))).toMatchObject(unreadable);
    const whole = makeZip([{ name: '2023001.jpg', bytes: await portrait(1) }]);
    expect(await sendPhotos(batchId, whole.subarray(0, 300))).toMatchObject(unreadable);
    const hidden = Buffer.concat([Buffer.alloc(100), whole]);
    expect(await sendPhotos(batchId, hidden)).toMatchObject(unreadable);
    const gbkFolder = Buffer.concat([
      Buffer.from([0xd5, 0xd5, 0xc6, 0xac]),
      Buffer.from('/2023002.jpg'),
    ]);
    const fromWindows = [{ name: gbkFolder, bytes: await portrait(4) }];
    expect(unwrap(await sendPhotos(batchId, fromWindows))).toMatchObject({ added: 1, errors: [] });
  });

  test('the reviewer sees class, reference photo and advice; the look is logged', async () => {
    const { school, batchId } = await newRoster();
    const reference = await portrait(7);
    unwrap(await sendPhotos(batchId, [{ name: '2023004.jpg', bytes: reference }]));
    const order = await submitted(school, GATEWAY_ID);
    const item = await claim(reviewer);
    expect(item.roster).toEqual({
      college: '国际学院',
      major: '工商管理',
      className: '工商2301',
    });
    expect(item).toMatchObject({
      hasReference: true,
      identity: { band: 'unclear', model: 'test' },
    });
    expect(item.identity?.warning.zh).toContain('参考');
    const params = { orderId: order.orderId, photoId: item.photoId, kind: 'reference' as const };
    const shown = unwrap(await reviewer.client.call('getConsolePhoto', { params }));
    expect(Buffer.from(shown).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    const detail = unwrap(
      await admin.client.call('getConsoleOrder', { params: { orderId: order.orderId } }),
    );
    expect(detail.accesses[0]).toMatchObject({ what: 'viewReference' });
    expect(detail.order.state).toBe('underReview');
    unwrap(await approve(reviewer, item));
  });

  test('advice comes also when the reference photo comes later; another photo is compared anew', async () => {
    const { school, batchId } = await newRoster();
    const { photo } = await submitted(school, MAINLAND[0] ?? '');
    const before = await claim(reviewer);
    expect(before.hasReference).toBe(false);
    expect(before.roster?.className).toBe('软工2301');
    unwrap(await sendPhotos(batchId, [{ name: '2023001.jpg', bytes: photo.original }]));
    await server.services.identityAdvising.queueMissing();
    await server.environment.jobs.stop();
    expect((await claim(reviewer)).identity).toMatchObject({ band: 'similar', score: 1 });
    unwrap(await sendPhotos(batchId, [{ name: '2023001.jpg', bytes: await portrait(9) }]));
    expect((await claim(reviewer)).identity).toBeUndefined();
    await server.services.identityAdvising.queueMissing();
    await server.environment.jobs.stop();
    expect((await claim(reviewer)).identity).toMatchObject({ band: 'unclear' });
    unwrap(await approve(reviewer, await claim(reviewer)));
  });

  test('a reference photo that cannot be read is told to the reviewer, not asked for again and again', async () => {
    const { school, batchId } = await newRoster();
    const { photoId } = await submitted(school, MAINLAND[0] ?? '');
    const bytes = await portrait(12);
    unwrap(await sendPhotos(batchId, [{ name: '2023001.jpg', bytes }]));
    await server.environment.objects.remove(sha256(bytes));
    const { rosters } = server.environment.storage;
    expect(await rosters.uncompared(1000)).toContain(photoId);
    await server.services.identityAdvising.queueMissing();
    await server.environment.jobs.stop();
    expect(await rosters.uncompared(1000)).not.toContain(photoId);
    const item = await claim(reviewer);
    expect(item.identity).toBeUndefined();
    expect(item.identityFailure?.zh).toContain('请目视核对');
    unwrap(await approve(reviewer, item));
  });

  test('bands of its own decide what the advice says, also of photos that wait', async () => {
    const { school, batchId } = await newRoster();
    unwrap(await sendPhotos(batchId, [{ name: '2023001.jpg', bytes: await portrait(11) }]));
    await submitted(school, MAINLAND[0] ?? '');
    expect((await claim(reviewer)).identity).toMatchObject({ band: 'unclear', score: 0.6 });
    const params = { batchId };
    const save = (bands: { mismatchBelow: number; similarFrom: number } | null) =>
      admin.client.call('saveIdentityBands', { params, body: { bands } });
    expect(await save({ mismatchBelow: 0.8, similarFrom: 0.7 })).toMatchObject({
      error: { code: 'request.invalid' },
    });
    expect((await claim(reviewer)).identity).toMatchObject({ band: 'unclear' });
    unwrap(await save({ mismatchBelow: 0.65, similarFrom: 0.7 }));
    expect((await claim(reviewer)).identity).toBeUndefined();
    await server.services.identityAdvising.queueMissing();
    await server.environment.jobs.stop();
    expect((await claim(reviewer)).identity).toMatchObject({ band: 'mismatch', score: 0.6 });
    const list = await admin.client.call('listRoster', { params, query: {} });
    expect(unwrap(list).identityBands).toEqual({ mismatchBelow: 0.65, similarFrom: 0.7 });
    expect(unwrap(await save(null))).toEqual({});
    expect(unwrap(await admin.client.call('listRosterLog', { params })).acts[0]).toMatchObject({
      act: 'setIdentityBands',
    });
    unwrap(await approve(reviewer, await claim(reviewer)));
  });

  test('progress, class filter, search by class, and the list of who is not done', async () => {
    const { school, batchId } = await newRoster();
    await submitted(school, MAINLAND[0] ?? '');
    unwrap(await approve(reviewer, await claim(reviewer)));
    await enterPaid(server, school, { idNumber: MAINLAND[1] ?? '' });
    const params = { batchId };
    const list = async (query = {}) =>
      unwrap(await admin.client.call('listRoster', { params, query }));
    const all = await list();
    expect(all.total).toBe(4);
    expect(Object.fromEntries(all.counts.map(({ progress, count }) => [progress, count]))).toEqual({
      unstarted: 2,
      unpaid: 0,
      paid: 1,
      rejected: 0,
      photographed: 0,
      approved: 1,
    });
    expect(all.classes).toEqual(['工商2301', '软工2301', '软工2302', '新闻2301']);
    const [approved] = (await list({ progress: 'approved' })).people;
    expect(approved).toMatchObject({
      studentNumber: '2023001',
      maskedName: '张*例',
      progress: 'approved',
    });
    expect(JSON.stringify(all)).not.toContain(MAINLAND[0]);
    expect((await list({ className: '软工2302' })).people).toMatchObject([{ progress: 'paid' }]);
    const found = unwrap(
      await admin.client.call('searchOrders', { query: { batchId, className: '软工2301' } }),
    );
    expect(found.orders).toMatchObject([{ className: '软工2301' }]);
    const csv = Buffer.from(
      unwrap(await admin.client.call('exportRoster', { params, query: {} })),
    ).toString();
    expect(csv.startsWith('\ufeff学号,姓名')).toBe(true);
    expect(csv.split('\r\n').length).toBe(5);
    expect(csv).toContain('2023002,李*例,计算机学院,软件工程,软工2302,待拍照');
    expect(csv).not.toContain(MAINLAND[1]);
    expect(csv).toContain("'=");
    const { acts } = unwrap(await admin.client.call('listRosterLog', { params }));
    expect(acts).toMatchObject([
      { act: 'exportUndone', count: 3 },
      { act: 'importRoster', count: 4 },
    ]);
    const agent = await addStaff(server, 'agent');
    expect(await agent.client.call('exportRoster', { params, query: {} })).toMatchObject({
      error: { code: 'auth.forbidden' },
    });
  });

  test('of two open batches the order goes into the one that names the student', async () => {
    const { school, batchId } = await newRoster();
    const opensAt = new Date(Date.now() - 1000);
    await server.environment.storage.schools.insertBatch({
      id: randomUUID(),
      schoolId: school.id,
      name: '补采',
      priceFen: 2500,
      profileId: 'chsi-480x640',
      opensAt,
      closesAt: new Date(Date.now() + 86_400_000),
      createdAt: new Date(),
    });
    const named = await enterPaid(server, school, { idNumber: MAINLAND[2] ?? '' });
    expect(named.verified.orders[0]?.batchId).toBe(batchId);
    const stranger = await enterPaid(server, school);
    expect(stranger.verified.orders[0]?.batchId).not.toBe(batchId);
  });

  test('reference photos of batches long over are forgotten, and their objects with them', async () => {
    const { batchId } = await newRoster();
    unwrap(await sendPhotos(batchId, [{ name: '2023001.jpg', bytes: await portrait(50) }]));
    const { rosters, photos } = server.environment.storage;
    const [photo] = await rosters.photosOf(batchId);
    await rosters.forgetPhotos(new Date(Date.now() + 365 * 86_400_000));
    expect(await rosters.photosOf(batchId)).toEqual([]);
    const swept = await photos.forgetUnusedObjects(new Date(Date.now() + 1000), 1000);
    expect(swept).toContain(photo?.sha256);
  });
});
