import { createHash, randomUUID } from 'node:crypto';
import {
  type ArrivalPlace,
  type Arrived,
  type FoundPerson,
  type OfflineVisit,
  type OrderDetail,
  type Payment,
  type PhotoUploadMeta,
  ROUTES,
  type RouteId,
  type RouteOutput,
} from '@gradshot/contract';
import {
  type Actor,
  type DeskPaymentMethod,
  ERRORS,
  type Failure,
  fail,
  isIn,
  type OnSiteRecord,
  type OrderEvent,
  offlineStanding,
  ok,
  type Result,
  transition,
} from '@gradshot/domain';
import { buildOrderDetail, buildStudent } from '@gradshot/testkit';
import type { StubRoster } from './stub-roster.ts';

/**
 * A server of a few orders in memory, behind the real contract: it answers `fetch`, keeps to the
 * order's life cycle, and remembers what reached it, so that a test can ask what came once, twice
 * or never.
 */

export type StoredPhoto = {
  readonly orderId: string;
  readonly meta: PhotoUploadMeta;
  readonly original: Buffer;
  readonly standard: Buffer;
  uploads: number;
};

type Code = {
  readonly lastFour: string;
  readonly orderIds: string[];
  /** Wrong too often. */
  locked?: boolean;
  /** Whose it is, where that matters. */
  maskedName?: string;
  /** In the roster. */
  entryId?: string;
  /** Told to stations. */
  personId?: string;
};

export const ENROLMENT_CODE = 'ENROL-2026';
const HANDOVER = 'gradshot:handover:';
export const ARRIVAL_URL = 'http://server.test/h5/#/pages/arrival/index?code=';
export const CLASS = {
  batchId: '5b6f4e2c-1d2a-4a8e-9a51-0c7f6f1a2b01',
  college: '计算机学院',
  className: '软工2301',
};

export class StubServer {
  readonly orders = new Map<string, OrderDetail>();
  readonly photos = new Map<string, StoredPhoto>();
  readonly payments = new Map<string, Payment>();
  /** 采集码 → last four characters and orders. */
  readonly codes = new Map<string, Code>();
  /** Numbers of receipts that were recorded. */
  readonly receipts = new Set<string>();
  readonly calls: RouteId[] = [];
  /** Codes as they were asked about. */
  readonly lookedUp: object[] = [];
  /** Orders in which every submission that counted was made. */
  readonly submissions: {
    readonly orderId: string;
    readonly photoId: string;
    readonly onSite?: OnSiteRecord;
  }[] = [];
  /** The network is cut. */
  down = false;
  /** The network fails whenever one of these is called. */
  readonly cut = new Set<RouteId>();
  /** Submitted orders go on to review at once, as the server's identity check does. */
  reviewsAtOnce = true;
  /** Few, so that a handful of changes is more than one page. */
  changesPerPage = 3;
  /** People of the school, with what finds them. */
  readonly roster: { readonly names: readonly string[]; readonly person: FoundPerson }[] = [];
  /** People of the school's one class, as `openStationClass` tells them. */
  classPeople: RouteOutput<'openStationClass'>['people'] = [];
  /** Who has arrived by phone and has no number yet. */
  readonly arrived: Arrived[] = [];
  /** What the station told of those who have, the latest by arrival. */
  readonly places = new Map<string, ArrivalPlace>();
  /** 离线采集, told with the settings; the roster behind it. */
  offline: StubRoster | undefined;
  /** Visits that were confirmed, with the code that did it. */
  readonly confirmed = new Map<string, { orderId: string; payload: string }>();
  /** False: of a photo that came whole only the digests stay, for a day's photos fill the memory. */
  keepsPictures = true;
  /** Told with the settings; older servers tell none. */
  profileVersion: number | undefined;
  settings: RouteOutput<'getStationSettings'> = SETTINGS;
  service: RouteOutput<'getService'> = SERVICE;
  /** Told with the settings where stations can entrust their keys; older servers cannot take any. */
  keyEscrow: { readonly publicKey: string; keyRegistered: boolean } | undefined;
  /** As it was sent last. */
  sealedKey = '';
  /** 排版照 by paper, of every approved order. */
  readonly sheets = new Map<string, Uint8Array>();
  /** Calls that have not been answered yet. */
  underWay = 0;
  /** What time it has. */
  now: () => number;
  readonly #changes: { sequence: number; orderId: string; at: string }[] = [];
  readonly #states = new Map<number, OrderDetail>();
  readonly #stations = new Map<string, string>();
  readonly #sessions = new Map<string, string[]>();
  readonly #tickets = new Map<string, Code | undefined>();
  readonly #scripted = new Map<RouteId, Failure[]>();

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /** An order with a code to open it by. */
  /** How much has happened to orders; `forgetSince` takes back what came after. */
  happened(): number {
    return this.#changes.length;
  }

