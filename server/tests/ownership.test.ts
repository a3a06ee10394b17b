import { randomUUID } from 'node:crypto';
import { ROUTES, type RouteDefinition, type RouteId, routeUrl } from '@gradshot/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { addStaff, approve, claim, submitPhoto, type TestStaff } from './support/console.ts';
import { describeOnServersDatabase } from './support/databases.ts';
import { fittingBody } from './support/fitting-bodies.ts';
import { makeJpeg, makePhoto, sha256 } from './support/pictures.ts';
import { startTestServer, type TestServer, unwrap } from './support/test-server.ts';

/**
 * Whose things a route is about. `order` and `payment` are named in its path; `self`: the caller's
 * own, without a name; `staff`, `station`: of a role, closed to graduates; `nobody`: public.
 */
type Owner = 'order' | 'payment' | 'self' | 'staff' | 'station' | 'nobody';

/** A new route without a row fails the types here and the first test. */
const OWNERS: Readonly<Record<RouteId, Owner>> = {
  resolveCode: 'nobody',
  verifyLastFour: 'nobody',
  liftLastFourLock: 'station',
  listOrders: 'self',
  getOrder: 'order',
  getService: 'order',
  giveConsent: 'order',
  cancelOrder: 'order',
  handInPhoto: 'order',
  retakePhoto: 'order',
  createPayment: 'order',
  recordDeskPayment: 'order',
  getPayment: 'payment',
  wechatPayNotify: 'nobody',
  deliverPhoto: 'order',
  getStandardPhoto: 'order',
  enrolStation: 'nobody',
  getStationSettings: 'station',
  pullChanges: 'station',
  stationHeartbeat: 'station',
  searchStationRoster: 'station',
  confirmRosterPerson: 'station',
  listStationClasses: 'station',
  openStationClass: 'station',
  exchangeArrivals: 'station',
  arriveAtStation: 'order',
  readOfflineRoster: 'station',
  confirmOfflineVisit: 'station',
  registerStationKey: 'station',
  handInSealedPhoto: 'station',
  loginWechat: 'nobody',
  requestSmsCode: 'nobody',
  loginSms: 'nobody',
  getAccount: 'self',
  logout: 'self',
  getClientSettings: 'nobody',
  readCodePicture: 'self',
  createHandover: 'order',
  createUpload: 'order',
  getUpload: 'order',
  appendUpload: 'order',
  completeUpload: 'order',
  startStandardization: 'order',
  getStandardization: 'order',
  getDownloads: 'order',
  downloadStandard: 'order',
  downloadSheet: 'order',
  listMessages: 'self',
  sendMessage: 'self',
  markChatRead: 'self',
  listNotices: 'self',
  markNoticesRead: 'self',
  streamEvents: 'self',
  loginStaff: 'nobody',
  getStaff: 'staff',
  logoutStaff: 'staff',
  changePassword: 'staff',
  listStaff: 'staff',
  saveStaff: 'staff',
  getDashboard: 'staff',
  listBatches: 'staff',
  saveSchool: 'staff',
  previewExport: 'staff',
  getExportSettings: 'staff',
  askExport: 'staff',
  listExports: 'staff',
  getExport: 'staff',
  listExportItems: 'staff',
  approveExport: 'staff',
  declineExport: 'staff',
  cancelExport: 'staff',
  askExportAgain: 'staff',
  downloadExport: 'staff',
  importReceipt: 'staff',
  recordImageCheck: 'staff',
  askApprovalWithdrawal: 'staff',
  decideApprovalWithdrawal: 'staff',
  saveBatch: 'staff',
  importRoster: 'staff',
  uploadRoster: 'staff',
  getRosterDraft: 'staff',
  planRosterDraft: 'staff',
  listRosterDraftRows: 'staff',
  editRosterDraft: 'staff',
  downloadBadRows: 'staff',
  importRosterDraft: 'staff',
  cancelRosterDraft: 'staff',
  listRosterImports: 'staff',
  undoRosterImport: 'staff',
  removeFromRoster: 'staff',
  moveInRoster: 'staff',
  importRosterPhotos: 'staff',
  listRoster: 'staff',
  exportRoster: 'staff',
  listRosterLog: 'staff',
  saveIdentityBands: 'staff',
  saveOfflineCollection: 'staff',
  createEnrolmentCode: 'staff',
  listStations: 'staff',
  getStationRecord: 'staff',
  disableStation: 'staff',
  enableStation: 'staff',
  grantStationRight: 'staff',
  getCustomerService: 'staff',
  saveCustomerService: 'staff',
  getWorkYear: 'staff',
  saveWorkYear: 'staff',
  listConversations: 'staff',
  listConversation: 'staff',
  answerConversation: 'staff',
  streamConsoleEvents: 'staff',
  claimReview: 'staff',
  renewReview: 'staff',
  releaseReview: 'staff',
  approveReview: 'staff',
  rejectReview: 'staff',
  takeBackReview: 'staff',
  getConsolePhoto: 'staff',
  searchOrders: 'staff',
  getConsoleOrder: 'staff',
  withdrawOrder: 'staff',
  askRefund: 'staff',
  listRefundRequests: 'staff',
  decideRefundRequest: 'staff',
  listRefunds: 'staff',
  sendRefundToCard: 'staff',
  markRefundDone: 'staff',
  listPayments: 'staff',
  listBills: 'staff',
  fetchBill: 'staff',
  listBillDifferences: 'staff',
  settleBillDifference: 'staff',
  listMoneyTotals: 'staff',
  exportMoneyTotals: 'staff',
  exportInvoiceRows: 'staff',
  listMoneyExports: 'staff',
  listDeskTakings: 'staff',
  listDueRefunds: 'staff',
  returnDuePayment: 'staff',
  noteDuePaymentReturned: 'staff',
};

