import { type KeyObject, X509Certificate } from 'node:crypto';
import { fail, ok, type Result } from '@gradshot/domain';
import { z } from 'zod';
import { type Exchange, exchange, parseJson } from '../http/bounded-exchange.ts';
import type { Merchant } from './config.ts';
import {
  createPlatformKeys,
  type PlatformCertificate,
  type PlatformKeys,
} from './platform-keys.ts';
import { decryptResource } from './resource-cipher.ts';
import {
  authorization,
  isAuthentic,
  isTimely,
  newNonce,
  readSignatureHeaders,
  unixSeconds,
} from './signature.ts';
import { certificateList, errorAnswer } from './wire-format.ts';

const MAX_ANSWER_BYTES = 256 * 1024;
/** Some 200,000 lines of a bill, packed. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

export type Call = {
  /** Name for the trouble report. */
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  /** Path with the query string, already encoded. */
  readonly pathAndQuery: string;
  readonly body?: unknown;
  /** Serial of the key that fields of the body are encrypted for. */
  readonly encryptedFor?: string;
  readonly maxBytes?: number;
};

/** An answer whose signature was verified: success with its body, or WeChat Pay's own refusal. */
export type Answer<T> =
  | { readonly kind: 'success'; readonly value: T }
  | {
      readonly kind: 'refusal';
      readonly status: number;
      readonly code: string;
      readonly message: string;
    };

export type SignedClient = {
  readonly keys: PlatformKeys;
  /** `payment.providerUnavailable` for everything that is neither success nor a signed refusal. */
  call<T>(call: Call, schema: z.core.$ZodType<T>): Promise<Result<Answer<T>>>;
  /**
   * A file that a signed answer named, with its hash: signed for by us, and not by them. Undefined when
   * it cannot be had.
   */
  download(operation: string, url: URL): Promise<Buffer | undefined>;
};

export function createSignedClient(merchant: Merchant): SignedClient {
  const keys = createPlatformKeys({
    publicKeys: merchant.publicKeys,
    now: merchant.now,
    ...(merchant.useCertificates ? { fetchCertificates: () => fetchCertificates(merchant) } : {}),
  });
  return {
    keys,
    async download(operation, url) {
      // Our signature goes to nobody else, whatever address they name.
      if (!merchant.urls.some((known) => new URL(known).host === url.host)) return undefined;
      const pathAndQuery = url.pathname + url.search;
      const call = { operation, method: 'GET', pathAndQuery, maxBytes: MAX_FILE_BYTES } as const;
      const answer = await sendToEitherAddress(merchant, call, undefined);
      return answer?.status === 200 ? answer.body : undefined;
    },
    async call(call, schema) {
      const answer = await sendToEitherAddress(merchant, call, keys.preferredSerial);
      if (!answer) return unavailable();
      const trouble = (why: string, message?: string) => {
        const requestId = answer.headers['request-id'];
        merchant.report({
          operation: call.operation,
          why,
          status: answer.status,
          ...(message ? { message } : {}),
          ...(requestId ? { requestId } : {}),
        });
      };
      if (!(await isSigned(merchant, keys, answer))) {
        // A refused signature of ours is answered without one of theirs: its code helps staff.
        trouble(`unsigned ${readError(answer)?.code ?? ''}`.trim());
        return unavailable();
      }
      if (answer.status >= 200 && answer.status < 300) return readSuccess(answer, schema, trouble);
      const error = readError(answer);
      trouble(error?.code ?? 'malformed', error?.message);
      if (!error || answer.status >= 500 || answer.status === 429) return unavailable();
      return ok({ kind: 'refusal', status: answer.status, ...error });
    },
  };
}

const unavailable = () => fail('payment.providerUnavailable');

function readError(answer: Exchange): { code: string; message: string } | undefined {
  return errorAnswer.safeParse(parseJson(answer.body)).data;
}

function readSuccess<T>(
  answer: Exchange,
  schema: z.core.$ZodType<T>,
  trouble: (why: string) => void,
): Result<Answer<T>> {
  const json = answer.status === 204 ? undefined : parseJson(answer.body);
  const parsed = z.safeParse(schema, json);
  if (parsed.success) return ok({ kind: 'success', value: parsed.data });
  trouble('malformed');
  return unavailable();
}