  forgetSince(happened: number): void {
    this.#changes.length = happened;
  }

  addOrder(changes: Partial<OrderDetail> = {}, code = `code-${this.codes.size}`): OrderDetail {
    const order = buildOrderDetail({ updatedAt: this.#at(), ...changes });
    this.orders.set(order.orderId, order);
    const known = this.codes.get(code);
    if (known) known.orderIds.push(order.orderId);
    else this.codes.set(code, { lastFour: '1234', orderIds: [order.orderId] });
    return order;
  }

  /** The next calls of a route end with these failures. */
  failNext(route: RouteId, ...failures: Failure[]): void {
    this.#scripted.set(route, [...(this.#scripted.get(route) ?? []), ...failures]);
  }

  pay(orderId: string): void {
    this.apply(orderId, 'confirmPayment', 'server');
    for (const [id, payment] of this.payments)
      if (payment.orderId === orderId) this.payments.set(id, { ...payment, state: 'paid' });
  }

  /** An event of the life cycle by somebody else. */
  apply(
    orderId: string,
    event: OrderEvent,
    actor: Actor,
    changes: Partial<OrderDetail> = {},
  ): Result<OrderDetail> {
    const order = this.orders.get(orderId);
    if (!order) return fail('order.notFound');
    const next = transition(order.state, event, actor);
    if (!next.ok) return next;
    const changed = { ...order, ...changes, state: next.value, updatedAt: this.#at() };
    this.orders.set(orderId, changed);
    const sequence = this.#changes.length + 1;
    this.#changes.push({ sequence, orderId, at: changed.updatedAt });
    this.#states.set(sequence, changed);
    return ok(changed);
  }

  /** 重拍 on another client. */
  takeBack(orderId: string): void {
    this.#retake(orderId);
  }

  forgetStations(): void {
    this.#stations.clear();
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    this.underWay += 1;
    try {
      if (this.down) throw new TypeError('fetch failed');
      const request = new Request(input as string, init as RequestInit);
      const response = await this.handle(request);
      // The answer of a call that was under way when the network went is lost.
      if (this.down) throw new TypeError('fetch failed');
      return response;
    } finally {
      this.underWay -= 1;
    }
  };

  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    for (const id of Object.keys(ROUTES) as RouteId[]) {
      const params = matches(id, request.method, url.pathname);
      if (!params) continue;
      if (this.cut.has(id)) throw new TypeError('fetch failed');
      this.calls.push(id);
      return answer(id, await this.#answer(id, params, request, url));
    }
    return answer('getOrder', fail('request.notFound'));
  }

  async #answer(
    id: RouteId,
    params: Record<string, string>,
    request: Request,
    url: URL,
  ): Promise<Result<unknown>> {
    const scripted = this.#scripted.get(id)?.shift();
    if (scripted) return { ok: false, error: scripted };
    if (id === 'deliverPhoto') return this.#upload(request, params);
    const body = request.method === 'GET' ? {} : await request.json().catch(() => ({}));
    const caller = this.#caller(request);
    if (id !== 'enrolStation' && !caller) return this.#unknownCaller(request);
    return this.#json(id, params, body as Record<string, never>, caller, url);
  }

  #json(
    id: RouteId,
    params: Record<string, string>,
    body: Record<string, never>,
    caller: readonly string[] | 'station' | undefined,
    url: URL,
  ): Result<unknown> {
    const { orderId = '' } = params;
    if (orderId && caller !== 'station' && !caller?.includes(orderId))
      return fail('order.notFound');
    switch (id) {
      case 'enrolStation':
        return this.#enrol(body);
      case 'getStationSettings':
        return ok(this.#settings());
      case 'registerStationKey':
        return this.#register(body.sealedKey ?? '');
      case 'stationHeartbeat':
        return ok({ serverTime: this.#at() });
      case 'pullChanges':
        return this.#pull(Number(url.searchParams.get('after')));
      case 'resolveCode':
        this.lookedUp.push(body);
        return this.#resolve(body.payload ?? '');
      case 'searchStationRoster':
        return this.#searchRoster(body.text ?? '');
      case 'readOfflineRoster':
        return this.offline ? this.offline.page(url.searchParams) : fail('offline.switchedOff');
      case 'confirmOfflineVisit':
        return this.#confirmVisit(params.visitId ?? '', body as unknown as VisitBody);
      case 'confirmRosterPerson':
        return this.#confirmPerson(body.ticket ?? '', body.entryId ?? '');
      case 'listStationClasses':
        return ok({
          classes: [{ ...CLASS, batchName: '2027 届', people: this.classPeople.length }],
        });
      case 'openStationClass':
        return ok({ people: this.classPeople, more: false });
      case 'exchangeArrivals':
        return this.#exchangeArrivals(body as unknown as { places: ArrivalPlace[] });
      case 'verifyLastFour':
        return this.#verify(body.ticket ?? '', body.lastFour ?? '');
      case 'liftLastFourLock':
        return this.#liftLock(body.ticket ?? '');
      case 'getOrder':
        return this.#found(orderId);
      case 'getService':
        return ok(this.service);
      case 'giveConsent':
        return ok({ recordedAt: this.#at() });
      case 'createPayment':
        return this.#createPayment(orderId, body.idempotencyKey ?? '');
      case 'recordDeskPayment':
        return this.#takeAtDesk(orderId, body);
      case 'getPayment': {
        const payment = this.payments.get(params.paymentId ?? '');
        return payment ? ok(payment) : fail('request.notFound');
      }
      case 'downloadSheet':
        return this.#sheet(orderId, params.layout ?? '');
      case 'createHandover':
        return this.#handOver(orderId);
      case 'cancelOrder':
        return this.apply(orderId, 'cancel', 'graduate');
      case 'retakePhoto':
        return this.#retake(orderId);
      case 'handInPhoto':
        return this.#submit(orderId, body as unknown as HandIn);
      default:
        return fail('request.notFound');
    }
  }

  #settings() {
    const { profileVersion, keyEscrow } = this;
    const offline = this.offline ? { rosterVersion: this.offline.version } : undefined;
    const settings = {
      ...this.settings,
      ...(keyEscrow ? { keyEscrow } : {}),
      ...(offline ? { offline } : {}),
    };
    if (profileVersion === undefined) return settings;
    const { batchId, batchName: name, priceFen, profileId } = buildOrderDetail();
    return { ...settings, batches: [{ batchId, name, priceFen, profileId, profileVersion }] };
  }

  #register(sealedKey: string): Result<unknown> {
    if (!this.keyEscrow) return fail('request.notFound');
    this.sealedKey = sealedKey;
    this.keyEscrow.keyRegistered = true;
    return ok({ keyRegistered: true });
  }

  #caller(request: Request): readonly string[] | 'station' | undefined {
    const [scheme, value = ''] = (request.headers.get('authorization') ?? '').split(' ');
    if (scheme === 'Bearer') return this.#sessions.get(value);
    const [station = '', key = ''] = value.split(':');
    return this.#stations.get(station) === key ? 'station' : undefined;
  }

  #unknownCaller(request: Request): Result<never> {
    const bearer = request.headers.get('authorization')?.startsWith('Bearer');
    return fail(bearer ? 'auth.required' : 'station.notEnrolled');
  }

  #enrol(body: { code?: string }): Result<unknown> {
    if (body.code !== ENROLMENT_CODE) return fail('station.enrolmentCodeInvalid');
    const stationId = randomUUID();
    const deviceKey = randomUUID();
    this.#stations.set(stationId, deviceKey);
    return ok({ stationId, deviceKey, school: this.settings.school });
  }

  #pull(after: number): Result<unknown> {
    const since = this.#changes.filter((change) => change.sequence > after);
    const page = since.slice(0, this.changesPerPage);
    const checkpoint = page.at(-1)?.sequence ?? after;
    const changes = page.map(({ sequence, orderId, at }) => {
      const { state, reasons, photoId } = this.#states.get(sequence)!;
      return { sequence, orderId, state, reasons, at, ...(photoId ? { photoId } : {}) };
    });
    return ok({ changes, checkpoint, more: checkpoint < this.#changes.length });
  }

  #resolve(payload: string): Result<unknown> {
    const code = this.codes.get(payload);
    if (!code) return fail(payload.startsWith(HANDOVER) ? 'handover.expired' : 'code.unknown');
    const ticket = randomUUID();
    this.#tickets.set(ticket, code);
    if (payload.startsWith(HANDOVER)) this.codes.delete(payload);
    const { maskedName, personId } = code;
    const { studentId: _id, ...student } = buildStudent(maskedName ? { maskedName } : {});
    return ok({ ticket, expiresAt: this.#at(300_000), student, ...(personId ? { personId } : {}) });
  }

  #searchRoster(text: string): Result<unknown> {
    const people = this.roster.filter(({ names }) => names.includes(text));
    return ok({
      people: people.slice(0, 20).map(({ person }) => person),
      more: people.length > 20,
    });
  }

  #exchangeArrivals({ places }: { readonly places: readonly ArrivalPlace[] }): Result<unknown> {
    for (const place of places) this.places.set(place.arrivalId, place);
    const arrivals = this.arrived.filter(({ arrivalId }) => !this.places.has(arrivalId));
    const qrText = `${ARRIVAL_URL}${Math.floor(this.now() / 60_000)}`;
    return ok({ arrivals, qrText, shownForSeconds: 90 });
  }

  #confirmPerson(ticket: string, entryId: string): Result<unknown> {
    const code = this.#tickets.get(ticket);
    if (!code) return fail('eligibility.ticketExpired');
    return ok({ same: code.entryId === entryId });
  }

