import { randomBytes, randomInt } from 'node:crypto';
import {
  createLedger,
  type Ledger,
  type NewRefund,
  type Order,
  type Outcome,
  paidFenOf,
  type Refund,
  type RefundState,
} from './ledger.ts';
import { decryptFor, type MerchantKey, type SignerKey } from './message-security.ts';
import { createNotifier, type Notifier } from './notifier.ts';
import { type BareKey, createBareKey, createIdentity, type Identity } from './platform-identity.ts';
import { refundNotice, transactionBody } from './wire-bodies.ts';

/** What a merchant would have from WeChat Pay's merchant platform. Made anew at every start. */
export type MerchantCredentials = {
  readonly mchId: string;
  readonly appId: string;
  readonly merchantSerial: string;
  /** PEM. */
  readonly merchantPrivateKey: string;
  /** 32 ASCII characters. */
  readonly apiV3Key: string;
  /** 微信支付公钥: id → PEM. */
  readonly publicKeys: Readonly<Record<string, string>>;
};

/** One WeChat Pay with one merchant. */
export type Platform = {
  readonly credentials: MerchantCredentials;
  readonly merchantKey: MerchantKey;
  readonly ledger: Ledger;
  readonly notifier: Notifier;
  readonly now: () => Date;
  /** The newest certificate, then older ones that are still listed. */
  certificates(): readonly Identity[];
  /** Makes a new certificate; the old one is listed no more. */
  rotateCertificate(): Promise<void>;
  /** The public key when asked for by its id, else the newest certificate. */
  signerFor(wantedSerial: string | undefined): SignerKey;
  /** The payer pays: state and notification. */
  pay(order: Order, paidFen?: number): Outcome<Order>;
  /** What becomes of a refund: state and notification. */
  finishRefund(refund: Refund, state: RefundState): void;
  /** Somebody returns money in the merchant platform's own pages, under a number that is nobody's. */
  refundAtDesk(order: Order, refundFen: number): Outcome<Refund>;
  /** Opens what was encrypted for that key of the platform's. */
  open(serial: string, sealed: string): string | undefined;
};

export async function createPlatform(now: () => Date): Promise<Platform> {
  const merchant = await createIdentity('Demo merchant', now());
  const publicKey = createBareKey(`PUB_KEY_ID_01${digits(30)}`);
  let certificates = [await createIdentity('Demo payment platform', now())];
  const credentials = credentialsOf(merchant, publicKey);
  const ledger = createLedger(now);
  const notifier = createNotifier(credentials.apiV3Key, now);

  const signerFor = (serial: string | undefined): SignerKey => {
    if (serial === publicKey.id) return { serial, privateKey: publicKey.privateKey };
    const [newest] = certificates;
    if (!newest) throw new Error('The platform always has a certificate');
    return newest;
  };
  return {
    credentials,
    merchantKey: {
      mchId: credentials.mchId,
      serial: merchant.serial,
      publicKey: merchant.publicKey,
    },
    ledger,
    notifier,
    now,
    certificates: () => certificates,
    async rotateCertificate() {
      certificates = [await createIdentity('Demo payment platform', now())];
    },
    signerFor,
    pay(order, paidFen) {
      const paid = ledger.pay(order, paidFen);
      if (paid.ok) {
        notifier.notify({
          eventType: 'TRANSACTION.SUCCESS',
          url: order.notifyUrl,
          outTradeNo: order.outTradeNo,
          content: transactionBody(credentials, order),
          signer: signerFor(order.signerSerial),
        });
      }
      return paid;
    },
    refundAtDesk(order, refundFen) {
      const wanted: NewRefund = {
        ...{ outRefundNo: `desk${digits(24)}`, refundFen, totalFen: paidFenOf(order) },
        notifyUrl: order.notifyUrl,
      };
      return ledger.refund(order.outTradeNo, wanted);
    },
    open(serial, sealed) {
      const holder = [publicKey, ...certificates].find(
        (key) => ('id' in key ? key.id : key.serial) === serial,
      );
      return holder && decryptFor(holder.privateKey, sealed);
    },
    finishRefund(refund, state) {
      ledger.finishRefund(refund, state);
      if (!refund.notifyUrl || state === 'PROCESSING') return;
      notifier.notify({
        eventType: `REFUND.${state}`,
        url: refund.notifyUrl,
        outTradeNo: refund.order.outTradeNo,
        content: refundNotice(credentials, refund),
        signer: signerFor(refund.order.signerSerial),
      });
    },
  };
}

function credentialsOf(merchant: Identity, publicKey: BareKey): MerchantCredentials {
  return {
    mchId: `19${digits(8)}`,
    appId: `wx${randomBytes(8).toString('hex')}`,
    merchantSerial: merchant.serial,
    merchantPrivateKey: merchant.privateKeyPem,
    apiV3Key: randomBytes(16).toString('hex'),
    publicKeys: { [publicKey.id]: publicKey.publicKeyPem },
  };
}

function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}
