import { constants, type KeyObject, publicEncrypt, randomBytes, sign, verify } from 'node:crypto';

/** Authentication scheme of API v3: SHA-256 with RSA 2048, PKCS #1 v1.5. */
const SCHEME = 'WECHATPAY2-SHA256-RSA2048';

/** Signatures older or newer than this are refused, so that a recorded message cannot be replayed. */
export const TIMESTAMP_TOLERANCE_S = 300;

/** Every signed text of API v3: lines, each one ended by `\n`, the last one too. */
const lines = (...parts: readonly string[]): Buffer => Buffer.from(`${parts.join('\n')}\n`, 'utf8');

const signLines = (key: KeyObject, ...parts: readonly string[]): string =>
  sign('sha256', lines(...parts), key).toString('base64');

/** 32 hex digits, as the documentation shows them. */
export const newNonce = (): string => randomBytes(16).toString('hex').toUpperCase();

export const unixSeconds = (date: Date): string => String(Math.floor(date.getTime() / 1000));

export type SignedRequest = {
  readonly mchId: string;
  readonly serial: string;
  readonly privateKey: KeyObject;
  readonly method: string;
  /** Path with the query string, as sent. */
  readonly pathAndQuery: string;
  /** The body exactly as sent; empty for GET. */
  readonly body: string;
  readonly timestamp: string;
  readonly nonce: string;
};

/** Value of the `Authorization` header. */
export function authorization(request: SignedRequest): string {
  const { method, pathAndQuery, timestamp, nonce, body } = request;
  const signature = signLines(request.privateKey, method, pathAndQuery, timestamp, nonce, body);
  return (
    `${SCHEME} mchid="${request.mchId}",nonce_str="${nonce}",signature="${signature}",` +
    `timestamp="${timestamp}",serial_no="${request.serial}"`
  );
}

/** `paySign` of `wx.requestPayment`: four lines, the last with its `prepay_id=` prefix. */
export function signJsapi(
  privateKey: KeyObject,
  appId: string,
  timestamp: string,
  nonce: string,
  prepayPackage: string,
): string {
  return signLines(privateKey, appId, timestamp, nonce, prepayPackage);
}

/** The four headers that answers and notifications carry. */
export type SignatureHeaders = {
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
  readonly serial: string;
};

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Undefined when a header is missing or doubled. */
export function readSignatureHeaders(headers: Headers): SignatureHeaders | undefined {
  const timestamp = headers['wechatpay-timestamp'];
  const nonce = headers['wechatpay-nonce'];
  const signature = headers['wechatpay-signature'];
  const serial = headers['wechatpay-serial'];
  if (typeof timestamp !== 'string' || typeof nonce !== 'string') return undefined;
  if (typeof signature !== 'string' || typeof serial !== 'string') return undefined;
  return { timestamp, nonce, signature, serial };
}

export function isTimely(timestamp: string, now: Date): boolean {
  if (!/^\d{1,11}$/.test(timestamp)) return false;
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) <= TIMESTAMP_TOLERANCE_S;
}

/** Checks an answer's or a notification's signature over its raw body. */
export function isAuthentic(
  publicKey: KeyObject,
  headers: SignatureHeaders,
  rawBody: Uint8Array,
): boolean {
  // A line break inside would let one signed text be read as another.
  if (/[\r\n]/.test(headers.timestamp + headers.nonce)) return false;
  const message = Buffer.concat([
    lines(headers.timestamp, headers.nonce),
    rawBody,
    Buffer.from('\n'),
  ]);
  const signature = Buffer.from(headers.signature, 'base64');
  // Base64 decoding skips foreign characters; the probe `WECHATPAY/SIGNTEST/…` must fail as it is.
  if (signature.toString('base64') !== headers.signature) return false;
  return verify('sha256', message, publicKey, signature);
}

/** RSA-OAEP with SHA-1, as API v3 wants personal data: only the holder of the key reads it. */
export function encryptFor(key: KeyObject, text: string): string {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key, padding, oaepHash: 'sha1' }, Buffer.from(text)).toString('base64');
}