  /** The order of the code, if it is the entry's and nobody's photo is in the way. */
  #confirmVisit(visitId: string, visit: VisitBody): Result<unknown> {
    const { code: shown, entryId, lastFour, photoId } = visit;
    const payload = 'payload' in shown ? shown.payload : shown.payloadBase64;
    const known = this.confirmed.get(visitId);
    const code = this.codes.get(payload);
    if (!known && !code) return fail('code.expired');
    if (!known && code?.entryId !== entryId) return fail('offline.otherPerson');
    if (!known && code?.lastFour !== lastFour)
      return fail('eligibility.lastFourWrong', { remaining: 4 });
    const orderId = known?.orderId ?? code?.orderIds[0] ?? '';
    const order = this.orders.get(orderId);
    if (!order) return fail('eligibility.noBatch');
    if (order.state === 'pendingPayment' && this.offline?.payer === 'school')
      this.apply(orderId, 'confirmPayment', 'staff');
    const now = this.orders.get(orderId) ?? order;
    const standing = offlineStanding(now.state, now.photoId === photoId);
    if (standing === 'photographed') return fail('offline.photographed');
    if (standing === 'ended') return fail('offline.orderEnded');
    if (!known) this.confirmed.set(visitId, { orderId, payload });
    return ok({ standing, order: now, student: now.student });
  }

  /** Opens what the order's own code opens, and serves once. */
  #handOver(orderId: string): Result<unknown> {
    const own = [...this.codes.values()].find((code) => code.orderIds.includes(orderId));
    if (!own) return fail('order.notFound');
    const qrText = `${HANDOVER}${randomUUID()}`;
    this.codes.set(qrText, own);
    return ok({ qrText, expiresAt: this.#at(300_000) });
  }

  #verify(ticket: string, lastFour: string): Result<unknown> {
    const code = this.#tickets.get(ticket);
    if (!code) return fail('eligibility.ticketExpired');
    if (code.locked) return fail('eligibility.locked', { minutes: 15 });
    if (code.lastFour !== lastFour) return fail('eligibility.lastFourWrong', { remaining: 4 });
    const sessionToken = randomUUID();
    this.#sessions.set(sessionToken, code.orderIds);
    const orders = code.orderIds.map((id) => this.orders.get(id)!);
    const student = orders[0]?.student ?? buildStudent();
    return ok({ sessionToken, expiresAt: this.#at(3_600_000), student, orders });
  }

  #sheet(orderId: string, layout: string): Result<unknown> {
    const order = this.orders.get(orderId);
    if (!order || !isIn(order.state, 'approved')) return fail('download.notApproved');
    const sheet = this.sheets.get(layout);
    return sheet ? ok(sheet) : fail('photo.erased');
  }

  #liftLock(ticket: string): Result<unknown> {
    const code = this.#tickets.get(ticket);
    if (!this.settings.rights?.includes('liftLock')) return fail('station.mayNotLiftLock');
    if (!code) return fail('eligibility.ticketExpired');
    if (!code.locked) return fail('eligibility.notLocked');
    code.locked = false;
    return ok({ leftToday: 1 });
  }

  #found(orderId: string): Result<OrderDetail> {
    const order = this.orders.get(orderId);
    return order ? ok(order) : fail('order.notFound');
  }

  #createPayment(orderId: string, key: string): Result<unknown> {
    const order = this.orders.get(orderId)!;
    if (order.state === 'pendingCapture') return fail('payment.alreadyPaid');
    const open = [...this.payments.values()].find(
      (x) => x.orderId === orderId && x.state === 'pending',
    );
    if (open) return ok(open);
    const payment: Payment = {
      paymentId: key,
      orderId,
      method: 'native',
      state: 'pending',
      amountFen: order.priceFen,
      codeUrl: `weixin://wxpay/bizpayurl?pr=${key}`,
      expiresAt: this.#at(600_000),
    };
    this.payments.set(key, payment);
    return ok(payment);
  }

  #takeAtDesk(
    orderId: string,
    taken: { method?: DeskPaymentMethod; receiptNo?: string; idempotencyKey?: string },
  ): Result<unknown> {
    const { method = 'cash', receiptNo = '', idempotencyKey: key = '' } = taken;
    const known = this.payments.get(key);
    if (known) return ok(known);
    const right = method === 'cash' ? 'takeCash' : 'chargeSchool';
    if (!this.settings.rights?.includes(right)) return fail('station.mayNotTakePayment');
    if (method === 'cash' && this.receipts.has(receiptNo))
      return fail('payment.receiptUsed', { receiptNo });
    const paid = this.apply(orderId, 'confirmPayment', 'staff');
    if (!paid.ok) return fail('payment.alreadyPaid');
    if (method === 'cash') this.receipts.add(receiptNo);
    for (const [id, payment] of this.payments)
      if (payment.orderId === orderId) this.payments.set(id, { ...payment, state: 'closed' });
    const amountFen = paid.value.priceFen;
    const payment: Payment = {
      ...{ paymentId: key, orderId, method, state: 'paid', amountFen, expiresAt: this.#at() },
    };
    this.payments.set(key, payment);
    return ok(payment);
  }

  async #upload(
    request: Request,
    { orderId = '', photoId = '' }: Record<string, string>,
  ): Promise<Result<unknown>> {
    if (this.#caller(request) !== 'station') return this.#unknownCaller(request);
    const form = await request.formData();
    const meta = JSON.parse(String(form.get('meta'))) as PhotoUploadMeta;
    const original = await bytesOf(form.get('original'));
    const standard = await bytesOf(form.get('standard'));
    if (sha256(original) !== meta.originalSha256 || sha256(standard) !== meta.standardSha256)
      return fail('photo.digestMismatch');
    const known = this.photos.get(photoId);
    if (known) {
      known.uploads += 1;
      return known.meta.originalSha256 === meta.originalSha256
        ? ok(photoOf(orderId, photoId, meta, true))
        : fail('request.idempotencyMismatch');
    }
    const uploaded = this.apply(orderId, 'keepPhoto', 'graduate', { photoId });
    if (!uploaded.ok) return uploaded;
    this.apply(orderId, 'acceptStandardization', 'server');
    const pictures = this.keepsPictures ? { original, standard } : NO_PICTURES;
    this.photos.set(photoId, { orderId, meta, ...pictures, uploads: 1 });
    return ok(photoOf(orderId, photoId, meta, false));
  }

  #retake(orderId: string): Result<unknown> {
    const order = this.orders.get(orderId)!;
    const { photoId: _gone, ...rest } = order;
    this.orders.set(orderId, rest);
    const event = order.state === 'rejected' ? 'retake' : 'discardPhoto';
    const done = this.apply(orderId, event, 'graduate');
    if (!done.ok) this.orders.set(orderId, order);
    return done;
  }

  #submit(orderId: string, { photoId, onSite }: HandIn): Result<unknown> {
    const order = this.orders.get(orderId)!;
    if (!this.photos.has(photoId)) return fail('photo.notFound');
    if (order.photoId === photoId && this.submissions.some((x) => x.photoId === photoId))
      return ok(order);
    if (order.photoId !== photoId) return fail('photo.notFound');
    const done = this.apply(orderId, 'handIn', 'graduate');
    if (!done.ok) return done;
    this.submissions.push({ orderId, photoId, ...(onSite ? { onSite } : {}) });
    const promisedAt = this.#at(REVIEW_MS);
    return this.reviewsAtOnce
      ? this.apply(orderId, 'passIdentity', 'server', { promisedAt })
      : done;
  }

  #at(later = 0): string {
    return new Date(this.now() + later).toISOString();
  }
}

