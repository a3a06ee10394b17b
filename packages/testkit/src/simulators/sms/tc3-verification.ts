import { createHash, createHmac } from 'node:crypto';

/**
 * The cloud's side of TC3-HMAC-SHA256. Written apart from the product's side, so that a mistake in
 * one is not repeated in the other; it takes any list of signed headers.
 */

export type CloudCredentials = { readonly secretId: string; readonly secretKey: string };

export type SignedPost = {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
};

export type Tc3Verdict = 'ok' | 'AuthFailure.SignatureFailure' | 'AuthFailure.SignatureExpire';

const TOLERANCE_S = 300;
const FORM =
  /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/(\w+)\/tc3_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

export function verifyTc3(cloud: CloudCredentials, post: SignedPost, now: Date): Tc3Verdict {
  const [, id, date = '', service = '', names = '', signature] =
    FORM.exec(String(post.headers.authorization)) ?? [];
  const timestamp = String(post.headers['x-tc-timestamp']);
  if (id !== cloud.secretId || !/(^|;)content-type;.*host/.test(names)) {
    return 'AuthFailure.SignatureFailure';
  }
  if (!(Math.abs(now.getTime() / 1000 - Number(timestamp)) <= TOLERANCE_S)) {
    return 'AuthFailure.SignatureExpire';
  }
  if (new Date(Number(timestamp) * 1000).toISOString().slice(0, 10) !== date) {
    return 'AuthFailure.SignatureFailure';
  }
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${date}/${service}/tc3_request\n${digest(canonical(post, names))}`;
  let key: string | Buffer = `TC3${cloud.secretKey}`;
  for (const part of [date, service, 'tc3_request']) key = mac(key, part);
  return mac(key, text).toString('hex') === signature ? 'ok' : 'AuthFailure.SignatureFailure';
}

function canonical(post: SignedPost, names: string): string {
  const headers = names
    .split(';')
    .map((name) => `${name}:${String(post.headers[name]).trim().toLowerCase()}\n`);
  return `POST\n/\n\n${headers.join('')}\n${names}\n${digest(post.body)}`;
}

const digest = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const mac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
