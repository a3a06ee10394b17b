import { createPrivateKey, type KeyObject } from 'node:crypto';

/** What a merchant gets from, or sets in, WeChat Pay's merchant platform. */
export type WechatPayConfig = {
  /** 商户号. */
  readonly mchId: string;
  /** AppID of the mini-program or official account bound to the merchant. */
  readonly appId: string;
  /** Serial number of the merchant's API certificate, hex digits. */
  readonly merchantSerial: string;
  /** Private key of that certificate (`apiclient_key.pem`), PEM. */
  readonly merchantPrivateKey: string;
  /** APIv3 key, 32 bytes of ASCII. */
  readonly apiV3Key: string;
  /**
   * WeChat Pay public keys (微信支付公钥), id `PUB_KEY_ID_…` → PEM. New merchants get only this; old ones
   * use platform certificates; while changing over, both kinds of signature arrive.
   */
  readonly publicKeys?: Readonly<Record<string, string>>;
  /** Download and refresh platform certificates. Default: true unless public keys are given. */
  readonly useCertificates?: boolean;
  /** Default `https://api.mch.weixin.qq.com`. */
  readonly baseUrl?: string;
  /** Tried once when the first address fails. Default `https://api2.mch.weixin.qq.com`. */
  readonly backupUrl?: string;
  /** One exchange; an operation may make two. Default 6000 ms. */
  readonly timeoutMs?: number;
  readonly now?: () => Date;
  /** Told about every refusal and failure, without personal data, for logs and staff. */
  readonly report?: (trouble: WechatPayTrouble) => void;
};

export type WechatPayTrouble = {
  readonly operation: string;
  /** What is wrong: a network word, `unsigned`, `malformed`, or WeChat Pay's own error code. */
  readonly why: string;
  readonly status?: number;
  readonly message?: string;
  /** WeChat Pay's `Request-ID`, which its support asks for. */
  readonly requestId?: string;
};

export const WECHAT_PAY_URL = 'https://api.mch.weixin.qq.com';
export const WECHAT_PAY_BACKUP_URL = 'https://api2.mch.weixin.qq.com';

/** The configuration with defaults filled and keys parsed. */
export type Merchant = {
  readonly mchId: string;
  readonly appId: string;
  readonly serial: string;
  readonly privateKey: KeyObject;
  readonly apiV3Key: Buffer;
  readonly publicKeys: Readonly<Record<string, string>>;
  readonly useCertificates: boolean;
  readonly urls: readonly [string, string];
  readonly timeoutMs: number;
  readonly now: () => Date;
  readonly report: (trouble: WechatPayTrouble) => void;
};

/** @throws when a key cannot be read: a wrong configuration must stop the start, not a payment. */
export function readConfig(config: WechatPayConfig): Merchant {
  const apiV3Key = Buffer.from(config.apiV3Key, 'utf8');
  if (apiV3Key.length !== 32) throw new Error('The APIv3 key must be 32 bytes long');
  const publicKeys = config.publicKeys ?? {};
  const useCertificates = config.useCertificates ?? Object.keys(publicKeys).length === 0;
  if (!useCertificates && Object.keys(publicKeys).length === 0) {
    throw new Error('WeChat Pay needs a public key or platform certificates to check signatures');
  }
  const baseUrl = config.baseUrl ?? WECHAT_PAY_URL;
  return {
    mchId: config.mchId,
    appId: config.appId,
    serial: config.merchantSerial.toUpperCase(),
    privateKey: createPrivateKey(config.merchantPrivateKey),
    apiV3Key,
    publicKeys,
    useCertificates,
    urls: [baseUrl, config.backupUrl ?? (config.baseUrl ? baseUrl : WECHAT_PAY_BACKUP_URL)],
    timeoutMs: config.timeoutMs ?? 6000,
    now: config.now ?? (() => new Date()),
    report: config.report ?? (() => undefined),
  };
}
