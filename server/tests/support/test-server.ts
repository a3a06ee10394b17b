import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient, ROUTES, type RouteOutput } from '@gradshot/contract';
import { DEFAULT_PROFILE_ID, fail, ok, type Result } from '@gradshot/domain';
import { createFileObjectStore } from '@gradshot/storage';
import { startWechatPaySimulator, type WechatPaySimulator } from '@gradshot/testkit';
import { createWechatPayProvider } from '../../src/adapters/wechat-pay/wechat-pay-provider.ts';
import { createServer, jobWorkOf, type Services } from '../../src/create-server.ts';
import type { Db } from '../../src/database/schema.ts';
import { createLocalBus } from '../../src/happenings/local-bus.ts';
import { createSharpInspector } from '../../src/images/sharp-inspector.ts';
import { createSheetMaker } from '../../src/images/sheet-maker.ts';
import { createCodeReader } from '../../src/images/zxing-code-reader.ts';
import type { RateLimits } from '../../src/plugins/rate-limits.ts';
import type { LoginCodeMessage } from '../../src/ports/accounts/sms-sender.ts';
import type { CodeHolder } from '../../src/ports/eligibility/collection-code-gateway.ts';
import type { Environment } from '../../src/ports/environment.ts';
import type { JobQueue } from '../../src/ports/ground/job-queue.ts';
import type {
  GraduateMessage,
  MessageOutcome,
} from '../../src/ports/messages/graduate-messages.ts';
import { DEFAULT_RETENTION } from '../../src/ports/photos/retention.ts';
import type { Batch, School } from '../../src/ports/schools/school-repository.ts';
import type { Standardizer } from '../../src/ports/standardization/standardizer.ts';
import { createStorage } from '../../src/repositories/index.ts';
import { createPasswords } from '../../src/security/passwords.ts';
import { createVault } from '../../src/security/vault.ts';
import { createServerLog } from '../../src/server-log.ts';
import { unwrap } from '../in-memory/unwrap.ts';
import { watchAnswers } from './declared-answers.ts';
import { createInlineQueue, createTestStandardizer } from './standardizing.ts';

const NO_LIMITS: RateLimits = { all: 1e6, eligibility: 1e6, credentials: 1e6, rosterSearch: 1e6 };

export type TestServer = {
  readonly url: string;
  readonly environment: Environment;
  readonly services: Services;
  readonly pay: WechatPaySimulator;
  readonly log: readonly string[];
  /** Login codes sent so far. */
  readonly messages: readonly LoginCodeMessage[];
  /** Messages to graduates that were handed to a carrier. */
  readonly sent: readonly GraduateMessage[];
  /** Moves the server's clock (and the payment simulator's). */
  advance(milliseconds: number): void;
  now(): Date;
  client(authorization?: string): Client;
  /** A school with an open batch. */
  addSchool(batch?: Partial<Batch>): Promise<School>;
  /** Makes the gateway know a code; returns its payload and the holder. */
  addCode(school: School, holder?: Partial<CodeHolder>): { payload: string; holder: CodeHolder };
  /** Makes the gateway answer that failure for a payload. */
  refuseCode(answer: Result<never>): string;
  addStation(school: School): Promise<{ authorization: string; stationId: string }>;
  /** A client of the one station that a school keeps for this. */
  stationOf(school: School): Promise<Client>;
  close(): Promise<void>;
};

export async function startTestServer(
  db: Db,
  options: {
    readonly limits?: Partial<RateLimits>;
    readonly sample?: boolean;
    readonly standardizer?: Standardizer;
    /** By default decisions are carried out at once. */
    readonly reviewHoldMs?: number;
    readonly jobs?: JobQueue;
    /** What the carriers answer, one after the other; then they take everything. */
    readonly sending?: MessageOutcome[];
  } = {},
): Promise<TestServer> {
  const dir = await mkdtemp(join(tmpdir(), 'gradshot-server-'));
  let offset = 0;
  const now = () => new Date(Date.now() + offset);
  const pay = await startWechatPaySimulator({ now });
  const codes = new Map<string, Result<CodeHolder>>();
  const log: string[] = [];
  const address = { url: '' };
  const key = randomBytes(32);
  const logger = createServerLog('debug', { write: (line) => void log.push(line) });
  const happenings = createLocalBus();
  const messages: LoginCodeMessage[] = [];
  const sent: GraduateMessage[] = [];
  const queue = options.jobs ?? createInlineQueue();
  const environment: Environment = {
    storage: createStorage(db, happenings),
    happenings,
    objects: createFileObjectStore(join(dir, 'objects'), key),
    vault: createVault(key),
    gateway: {
      resolve: async (code) =>
        ('payload' in code ? codes.get(code.payload) : undefined) ?? fail('code.unknown'),
    },
    payments: createWechatPayProvider({ ...pay.credentials, baseUrl: pay.url, now }),
    inspector: createSharpInspector(),
    codeReader: createCodeReader(),
    wechatLogin: { exchange: async (code) => ok({ openid: `openid-of-${code}` }) },
    sms: {
      sendLoginCode: async (message) => {
        messages.push(message);
        return ok(undefined);
      },
    },
    messages: {
      wechat: { send: async (message) => sendTo(sent, message, options.sending) },
      phone: { send: async (message) => sendTo(sent, message, options.sending) },
    },
    standardizer: options.standardizer ?? createTestStandardizer(),
    // Cheap: what it costs has a test of its own.
    passwords: createPasswords({ logN: 4, r: 8, p: 1 }),
    sheets: createSheetMaker(),
    jobs: queue,
    retention: DEFAULT_RETENTION,
    reviewHoldMs: options.reviewHoldMs ?? 0,
    clock: now,
    log: logger,
    notifyUrl: () => `${address.url}${ROUTES.wechatPayNotify.path}`,
    sample: options.sample ?? true,
    wechatTemplateIds: ['template-1'],
  };
  const { app, services } = await createServer({
    environment,
    logger,
    version: 'test',
    rateLimits: { ...NO_LIMITS, ...options.limits },
  });
  const undeclared = watchAnswers(app);
  await queue.start(jobWorkOf(services));
  const stopTelling = services.deliveries.follow();
  await app.listen({ host: '127.0.0.1', port: 0 });
  address.url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const stations = new Map<string, ReturnType<typeof addStation>>();
  const client = (authorization?: string) =>
    createClient({ baseUrl: address.url, fetch, ...(authorization ? { authorization } : {}) });
  return {
    url: address.url,
    environment,
    services,
    pay,
    log,
    messages,
    sent,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    now,
    client,
    addSchool: (batch) => addSchool(environment, batch),
    addCode(school, changes) {
      const payload = `code:${randomUUID()}`;
      const holder = { ...newHolder(school), ...changes };
      codes.set(payload, ok(holder));
      return { payload, holder };
    },
    refuseCode(answer) {
      const payload = `code:${randomUUID()}`;
      codes.set(payload, answer);
      return payload;
    },
    addStation: (school) => addStation(services, client(), school),
    async stationOf(school) {
      const station = stations.get(school.id) ?? addStation(services, client(), school);
      stations.set(school.id, station);
      return client((await station).authorization);
    },
    async close() {
      await app.close();
      stopTelling();
      await queue.stop();
      await pay.close();
      await rm(dir, { recursive: true, force: true });
      if (undeclared.length > 0)
        throw new Error(`Not among the errors of its route: ${undeclared.join(', ')}`);
    },
  };
}

