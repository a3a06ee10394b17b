import {
  constants,
  createCipheriv,
  createSign,
  createVerify,
  type KeyObject,
  privateDecrypt,
  randomBytes,
} from 'node:crypto';

/**
 * WeChat Pay's side of API v3's signatures and encryption. Written apart from the product's side,
 * so that a mistake in one is not repeated in the other.
 */

const TOLERANCE_S = 300;

export type SignerKey = { readonly serial: string; readonly privateKey: KeyObject };

/** Headers of a signed answer or notification. */
export function platformSignature(key: SignerKey, body: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signer = createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n${body}\n`, 'utf8');
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': key.serial,
    'wechatpay-signature': signer.sign(key.privateKey, 'base64'),
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  };
}

/** Spoils a signature the way WeChat Pay's own probes do. */
export function probeSignature(headers: Record<string, string>): Record<string, string> {
  const signature = headers['wechatpay-signature'] ?? '';
  return { ...headers, 'wechatpay-signature': `WECHATPAY/SIGNTEST/${signature}` };
}

export type MerchantCall = {
  readonly authorization: string;
  readonly method: string;
  readonly pathAndQuery: string;
  readonly body: string;
};

export type MerchantKey = {
  readonly mchId: string;
  readonly serial: string;
  readonly publicKey: KeyObject;
};

/** True when the call carries this merchant's valid and timely signature. */
export function isMerchantCall(merchant: MerchantKey, call: MerchantCall, now: Date): boolean {
  const [scheme, fields = ''] = splitOnce(call.authorization, ' ');
  if (scheme !== 'WECHATPAY2-SHA256-RSA2048') return false;
  const field = Object.fromEntries(
    [...fields.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  if (field.mchid !== merchant.mchId || field.serial_no !== merchant.serial) return false;
  const ageS = Math.abs(now.getTime() / 1000 - Number(field.timestamp));
  if (!(ageS <= TOLERANCE_S) || !field.nonce_str) return false;
  const text = `${call.method}\n${call.pathAndQuery}\n${field.timestamp}\n${field.nonce_str}\n${call.body}\n`;
  return createVerify('RSA-SHA256')
    .update(text, 'utf8')
    .verify(merchant.publicKey, field.signature ?? '', 'base64');
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

export type JsapiCall = {
  readonly appId: string;
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly paySign: string;
};

/** What WeChat's client checks before it opens the payment sheet. */
export function isJsapiCall(merchant: MerchantKey, call: JsapiCall): boolean {
  return createVerify('RSA-SHA256')
    .update(`${call.appId}\n${call.timeStamp}\n${call.nonceStr}\n${call.package}\n`, 'utf8')
    .verify(merchant.publicKey, call.paySign, 'base64');
}

/** AEAD_AES_256_GCM with the merchant's APIv3 key. */
export function encryptResource(apiV3Key: string, plain: string, associatedData: string) {
  const nonce = randomBytes(9).toString('base64url').slice(0, 12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(associatedData));
  const sealed = [cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: Buffer.concat(sealed).toString('base64'),
    nonce,
    associated_data: associatedData,
  };
}

/** Personal data that a merchant has encrypted for us; undefined when it was not for this key. */
export function decryptFor(key: KeyObject, sealed: string): string | undefined {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  try {
    const bytes = Buffer.from(sealed, 'base64');
    return privateDecrypt({ key, padding, oaepHash: 'sha1' }, bytes).toString('utf8');
  } catch {
    return undefined;
  }
}