type VisitBody = OfflineVisit & { readonly photoId: string };

type HandIn = { readonly photoId: string; readonly onSite?: OnSiteRecord };

const REVIEW_MS = 2 * 86_400_000;
const NO_PICTURES = { original: Buffer.alloc(0), standard: Buffer.alloc(0) };

const SETTINGS: RouteOutput<'getStationSettings'> = {
  stationId: '00000000-0000-4000-8000-000000000001',
  stationName: '一号采集点',
  school: '示例大学',
  sample: true,
  batches: [],
  customerService: { phone: '400-000-0000', hours: '9:00–18:00', faq: [] },
};

const SERVICE: RouteOutput<'getService'> = {
  priceFen: 2500,
  items: [{ zh: '图像采集', en: 'Collection' }],
  consents: [
    { kind: 'service', version: '1', zh: '服务协议', en: 'Service' },
    { kind: 'faceProcessing', version: '1', zh: '人脸信息处理', en: 'Face processing' },
  ],
};

function matches(
  id: RouteId,
  method: string,
  pathname: string,
): Record<string, string> | undefined {
  const route = ROUTES[id];
  if (route.method !== method) return undefined;
  const pattern = route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)');
  const match = new RegExp(`^${pattern}$`).exec(pathname);
  return match ? { ...match.groups } : undefined;
}

function answer(id: RouteId, result: Result<unknown>): Response {
  if (result.ok) {
    const route = ROUTES[id];
    if ('file' in route)
      return new Response(result.value as Uint8Array<ArrayBuffer>, {
        headers: { 'content-type': route.file },
      });
    return Response.json(result.value, { status: 'status' in route ? route.status : 200 });
  }
  const { code, details } = result.error;
  const { zh, en } = ERRORS[code];
  // A client goes by the code, whatever the status.
  return Response.json({ error: { code, zh, en, details } }, { status: 400 });
}

function photoOf(orderId: string, photoId: string, meta: PhotoUploadMeta, duplicate: boolean) {
  const { originalSha256, standardSha256 } = meta;
  const uploadedAt = new Date().toISOString();
  const accepted = meta.report.accepted;
  return { photoId, orderId, originalSha256, standardSha256, accepted, uploadedAt, duplicate };
}

async function bytesOf(part: Blob | string | null): Promise<Buffer> {
  if (!part || typeof part === 'string') throw new Error('the part is not a file');
  return Buffer.from(await part.arrayBuffer());
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