/**
 * Both addresses in turn. Every operation of this adapter may be repeated safely, because our own
 * order and refund numbers identify it.
 */
async function sendToEitherAddress(
  merchant: Merchant,
  call: Call,
  preferredSerial: string | undefined,
): Promise<Exchange | undefined> {
  for (const url of merchant.urls) {
    const outcome = await send(merchant, url, call, preferredSerial);
    if (outcome.ok && outcome.exchange.status < 500) return outcome.exchange;
    const why = outcome.ok ? `HTTP ${outcome.exchange.status}` : outcome.why;
    merchant.report({ operation: call.operation, why });
  }
  return undefined;
}

function send(
  merchant: Merchant,
  baseUrl: string,
  call: Call,
  preferredSerial: string | undefined,
): ReturnType<typeof exchange> {
  const url = new URL(call.pathAndQuery, baseUrl);
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  const serial = call.encryptedFor ?? preferredSerial;
  const signed = authorization({
    mchId: merchant.mchId,
    serial: merchant.serial,
    privateKey: merchant.privateKey,
    method: call.method,
    pathAndQuery: url.pathname + url.search,
    body,
    timestamp: unixSeconds(merchant.now()),
    nonce: newNonce(),
  });
  return exchange({
    method: call.method,
    url,
    headers: {
      authorization: signed,
      accept: 'application/json',
      'user-agent': 'gradshot-server',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(serial ? { 'wechatpay-serial': serial } : {}),
    },
    ...(body ? { body } : {}),
    timeoutMs: merchant.timeoutMs,
    maxBytes: call.maxBytes ?? MAX_ANSWER_BYTES,
  });
}

async function isSigned(
  merchant: Merchant,
  keys: PlatformKeys,
  answer: Exchange,
): Promise<boolean> {
  const headers = readSignatureHeaders(answer.headers);
  if (!headers || !isTimely(headers.timestamp, merchant.now())) return false;
  const lookup = await keys.keyFor(headers.serial);
  return lookup.found && isAuthentic(lookup.key, headers, answer.body);
}

/**
 * `GET /v3/certificates`. The answer is signed with one of the certificates it carries; they are
 * believed because only the APIv3 key opens them, and then the signature must fit as well.
 */
async function fetchCertificates(
  merchant: Merchant,
): Promise<readonly PlatformCertificate[] | undefined> {
  const call = {
    operation: 'certificates',
    method: 'GET',
    pathAndQuery: '/v3/certificates',
  } as const;
  const answer = await sendToEitherAddress(merchant, call, undefined);
  if (!answer) return undefined;
  const certificates = openCertificates(merchant, answer);
  const headers = readSignatureHeaders(answer.headers);
  const signer = certificates?.find(({ serial }) => serial === headers?.serial);
  const authentic =
    signer !== undefined &&
    headers !== undefined &&
    isTimely(headers.timestamp, merchant.now()) &&
    isAuthentic(publicKeyOf(signer), headers, answer.body);
  if (authentic) return certificates;
  const why = `unsigned ${readError(answer)?.code ?? ''}`.trim();
  merchant.report({ operation: call.operation, why, status: answer.status });
  return undefined;
}

const publicKeyOf = ({ pem }: PlatformCertificate): KeyObject => new X509Certificate(pem).publicKey;

function openCertificates(
  merchant: Merchant,
  answer: Exchange,
): readonly PlatformCertificate[] | undefined {
  const list = certificateList.safeParse(parseJson(answer.body));
  if (answer.status !== 200 || !list.success) return undefined;
  const opened = list.data.data.map(({ serial_no, encrypt_certificate }) => {
    const pem = decryptResource(merchant.apiV3Key, encrypt_certificate)?.toString('utf8');
    return pem && isCertificate(pem, serial_no) ? { serial: serial_no, pem } : undefined;
  });
  return opened.every((certificate) => certificate !== undefined) ? opened : undefined;
}

function isCertificate(pem: string, serial: string): boolean {
  try {
    return new X509Certificate(pem).serialNumber.toUpperCase() === serial.toUpperCase();
  } catch {
    return false;
  }
}