function sendTo(
  sent: GraduateMessage[],
  message: GraduateMessage,
  answers: MessageOutcome[] = [],
): MessageOutcome {
  sent.push(message);
  return answers.shift() ?? { kind: 'sent' };
}

function newHolder(school: School): CodeHolder {
  const digits = String(randomInt(10 ** 12)).padStart(17, '1');
  return {
    studentNumber: randomUUID(),
    name: '张示例',
    idNumber: `${digits}X`,
    schoolCode: school.code,
    schoolName: school.name,
    college: '计算机学院',
    major: '软件工程',
    level: '本科',
    graduationYear: 2027,
    expiresAt: new Date(Date.now() + 86_400_000),
  };
}

async function addSchool(
  { storage, clock }: Environment,
  batch: Partial<Batch> = {},
): Promise<School> {
  const school: School = {
    id: randomUUID(),
    code: randomUUID().slice(0, 8),
    name: `学校 ${randomInt(1e6)}`,
    phone: '400-000-0000',
    hours: '8:30–17:30',
    createdAt: clock(),
  };
  await storage.schools.insert(school);
  await storage.schools.insertBatch({
    id: randomUUID(),
    schoolId: school.id,
    name: '2027 届',
    priceFen: 2500,
    profileId: DEFAULT_PROFILE_ID,
    opensAt: new Date(clock().getTime() - 86_400_000),
    closesAt: new Date(clock().getTime() + 30 * 86_400_000),
    createdAt: clock(),
    ...batch,
  });
  return school;
}

async function addStation(services: Services, client: Client, school: School) {
  const issued = await services.stations.issueCode(school.code);
  if (!issued.ok) throw new Error(issued.error.code);
  const body = { code: issued.value.code, name: '一号机', installationId: randomUUID() };
  const enrolled = unwrap(await client.call('enrolStation', { body }));
  return {
    stationId: enrolled.stationId,
    authorization: `Station ${enrolled.stationId}:${enrolled.deviceKey}`,
  };
}

export { unwrap };

export type Enrolled = {
  readonly authorization: string;
  readonly orderId: string;
  readonly verified: RouteOutput<'verifyLastFour'>;
  readonly holder: CodeHolder;
  readonly payload: string;
};

/** A graduate with an order that waits for payment. */
export async function enterGraduate(
  server: TestServer,
  school: School,
  changes: Partial<CodeHolder> = {},
): Promise<Enrolled> {
  const { payload, holder } = server.addCode(school, changes);
  const client = server.client();
  const { ticket } = unwrap(await client.call('resolveCode', { body: { payload } }));
  const lastFour = holder.idNumber.replace(/[()]/g, '').slice(-4);
  const verified = unwrap(await client.call('verifyLastFour', { body: { ticket, lastFour } }));
  const orderId = verified.orders[0]?.orderId ?? '';
  const authorization = `Bearer ${verified.sessionToken}`;
  return { authorization, orderId, verified, holder, payload };
}

/** Agrees to everything that is asked for at present. */
export async function giveConsents(client: Client, orderId: string): Promise<void> {
  const params = { orderId };
  const { consents } = unwrap(await client.call('getService', { params }));
  const given = consents.map(({ kind, version }) => ({ kind, version }));
  unwrap(await client.call('giveConsent', { params, body: { consents: given } }));
}

/** The same with the fee paid. */
export async function enterPaid(
  server: TestServer,
  school: School,
  changes: Partial<CodeHolder> = {},
): Promise<Enrolled> {
  const graduate = await enterGraduate(server, school, changes);
  const client = server.client(graduate.authorization);
  await giveConsents(client, graduate.orderId);
  const payment = unwrap(
    await client.call('createPayment', {
      params: { orderId: graduate.orderId },
      body: { method: 'native', idempotencyKey: randomUUID() },
    }),
  );
  server.pay.pay({ codeUrl: payment.codeUrl ?? '' });
  await server.pay.settle();
  return graduate;
}
