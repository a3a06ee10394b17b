import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The gateway's side of docs/collection-code-gateway.md. Written apart from the product's side, so
 * that a mistake in one is not repeated in the other.
 */

const TOLERANCE_S = 300;

export type AgencyCredentials = { readonly agencyId: string; readonly secret: string };

export type SignedCall = {
  readonly method: string;
  readonly pathAndQuery: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
};

export type CallRefusal = 'signature_invalid' | 'timestamp_out_of_range' | 'nonce_reused';

export type AgencyGate = {
  /** Undefined when the call may pass; it then counts its nonce as used. */
  refuse(call: SignedCall): CallRefusal | undefined;
  /** Headers of the answer to a call with this nonce. */
  sign(nonce: string, status: number, body: string): Record<string, string>;
};

export function createAgencyGate(agency: AgencyCredentials, now: () => Date): AgencyGate {
  const usedUntil = new Map<string, number>();
  const seconds = (): number => Math.floor(now().getTime() / 1000);
  return {
    refuse(call) {
      const timestamp = header(call, 'x-timestamp');
      const nonce = header(call, 'x-nonce');
      if (!/^[0-9A-Za-z_-]{16,64}$/.test(nonce)) return 'signature_invalid';
      if (header(call, 'x-agency-id') !== agency.agencyId) return 'signature_invalid';
      const expected = requestSignature(agency.secret, call, timestamp, nonce);
      if (!same(header(call, 'x-signature'), expected)) return 'signature_invalid';
      if (Math.abs(seconds() - Number(timestamp)) > TOLERANCE_S) return 'timestamp_out_of_range';
      for (const [old, until] of usedUntil) if (until < seconds()) usedUntil.delete(old);
      if (usedUntil.has(nonce)) return 'nonce_reused';
      usedUntil.set(nonce, seconds() + 2 * TOLERANCE_S);
      return undefined;
    },
    sign(nonce, status, body) {
      const timestamp = String(seconds());
      const text = `answer\n${nonce}\n${status}\n${timestamp}\n${digest(Buffer.from(body))}\n`;
      return { 'x-timestamp': timestamp, 'x-signature': mac(agency.secret, text) };
    },
  };
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const mac = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text, 'utf8').digest('hex');

function header(call: SignedCall, name: string): string {
  const value = call.headers[name];
  return typeof value === 'string' ? value : '';
}

function requestSignature(
  secret: string,
  call: SignedCall,
  timestamp: string,
  nonce: string,
): string {
  const { method, pathAndQuery, body } = call;
  const text = `request\n${method}\n${pathAndQuery}\n${timestamp}\n${nonce}\n${digest(body)}\n`;
  return mac(secret, text);
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
