import { randomUUID } from 'node:crypto';
import {
  encryptResource,
  platformSignature,
  probeSignature,
  type SignerKey,
} from './message-security.ts';
import { beijing } from './wire-bodies.ts';

/**
 * WeChat Pay's own pauses after an unanswered notification: 15 s, 15 s, 30 s, 3 min, 10 min, 20 min,
 * 30 min three times, 60 min, 3 h three times, 6 h twice.
 */
const MINUTE_MS = 60_000;
export const RETRY_PAUSES_MS: readonly number[] = [
  ...[15_000, 15_000, 30_000],
  ...[3, 10, 20, 30, 30, 30, 60, 180, 180, 180, 360, 360].map((minutes) => minutes * MINUTE_MS),
];

export type NotifierSettings = {
  /** `hold`: payments succeed, but no notification leaves. */
  notifications: 'send' | 'hold';
  /** How many times each notification is sent even when it is answered. */
  copies: number;
  /** Spoils every signature, as a probe or a forger would. */
  spoilSignatures: boolean;
  retryPausesMs: readonly number[];
};

export type Notice = {
  readonly eventType:
    | 'TRANSACTION.SUCCESS'
    | 'REFUND.SUCCESS'
    | 'REFUND.ABNORMAL'
    | 'REFUND.CLOSED';
  readonly url: string;
  readonly outTradeNo: string;
  readonly content: Record<string, unknown>;
  readonly signer: SignerKey;
};

export type Delivery = {
  readonly notificationId: string;
  readonly outTradeNo: string;
  readonly eventType: string;
  /** HTTP status of the answer; absent when there was none. */
  readonly status?: number;
};

export type Notifier = {
  readonly settings: NotifierSettings;
  readonly deliveries: readonly Delivery[];
  notify(notice: Notice): void;
  /** All that was ever to be told, whether it has left or not, the oldest first. */
  notices(): readonly {
    readonly id: string;
    readonly outTradeNo: string;
    readonly eventType: string;
  }[];
  /** Sends one of them, now: late, once more, or before an older one. */
  send(id: string): Promise<Delivery | undefined>;
  /** Sends every notification of the order once more, now. Resolves with the statuses. */
  repeat(outTradeNo: string): Promise<readonly Delivery[]>;
  /** Resolves when nothing is on its way (retries that still wait do not count). */
  settle(): Promise<void>;
  stop(): void;
};

type Prepared = { readonly notice: Notice; readonly id: string; readonly body: string };

const ANSWER_WITHIN_MS = 5000;

export function createNotifier(apiV3Key: string, now: () => Date): Notifier {
  const settings: NotifierSettings = {
    notifications: 'send',
    copies: 1,
    spoilSignatures: false,
    retryPausesMs: RETRY_PAUSES_MS,
  };
  const deliveries: Delivery[] = [];
  const prepared: Prepared[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const underWay = new Set<Promise<unknown>>();
  let stopped = false;

  const deliver = async (item: Prepared): Promise<Delivery> => {
    const status = await post(item, now(), settings.spoilSignatures);
    const { outTradeNo, eventType } = item.notice;
    const delivery = {
      notificationId: item.id,
      outTradeNo,
      eventType,
      ...(status === undefined ? {} : { status }),
    };
    deliveries.push(delivery);
    return delivery;
  };
  const track = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
    return work;
  };
  const attempt = (item: Prepared, tries: number): void => {
    const work = track(deliver(item));
    void work.then(({ status }) => {
      const pause = settings.retryPausesMs[tries];
      if (status === 200 || status === 204 || pause === undefined || stopped) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        attempt(item, tries + 1);
      }, pause).unref();
      timers.add(timer);
    });
  };
  return {
    settings,
    deliveries,
    notify(notice) {
      const item = prepare(apiV3Key, notice, now());
      prepared.push(item);
      if (settings.notifications === 'hold') return;
      for (let copy = 0; copy < settings.copies; copy += 1) attempt(item, 0);
    },
    notices: () =>
      prepared.map(({ id, notice: { outTradeNo, eventType } }) => ({ id, outTradeNo, eventType })),
    async send(id) {
      const item = prepared.find((one) => one.id === id);
      return item && track(deliver(item));
    },
    repeat: (outTradeNo) =>
      Promise.all(
        prepared
          .filter(({ notice }) => notice.outTradeNo === outTradeNo)
          .map((item) => track(deliver(item))),
      ),
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function prepare(apiV3Key: string, notice: Notice, at: Date): Prepared {
  const id = randomUUID();
  const refund = notice.eventType.startsWith('REFUND');
  const associatedData = refund ? 'refund' : 'transaction';
  const body = JSON.stringify({
    id,
    create_time: beijing(at),
    resource_type: 'encrypt-resource',
    event_type: notice.eventType,
    summary: SUMMARIES[notice.eventType],
    resource: {
      original_type: associatedData,
      ...encryptResource(apiV3Key, JSON.stringify(notice.content), associatedData),
    },
  });
  return { notice, id, body };
}

const SUMMARIES: Readonly<Record<Notice['eventType'], string>> = {
  'TRANSACTION.SUCCESS': '支付成功',
  'REFUND.SUCCESS': '退款成功',
  'REFUND.ABNORMAL': '退款异常',
  'REFUND.CLOSED': '退款关闭',
};

/** Status of the answer; undefined when none came. */
async function post(item: Prepared, at: Date, spoil: boolean): Promise<number | undefined> {
  const signed = platformSignature(item.notice.signer, item.body, at);
  try {
    const response = await fetch(item.notice.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(spoil ? probeSignature(signed) : signed) },
      body: item.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return undefined;
  }
}
