import { randomBytes } from 'node:crypto';
import { type CodePayload, type ErrorCode, fail, ok, type Result } from '@gradshot/domain';
import { z } from 'zod';
import type {
  CodeHolder,
  CollectionCodeGateway,
} from '../../ports/eligibility/collection-code-gateway.ts';
import { type Exchange, exchange, parseJson } from '../http/bounded-exchange.ts';
import { isAnswerAuthentic, signRequest } from './request-signature.ts';

export type HttpGatewayConfig = {
  /** Address of the agency's interface; HTTPS in production. */
  readonly baseUrl: string;
  readonly agencyId: string;
  /** Shared secret of the HMAC, at least 32 characters. */
  readonly secret: string;
  /** Default 6000 ms. */
  readonly timeoutMs?: number;
  readonly now?: () => Date;
  /** Told why the gateway counted as unavailable; no personal data. */
  readonly report?: (trouble: { readonly why: string; readonly status?: number }) => void;
};

/** As many bytes as any QR code can hold (version 40, level L). */
const MAX_PAYLOAD = 2953;
const MAX_ANSWER_BYTES = 64 * 1024;
const TIMESTAMP_TOLERANCE_S = 300;

const text = z.string().min(1).max(200);
const holder = z.object({
  student: z.object({
    studentNumber: text,
    name: text,
    idNumber: z.string().min(4).max(32),
    schoolCode: text,
    schoolName: text,
    college: text.optional(),
    major: text.optional(),
    level: text.optional(),
    graduationYear: z.int().min(1950).max(2200).optional(),
  }),
  expiresAt: z.iso.datetime({ offset: true }),
});

const refusal = z.object({ error: z.string() });

const REFUSALS: Readonly<Record<string, ErrorCode>> = {
  not_a_collection_code: 'code.notCollectionCode',
  forged: 'code.notCollectionCode',
  unknown_code: 'code.unknown',
  expired_code: 'code.expired',
};

type Gateway = Required<HttpGatewayConfig>;

/**
 * The gateway over the HTTPS protocol of docs/collection-code-gateway.md.
 *
 * @throws when the secret is too short: a wrong configuration must stop the start.
 */
export function createHttpGateway(config: HttpGatewayConfig): CollectionCodeGateway {
  if (config.secret.length < 32) throw new Error('The gateway secret needs 32 characters or more');
  const gateway: Gateway = {
    timeoutMs: 6000,
    now: () => new Date(),
    report: () => undefined,
    ...config,
  };
  return { resolve: (code) => resolve(gateway, code) };
}

async function resolve(gateway: Gateway, code: CodePayload): Promise<Result<CodeHolder>> {
  if (!canBeQrCode(code)) return fail('code.notCollectionCode');
  const { nonce, outcome } = await askOnceMore(gateway, code);
  if (!outcome.ok) return unavailable(gateway, outcome.why);
  const answer = outcome.exchange;
  if (!isAuthentic(gateway, nonce, answer)) return unavailable(gateway, 'unsigned', answer.status);
  const json = parseJson(answer.body);
  if (answer.status !== 200) return readRefusal(gateway, answer.status, json);
  const parsed = holder.safeParse(json);
  if (!parsed.success) return unavailable(gateway, 'malformed', answer.status);
  return ok(readHolder(parsed.data));
}

/** Nothing is read from a code here; what no QR code can hold need not travel. */
function canBeQrCode(code: CodePayload): boolean {
  if (!('payload' in code)) return Buffer.byteLength(code.payloadBase64, 'base64') <= MAX_PAYLOAD;
  return code.payload.trim() !== '' && Buffer.byteLength(code.payload) <= MAX_PAYLOAD;
}

function unavailable(gateway: Gateway, why: string, status?: number): Result<never> {
  gateway.report(status === undefined ? { why } : { why, status });
  return fail('code.gatewayUnavailable');
}

/**
 * Asked again where the connection broke: one that was kept open may have been closed at the other end
 * just then. Nothing changes there by being asked twice.
 */
async function askOnceMore(gateway: Gateway, code: CodePayload) {
  const first = newNonce();
  const outcome = await ask(gateway, code, first);
  if (outcome.ok || outcome.why !== 'unreachable') return { nonce: first, outcome };
  const second = newNonce();
  return { nonce: second, outcome: await ask(gateway, code, second) };
}

const newNonce = () => randomBytes(16).toString('hex');

function ask(gateway: Gateway, code: CodePayload, nonce: string): ReturnType<typeof exchange> {
  const url = new URL(`${gateway.baseUrl.replace(/\/$/, '')}/v1/collection-codes/resolve`);
  const body = JSON.stringify(code);
  const timestamp = String(Math.floor(gateway.now().getTime() / 1000));
  const signature = signRequest(gateway.secret, {
    method: 'POST',
    pathAndQuery: url.pathname + url.search,
    timestamp,
    nonce,
    body,
  });
  return exchange({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-agency-id': gateway.agencyId,
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-signature': signature,
    },
    body,
    timeoutMs: gateway.timeoutMs,
    maxBytes: MAX_ANSWER_BYTES,
  });
}

function isAuthentic(gateway: Gateway, nonce: string, answer: Exchange): boolean {
  const timestamp = answer.headers['x-timestamp'] ?? '';
  const signature = answer.headers['x-signature'] ?? '';
  if (!/^\d{1,11}$/.test(timestamp)) return false;
  const ageS = Math.abs(gateway.now().getTime() / 1000 - Number(timestamp));
  if (ageS > TIMESTAMP_TOLERANCE_S) return false;
  const { status, body } = answer;
  return isAnswerAuthentic(gateway.secret, { nonce, status, timestamp, body }, signature);
}

function readRefusal(gateway: Gateway, status: number, json: unknown): Result<never> {
  const error = refusal.safeParse(json).data?.error ?? 'malformed';
  const code = REFUSALS[error];
  return code ? fail(code) : unavailable(gateway, error, status);
}

function readHolder({ student, expiresAt }: z.infer<typeof holder>): CodeHolder {
  const { college, major, level, graduationYear, ...known } = student;
  return {
    ...known,
    idNumber: known.idNumber.trim().toUpperCase(),
    ...(college ? { college } : {}),
    ...(major ? { major } : {}),
    ...(level ? { level } : {}),
    ...(graduationYear ? { graduationYear } : {}),
    expiresAt: new Date(expiresAt),
  };
}
