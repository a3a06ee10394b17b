import { ORDER_STATE_TEXT } from '@gradshot/domain';
import type { AccountRecord, AccountRows } from '../../ports/accounts/account-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { HappeningSource } from '../../ports/ground/happenings.ts';
import type { NoticeQueue } from '../../ports/ground/job-queue.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type {
  GraduateMessage,
  GraduateMessages,
  MessageOutcome,
} from '../../ports/messages/graduate-messages.ts';
import type {
  DeliveryRecord,
  DeliveryRows,
  NoticeRecord,
  NoticeRows,
} from '../../ports/messages/notice-repository.ts';
import type { OrderRecord, OrderRows } from '../../ports/order-life/order-repository.ts';
import { openidOf, phoneOf } from './account-addresses.ts';

type Needs = Stored<AccountRows & DeliveryRows & NoticeRows & OrderRows> & {
  readonly clock: Clock;
  readonly happenings: HappeningSource;
  readonly jobs: NoticeQueue;
  readonly log: EventLog;
  /** By how the account logs in. */
  readonly messages: Readonly<Record<AccountRecord['kind'], GraduateMessages>>;
  readonly vault: Vault;
};

/** A worker that began to send and is silent for so long is gone. */
const SILENT_MINUTES = 2;
const BATCH = 200;
/** WeChat's limit of a `thing` field, characters. */
const ADVICE_LENGTH = 20;
const TAIL_DIGITS = 4;

export type NoticeDeliveries = {
  /** Sends one notice, once. Throws where another try may help. */
  run(noticeId: string, lastTry: boolean): Promise<void>;
  /** Queues notices as they are written; the returned function ends it. */
  follow(): () => void;
  /** Queues anew what was lost with a server that died; the queue drops what it has already. */
  queueAgain(): Promise<void>;
};

export function createNoticeDeliveries(environment: Needs): NoticeDeliveries {
  const { storage, jobs, happenings, log } = environment;
  return {
    run: (noticeId, lastTry) => run(environment, noticeId, lastTry),
    follow: () =>
      happenings.subscribe(({ noticeId }) => {
        if (noticeId)
          jobs
            .tell(noticeId)
            .catch((error: Error) => log.warn({ err: error }, 'a notice waits for the next round'));
      }),
    async queueAgain() {
      const before = minutesBefore(environment, SILENT_MINUTES);
      for (const noticeId of await storage.deliveries.listUnsent(before, BATCH))
        await jobs.tell(noticeId);
    },
  };
}

const minutesBefore = ({ clock }: Needs, minutes: number) =>
  new Date(clock().getTime() - minutes * 60_000);

/**
 * The claim makes one worker the sender. A server that dies between sending and writing that down
 * sends again later: neither carrier knows a repetition, and a lost message is worse than a second.
 */
async function run(environment: Needs, noticeId: string, lastTry: boolean): Promise<void> {
  const { storage, clock } = environment;
  const silentSince = minutesBefore(environment, SILENT_MINUTES);
  const claimed = await storage.deliveries.claim(noticeId, { at: clock(), silentSince });
  if (!claimed) return;
  const outcome = await send(environment, claimed);
  const why = outcome.kind === 'sent' ? null : outcome.why;
  const again = outcome.kind === 'unavailable' && !lastTry;
  const state = outcome.kind === 'unavailable' ? (again ? 'waiting' : 'failed') : outcome.kind;
  await storage.deliveries.settle(noticeId, { state, why, updatedAt: clock() });
  if (again) throw new Error(`a notice was not sent: ${why}`);
}

async function send(environment: Needs, delivery: DeliveryRecord): Promise<MessageOutcome> {
  const { storage, messages } = environment;
  const notice = await storage.notices.find(delivery.noticeId);
  const account = notice && (await storage.accounts.find(notice.accountId));
  const order = notice && (await storage.orders.find(notice.orderId));
  if (!notice || !account || !order)
    throw new Error(`notice ${delivery.noticeId} without its rows`);
  const to = addressOf(environment, account);
  if (!to) return { kind: 'refused', why: 'noAddress' };
  return messages[account.kind].send(messageOf(to, { delivery, notice, order }));
}

const addressOf = (environment: Needs, account: AccountRecord) =>
  account.kind === 'wechat' ? openidOf(environment, account) : phoneOf(environment, account);

type Parts = {
  readonly delivery: DeliveryRecord;
  readonly notice: NoticeRecord;
  readonly order: Pick<OrderRecord, 'id' | 'orderNo'>;
};

function messageOf(to: string, { delivery, notice, order }: Parts): GraduateMessage {
  const text = ORDER_STATE_TEXT[delivery.orderState];
  const facts = {
    orderNo: order.orderNo,
    orderTail: order.orderNo.slice(-TAIL_DIGITS),
    state: text.zh,
    advice: shortened(text.nextZh, ADVICE_LENGTH),
    time: beijingTime(notice.at),
  };
  return { to, kind: delivery.kind, facts, orderId: order.id };
}

/** The first clauses that fit, without the mark behind the last one. */
export function shortened(sentence: string, length: number): string {
  const clauses = sentence.split(/(?<=[，；。])/);
  let text = '';
  for (const clause of clauses) {
    if ((text + clause).replace(/[，；。]$/, '').length > length) break;
    text += clause;
  }
  return text ? text.replace(/[，；。]$/, '') : `${sentence.slice(0, length - 1)}…`;
}

const BEIJING = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** As WeChat's `time` fields want it: 2026年11月23日 15:01. */
function beijingTime(at: Date): string {
  const parts = Object.fromEntries(
    BEIJING.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}年${parts.month}月${parts.day}日 ${parts.hour}:${parts.minute}`;
}
