import { randomBytes } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import QRCode from 'qrcode';
import { z } from 'zod';
import { jsonBody, keepRawBodies, type Listen, LOOPBACK, listen, rawBody } from '../listening.ts';
import { type AgencyCredentials, type AgencyGate, createAgencyGate } from './agency-protocol.ts';
import { CODE_KINDS, type CodeDesk, type CodeKind, createCodeDesk } from './code-desk.ts';
import { codePage, studentListPage } from './pages.ts';
import type { SampleStudent } from './sample-students.ts';

export type GatewaySimulatorOptions = {
  readonly at?: Listen;
  /** Codes of one seed are the same at every start. */
  readonly seed?: string;
  readonly now?: () => Date;
  readonly students?: readonly SampleStudent[];
};

export type GatewaySimulator = {
  readonly url: string;
  readonly credentials: AgencyCredentials;
  readonly students: readonly SampleStudent[];
  /** Issues a code in this process. @throws for a student who is not in the register. */
  issueCode(studentNumber: string, kind?: CodeKind): string;
  close(): Promise<void>;
};

/**
 * PNG of a code, error correction level M, with its quiet zone. Bytes are written in byte mode as they
 * are. `scale`: pixels per module.
 */
export function renderCode(payload: string | Uint8Array, scale = 6): Promise<Buffer> {
  const content =
    typeof payload === 'string'
      ? payload
      : [{ data: new Uint8ClampedArray(payload), mode: 'byte' as const }];
  return QRCode.toBuffer(content, { type: 'png', errorCorrectionLevel: 'M', margin: 4, scale });
}

/** A 学信网 gateway with invented students: the agency's interface and the student's phone pages. */
export async function startGatewaySimulator(
  options: GatewaySimulatorOptions = {},
): Promise<GatewaySimulator> {
  const now = options.now ?? (() => new Date());
  const desk = createCodeDesk({
    seed: options.seed ?? 'gradshot-demo',
    now,
    ...(options.students ? { students: options.students } : {}),
  });
  const credentials = { agencyId: 'demo-agency', secret: randomBytes(32).toString('hex') };
  const app = fastify({ bodyLimit: 16 * 1024, forceCloseConnections: true });
  keepRawBodies(app);
  addAgencyInterface(app, desk, createAgencyGate(credentials, now));
  addPhonePages(app, desk);
  addControls(app, desk);
  const url = await listen(app, options.at ?? LOOPBACK);
  return {
    url,
    credentials,
    students: desk.students,
    issueCode(studentNumber, kind) {
      const payload = desk.issue(studentNumber, kind);
      if (!payload) throw new Error(`No sample student ${studentNumber}`);
      return payload;
    },
    close: () => app.close(),
  };
}

const REFUSAL_STATUS = {
  not_a_collection_code: 422,
  forged: 422,
  unknown_code: 404,
  expired_code: 410,
} as const;

function addAgencyInterface(app: FastifyInstance, desk: CodeDesk, gate: AgencyGate): void {
  app.post('/v1/collection-codes/resolve', async (request, reply) => {
    const { method, url: pathAndQuery, headers } = request;
    const refusal = gate.refuse({ method, pathAndQuery, headers, body: rawBody(request.body) });
    if (refusal) return reply.code(401).send({ error: refusal });
    const { status, body } = resolveBody(desk, jsonBody(request.body));
    const text = JSON.stringify(body);
    const signed = gate.sign(String(headers['x-nonce']), status, text);
    return reply.code(status).headers(signed).type('application/json; charset=utf-8').send(text);
  });
}

/** Exactly one of the two, as the interface says. */
const resolveRequest = z.union([
  z.strictObject({ payload: z.string().min(1).max(4096) }),
  z.strictObject({ payloadBase64: z.base64().min(4).max(4096) }),
]);

function resolveBody(desk: CodeDesk, json: unknown): { status: number; body: unknown } {
  const request = resolveRequest.safeParse(json);
  if (!request.success) return { status: 400, body: { error: 'malformed_request' } };
  const answer = desk.resolve(request.data);
  if (!answer.ok) return { status: REFUSAL_STATUS[answer.error], body: { error: answer.error } };
  return {
    status: 200,
    body: { student: answer.student, expiresAt: answer.expiresAt.toISOString() },
  };
}

const kindQuery = z.object({
  kind: z.enum(CODE_KINDS).default('valid'),
  scale: z.coerce.number().int().min(1).max(20).default(6),
});

function addPhonePages(app: FastifyInstance, desk: CodeDesk): void {
  const html = (reply: FastifyReply, page: string) => reply.type('text/html').send(page);
  const studentOf = (request: FastifyRequest) => {
    const { studentNumber } = request.params as { studentNumber: string };
    return desk.students.find((student) => student.studentNumber === studentNumber);
  };
  app.get('/', (_request, reply) => html(reply, studentListPage(desk.students)));
  app.get('/codes/:studentNumber', (request, reply) => {
    const student = studentOf(request);
    const query = kindQuery.safeParse(request.query);
    if (!student || !query.success) return reply.code(404).send({ error: 'not_found' });
    return html(reply, codePage(student, query.data.kind));
  });
  app.get('/codes/:studentNumber/code.png', async (request, reply) => {
    const student = studentOf(request);
    const query = kindQuery.safeParse(request.query);
    if (!student || !query.success) return reply.code(404).send({ error: 'not_found' });
    const payload = desk.issue(student.studentNumber, query.data.kind) ?? '';
    const png = await renderCode(payload, query.data.scale);
    return reply.type('image/png').header('cache-control', 'no-store').send(png);
  });
}

const issueRequest = z.object({
  studentNumber: z.string(),
  kind: z.enum(CODE_KINDS).default('valid'),
});

/** For tests and the dev dock of other processes. */
function addControls(app: FastifyInstance, desk: CodeDesk): void {
  app.get('/sim/students', () => ({ students: desk.students }));
  app.post('/sim/codes', (request, reply) => {
    const wanted = issueRequest.safeParse(jsonBody(request.body));
    if (!wanted.success) return reply.code(400).send({ error: 'malformed_request' });
    const payload = desk.issue(wanted.data.studentNumber, wanted.data.kind);
    return payload ? { payload } : reply.code(404).send({ error: 'not_found' });
  });
}