const ALL = Object.values<RouteDefinition>(ROUTES);
const owned = (...owners: Owner[]) =>
  ALL.filter(({ id }) => owners.includes(OWNERS[id as RouteId])).map(
    (route) => [route.id, route] as const,
  );

describeOnServersDatabase('what belongs to a graduate', (db) => {
  let server: TestServer;
  let school: School;
  let reviewer: TestStaff;
  let victim: Awaited<ReturnType<typeof openVictim>>;
  let intruders: readonly (readonly [kind: string, authorization: string])[];
  let own: Awaited<ReturnType<typeof submitPhoto>>;

  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
    const elsewhere = await server.addSchool();
    reviewer = await addStaff(server, 'reviewer');
    victim = await openVictim();
    own = await submitPhoto(server, school, 2);
    const account = await loginByWechat('intruder');
    intruders = [
      ['graduate', own.authorization],
      ['account', account],
      ['station', (await server.addStation(elsewhere)).authorization],
    ];
  });
  afterAll(() => server?.close());

  async function loginByWechat(code: string): Promise<string> {
    const session = unwrap(await server.client().call('loginWechat', { body: { code } }));
    return `Bearer ${session.accountToken}`;
  }

  /** Approved, paid, with a chat and notices: one of everything that can be somebody's. */
  async function openVictim() {
    const order = await submitPhoto(server, school, 1);
    const item = await claim(reviewer);
    unwrap(await approve(reviewer, item));
    const authorization = await loginByWechat('victim');
    const client = server.client(authorization);
    const { ticket } = unwrap(
      await client.call('resolveCode', { body: { payload: order.payload } }),
    );
    const lastFour = order.holder.idNumber.slice(-4);
    unwrap(await client.call('verifyLastFour', { body: { ticket, lastFour } }));
    const said = '只有客服能看到这句话';
    const messageId = randomUUID();
    unwrap(await client.call('sendMessage', { params: { messageId }, body: { text: said } }));
    const { accountId } = unwrap(await client.call('getAccount'));
    const { orderId, photoId } = order;
    const [payment] = await db()
      .selectFrom('payments')
      .selectAll()
      .where('orderId', '=', orderId)
      .execute();
    return { ...order, orderId, photoId, item, accountId, messageId, said, payment: payment! };
  }

  /** Everything that could have been changed or looked at. */
  async function rows() {
    const { orderId, accountId, photoId } = victim;
    const byOrder = (
      ['payments', 'photos', 'uploads', 'consents', 'orderEvents', 'accessLog', 'notices'] as const
    ).map((table) => db().selectFrom(table).selectAll().where('orderId', '=', orderId).execute());
    return JSON.stringify(
      await Promise.all([
        ...byOrder,
        db().selectFrom('orders').selectAll().where('id', '=', orderId).execute(),
        db().selectFrom('accounts').selectAll().where('id', '=', accountId).execute(),
        db().selectFrom('chatMessages').selectAll().where('accountId', '=', accountId).execute(),
        db().selectFrom('reviewDecisions').selectAll().where('photoId', '=', photoId).execute(),
      ]),
    );
  }

  async function call(
    route: RouteDefinition,
    authorization: string,
    given: Readonly<Record<string, string>>,
    changes: object = {},
  ) {
    const fixed: Record<string, string> = { offset: '0', layout: '5in', kind: 'standard' };
    const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    const params = Object.fromEntries(
      names.map((name) => [name, given[name] ?? fixed[name] ?? randomUUID()]),
    );
    // A closed route refuses the caller before it looks at a body.
    const closed = ['staff', 'station'].includes(OWNERS[route.id as RouteId]);
    const body = closed ? undefined : fittingBody(route);
    const sent = body ? JSON.stringify({ ...body, ...changes }) : undefined;
    const response = await fetch(routeUrl(server.url, route, { params }), {
      method: route.method,
      headers: { authorization, ...(sent ? { 'content-type': 'application/json' } : {}) },
      ...(sent ? { body: sent } : {}),
    });
    const text = await response.text();
    return { status: response.status, text, code: codeIn(text) };
  }

  const codeIn = (text: string) =>
    text.startsWith('{') ? (JSON.parse(text) as { error?: { code: string } }).error?.code : '';

  test('has a row for every route of the contract', () => {
    expect(Object.keys(OWNERS).sort()).toEqual(ALL.map(({ id }) => id).sort());
    for (const { id, path } of ALL) {
      const owner = OWNERS[id as RouteId];
      if (path.startsWith('/v1/console/') && owner !== 'nobody') expect(owner, id).toBe('staff');
      else if (path.includes(':orderId')) expect(owner, id).toBe('order');
      else if (path.includes(':paymentId')) expect(owner, id).toBe('payment');
    }
  });

  test.each(owned('order', 'payment'))('%s: another one’s is not there', async (_, route) => {
    const before = await rows();
    const params = { orderId: victim.orderId, photoId: victim.photoId };
    for (const [kind, authorization] of intruders) {
      const answer = await call(route, authorization, { ...params, paymentId: victim.payment.id });
      const open = route.callers.includes(kind === 'station' ? 'station' : 'graduate');
      expect(answer, kind).toMatchObject(
        open
          ? {
              status: 404,
              code: route.path.includes(':orderId') ? 'order.notFound' : 'request.notFound',
            }
          : { status: 403, code: 'auth.forbidden' },
      );
    }
    expect(await rows()).toBe(before);
  });

  const withPhoto = owned('order').filter(([, route]) => route.path.includes(':photoId'));
  test.each(withPhoto)('%s: nor is a photo of it, under an own order', async (_, route) => {
    const before = await rows();
    const params = { orderId: own.orderId, photoId: victim.photoId };
    const answer = await call(route, own.authorization, params);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await rows()).toBe(before);
  });

  test.each(owned('staff', 'station'))('%s: closed to every graduate', async (_, route) => {
    const before = await rows();
    for (const [kind, authorization] of intruders.filter(([kind]) => kind !== 'station'))
      expect(
        await call(route, authorization, {
          orderId: victim.orderId,
          photoId: victim.photoId,
          paymentId: victim.payment.id,
        }),
        kind,
      ).toMatchObject({ status: 403, code: 'auth.forbidden' });
    expect(await rows()).toBe(before);
  });

  const answering = owned('self').filter(
    ([, route]) => route.response || route.id === 'getAccount',
  );
  test.each(answering.filter(([id]) => !['streamEvents', 'logout'].includes(id)))(
    '%s: tells an account about itself alone',
    async (id, route) => {
      const before = await rows();
      const [, account = ''] = intruders.find(([kind]) => kind === 'account') ?? [];
      // An own new message about somebody else's order, or under somebody else's message id.
      const given = id === 'sendMessage' ? { messageId: victim.messageId } : {};
      const changes = id === 'sendMessage' ? { orderId: victim.orderId } : {};
      const { text } = await call(route, account, given, changes);
      for (const secret of [victim.orderId, victim.photoId, victim.accountId, victim.said])
        expect(text).not.toContain(secret);
      expect(await rows()).toBe(before);
    },
  );

  test('sendMessage: neither about another one’s order nor in place of another one’s message', async () => {
    const [, account = ''] = intruders.find(([kind]) => kind === 'account') ?? [];
    const about = await call(ROUTES.sendMessage, account, {}, { orderId: victim.orderId });
    expect(about).toMatchObject({ status: 404, code: 'order.notFound' });
    const instead = await call(ROUTES.sendMessage, account, { messageId: victim.messageId });
    expect(instead.status).toBe(409);
  });

  test('streamEvents: carries the own account’s events alone', async () => {
    const [, account = ''] = intruders.find(([kind]) => kind === 'account') ?? [];
    const ended = new AbortController();
    const { path } = ROUTES.streamEvents;
    const { body } = await fetch(`${server.url}${path}`, {
      headers: { authorization: account },
      signal: ended.signal,
    });
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
    const me = unwrap(await server.client(account).call('getAccount')).accountId;
    const { happenings } = server.environment;
    happenings.publish({ topic: 'chat', accountId: victim.accountId, orderId: victim.orderId });
    const { student } = await victim.order();
    happenings.publish({ topic: 'order', studentId: student.studentId, orderId: victim.orderId });
    happenings.publish({ topic: 'notice', accountId: me });
    let text = '';
    while (!text.includes('notice')) text += (await reader.read()).value ?? '';
    ended.abort();
    expect(text).not.toContain(victim.orderId);
    expect(text).not.toContain('chat');
  });

  describe('after approval', () => {
    const bytesOf = () => makeJpeg({ width: 1200, height: 1600, seed: 9 });
    const locked = { ok: false, error: { code: 'order.locked' } };

    test('each late step has its own answer and changes nothing', async () => {
      const before = await rows();
      const { client, params, photoId } = victim;
      const bytes = await bytesOf();
      const fresh = { ...params, photoId: randomUUID() };
      const announced = {
        size: bytes.length,
        sha256: sha256(bytes),
        type: 'image/jpeg' as const,
        capturedAt: new Date().toISOString(),
      };
      expect(await client.call('createUpload', { params: fresh, body: announced })).toMatchObject(
        locked,
      );
      const station = await server.stationOf(school);
      expect(await station.deliverPhoto({ ...fresh, ...(await makePhoto(10)) })).toMatchObject(
        locked,
      );
      expect(await client.call('retakePhoto', { params })).toMatchObject(locked);
      expect(await client.call('cancelOrder', { params })).toMatchObject(locked);
      const standardize = client.call('startStandardization', { params: { ...params, photoId } });
      expect(await standardize).toMatchObject(locked);
      const other = { photoId: fresh.photoId };
      expect(await client.call('handInPhoto', { params, body: other })).toMatchObject({
        error: { code: 'photo.notFound' },
      });
      // 提交 pressed once more for the photo that was submitted: it was, and stays so.
      expect((await client.call('handInPhoto', { params, body: { photoId } })).ok).toBe(true);
      const again = { method: 'native' as const, idempotencyKey: randomUUID() };
      expect(await client.call('createPayment', { params, body: again })).toMatchObject({
        error: { code: 'payment.alreadyPaid' },
      });
      const { item } = victim;
      expect((await approve(reviewer, item)).ok).toBe(true);
      const late = { leaseId: item.leaseId, photoId, codes: ['teethShowing'], note: '' };
      expect(await reviewer.client.call('rejectReview', { params, body: late })).toMatchObject({
        error: { code: 'review.decided' },
      });
      expect(await rows()).toBe(before);
    });

    test('and before it nothing can be saved', async () => {
      const refused = { error: { code: 'download.notApproved' } };
      expect(await own.client.call('getDownloads', { params: own.params })).toMatchObject(refused);
      expect(await own.client.call('downloadStandard', { params: own.params })).toMatchObject(
        refused,
      );
      const sheet = { ...own.params, layout: '5in' as const };
      expect(await own.client.call('downloadSheet', { params: sheet })).toMatchObject(refused);
    });
  });
});
