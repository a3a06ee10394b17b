import { createHash, createHmac } from 'node:crypto';

/** Tencent Cloud API 3.0, signature method v3 (TC3-HMAC-SHA256), for POST with a JSON body. */

const ALGORITHM = 'TC3-HMAC-SHA256';
const CONTENT_TYPE = 'application/json; charset=utf-8';
const SIGNED_HEADERS = 'content-type;host;x-tc-action';

export type Tc3Request = {
  readonly secretId: string;
  readonly secretKey: string;
  /** Product, the first part of its host name: `sms`. */
  readonly service: string;
  /** Host header as sent, with a port that is not the default one. */
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly region: string;
  readonly body: string;
  readonly now: Date;
};

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text, 'utf8').digest();

/** All headers of the request, `host` excepted: the HTTP client sets it. */
export function tc3Headers(request: Tc3Request): Record<string, string> {
  const timestamp = String(Math.floor(request.now.getTime() / 1000));
  return {
    'content-type': CONTENT_TYPE,
    authorization: authorization(request, timestamp),
    'x-tc-action': request.action,
    'x-tc-timestamp': timestamp,
    'x-tc-version': request.version,
    'x-tc-region': request.region,
  };
}

function authorization(request: Tc3Request, timestamp: string): string {
  // The date is the timestamp's in UTC, whatever the time zone here.
  const date = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${request.service}/tc3_request`;
  const text = [ALGORITHM, timestamp, scope, sha256(canonicalRequest(request))].join('\n');
  const dateKey = hmac(`TC3${request.secretKey}`, date);
  const signingKey = hmac(hmac(dateKey, request.service), 'tc3_request');
  const signature = hmac(signingKey, text).toString('hex');
  return (
    `${ALGORITHM} Credential=${request.secretId}/${scope}, ` +
    `SignedHeaders=${SIGNED_HEADERS}, Signature=${signature}`
  );
}

function canonicalRequest(request: Tc3Request): string {
  const headers =
    `content-type:${CONTENT_TYPE}\nhost:${request.host}\n` +
    `x-tc-action:${request.action.toLowerCase()}\n`;
  return ['POST', '/', '', headers, SIGNED_HEADERS, sha256(request.body)].join('\n');
}
