import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import { generate } from 'selfsigned';

/** A key pair with its certificate, as WeChat Pay and its merchants each hold one. */
export type Identity = {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** Hex digits, upper case, as messages carry them. */
  readonly serial: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
};

const YEAR_MS = 365 * 24 * 3600_000;

/** A new RSA 2048 key with a self-signed certificate, valid for five years around `now`. */
export async function createIdentity(commonName: string, now: Date): Promise<Identity> {
  const made = await generate([{ name: 'commonName', value: commonName }], {
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - YEAR_MS),
    notAfterDate: new Date(now.getTime() + 4 * YEAR_MS),
  });
  const certificate = new X509Certificate(made.cert);
  return {
    privateKey: createPrivateKey(made.private),
    publicKey: certificate.publicKey,
    serial: certificate.serialNumber.toUpperCase(),
    certificatePem: made.cert,
    privateKeyPem: made.private,
  };
}

/** A bare key pair, as 微信支付公钥 is: no certificate, an id in its place. */
export type BareKey = {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKeyPem: string;
};

export function createBareKey(id: string): BareKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return { id, privateKey, publicKeyPem };
}
