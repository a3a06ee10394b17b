import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';

/** How often platform certificates are asked for anew: WeChat Pay wants less than 12 hours. */
const REFRESH_AFTER_MS = 10 * 3600_000;
/** Unknown serial numbers in forged messages must not make us ask again and again. */
const ASK_AGAIN_AFTER_MS = 60_000;
const ASK_AGAIN_AFTER_FAILURE_MS = 3000;

/** One platform certificate, decrypted, PEM. */
export type PlatformCertificate = { readonly serial: string; readonly pem: string };

/**
 * Fetches the certificates; undefined when that fails. The fetcher checks the answer's signature
 * against the certificates inside it: the APIv3 key that opened them vouches for them.
 */
export type FetchCertificates = () => Promise<readonly PlatformCertificate[] | undefined>;

export type KeyLookup =
  | { readonly found: true; readonly key: KeyObject }
  | { readonly found: false; readonly why: 'unknown' | 'unavailable' };

/** The keys that WeChat Pay signs with: configured public keys, and downloaded certificates. */
export type PlatformKeys = {
  keyFor(serial: string): Promise<KeyLookup>;
  /** Whom to encrypt for; undefined when no key can be fetched now. */
  recipient(): Promise<{ readonly serial: string; readonly key: KeyObject } | undefined>;
  /** Sent as `Wechatpay-Serial` so that answers are signed with this key. */
  readonly preferredSerial: string | undefined;
};

type Options = {
  readonly publicKeys: Readonly<Record<string, string>>;
  readonly now: () => Date;
  /** Absent in pure public-key mode. */
  readonly fetchCertificates?: FetchCertificates;
};

export function createPlatformKeys(options: Options): PlatformKeys {
  const fixed = new Map(
    Object.entries(options.publicKeys).map(([id, pem]) => [id, createPublicKey(pem)] as const),
  );
  const certificates = options.fetchCertificates
    ? createCertificateStore(options.fetchCertificates, options.now)
    : undefined;
  return {
    preferredSerial: fixed.keys().next().value,
    async recipient() {
      const [first] = fixed;
      return first ? { serial: first[0], key: first[1] } : certificates?.newest();
    },
    async keyFor(serial) {
      const key = fixed.get(serial);
      if (key) return { found: true, key };
      if (!certificates || serial.startsWith('PUB_KEY_ID_')) return UNKNOWN;
      return certificates.find(serial);
    },
  };
}

const UNKNOWN: KeyLookup = { found: false, why: 'unknown' };

function createCertificateStore(fetchCertificates: FetchCertificates, now: () => Date) {
  let known = new Map<string, X509Certificate>();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let lastFailed = false;
  let running: Promise<void> | undefined;

  const fetchNow = async (): Promise<void> => {
    askedAt = now().getTime();
    const list = await fetchCertificates();
    lastFailed = list === undefined;
    if (!list) return;
    known = new Map(list.map(({ serial, pem }) => [serial, new X509Certificate(pem)]));
    fetchedAt = now().getTime();
  };
  /** One download at a time, however many messages wait for it. */
  const refresh = (): Promise<void> => {
    running ??= fetchNow().finally(() => {
      running = undefined;
    });
    return running;
  };
  const mayAsk = (): boolean => {
    const pause = lastFailed ? ASK_AGAIN_AFTER_FAILURE_MS : ASK_AGAIN_AFTER_MS;
    return now().getTime() - askedAt >= pause;
  };

  const find = async (serial: string): Promise<KeyLookup> => {
    const stale = now().getTime() - fetchedAt > REFRESH_AFTER_MS;
    if ((stale || !known.has(serial)) && (running || mayAsk())) await refresh();
    const certificate = known.get(serial);
    if (certificate && isValidAt(certificate, now())) {
      return { found: true, key: certificate.publicKey };
    }
    return lastFailed ? { found: false, why: 'unavailable' } : UNKNOWN;
  };
  const newest = async () => {
    const stale = now().getTime() - fetchedAt > REFRESH_AFTER_MS;
    if (stale && (running || mayAsk())) await refresh();
    const [entry] = [...known]
      .filter(([, certificate]) => isValidAt(certificate, now()))
      .sort(([, a], [, b]) => b.validFromDate.getTime() - a.validFromDate.getTime());
    return entry && { serial: entry[0], key: entry[1].publicKey };
  };
  return { find, newest };
}

function isValidAt(certificate: X509Certificate, date: Date): boolean {
  return certificate.validFromDate <= date && date <= certificate.validToDate;
}
