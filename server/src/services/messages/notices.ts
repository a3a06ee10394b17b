import { randomUUID } from 'node:crypto';
import type { Notice, RouteOutput } from '@gradshot/contract';
import { ORDER_STATE_TEXT, type OrderEvent } from '@gradshot/domain';
import type { AccountCaller } from '../../ports/access/caller.ts';
import type { AccountRows } from '../../ports/accounts/account-repository.ts';
import type { Announcing } from '../../ports/ground/happenings.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { NoticeKind } from '../../ports/messages/graduate-messages.ts';
import type {
  DeliveryRows,
  NoticeRecord,
  NoticeRows,
} from '../../ports/messages/notice-repository.ts';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';

type Rows = AccountRows & Announcing & DeliveryRows & NoticeRows;
type Needs = Stored<Rows>;

/** What a graduate is told although no page of theirs may be open, and by which kind of message. */
const TOLD: Readonly<Partial<Record<OrderEvent, NoticeKind>>> = {
  confirmPayment: 'progress',
  passIdentity: 'progress',
  approve: 'review',
  reject: 'review',
  withdraw: 'review',
  startPublishing: 'progress',
  confirmPublished: 'progress',
  refusePublishing: 'review',
  returnToReview: 'review',
  revokeApproval: 'review',
  requestRefund: 'refund',
  confirmRefund: 'refund',
  failRefund: 'refund',
};

export type NoticeText = Pick<NoticeRecord, 'titleZh' | 'titleEn' | 'zh' | 'en'>;

/** Where the state's own words would not say what has happened. */
const TEXTS: Readonly<Partial<Record<OrderEvent, NoticeText>>> = {
  returnToReview: {
    titleZh: '照片重新审核',
    titleEn: 'Photo reviewed again',
    zh: '您的照片此前的审核结果已撤销，正在重新审核，约两个工作日，无需操作。',
    en: 'The approval of your photo was withdrawn. It is reviewed again within about two working days; nothing to do.',
  },
};

/** The state's own words; after a rejection the reasons, which say what to change. */
function textOf(order: OrderRecord, event: OrderEvent): NoticeText {
  const text = TEXTS[event];
  if (text) return text;
  const state = ORDER_STATE_TEXT[order.state];
  const reasons = order.state === 'rejected' ? order.reasons : [];
  const zh = reasons.map((reason) => reason.zh).join('；');
  const en = reasons.map((reason) => reason.en).join('; ');
  return {
    titleZh: state.zh,
    titleEn: state.en,
    zh: zh ? `${zh}。${state.nextZh}` : state.nextZh,
    en: en ? `${en}. ${state.nextEn}` : state.nextEn,
  };
}

/**
 * Writes the message about a change to every account that is linked to the student, and, in the
 * same transaction, that it is to be sent out.
 */
export async function writeNotices(
  repositories: Rows,
  order: OrderRecord,
  change: { readonly event: OrderEvent; readonly at: Date },
): Promise<void> {
  const kind = TOLD[change.event];
  if (kind)
    await tellGraduate(repositories, order, {
      kind,
      text: textOf(order, change.event),
      at: change.at,
    });
}

type Told = { readonly kind: NoticeKind; readonly text: NoticeText; readonly at: Date };

/** One message about an order to every account that is linked to its student. */
export async function tellGraduate(
  repositories: Rows,
  order: OrderRecord,
  { kind, text, at }: Told,
): Promise<void> {
  for (const accountId of await repositories.accounts.ofStudent(order.studentId)) {
    const account = await repositories.accounts.lock(accountId);
    if (!account) continue;
    const sequence = account.noticeLast + 1;
    await repositories.accounts.update(accountId, { noticeLast: sequence });
    const notice = { id: randomUUID(), accountId, sequence, orderId: order.id, at };
    await repositories.notices.insert({ ...notice, ...text });
    await repositories.deliveries.insert({
      noticeId: notice.id,
      kind,
      orderState: order.state,
      state: 'waiting',
      attempts: 0,
      why: null,
      queuedAt: at,
      updatedAt: at,
    });
    const noticeId = notice.id;
    repositories.announce({ topic: 'notice', accountId, orderId: order.id, noticeId });
  }
}

export type Notices = {
  list(caller: AccountCaller, limit: number): Promise<RouteOutput<'listNotices'>>;
  markRead(caller: AccountCaller, upTo: number): Promise<{ unread: number }>;
};

export function createNotices({ storage }: Needs): Notices {
  return {
    async list({ accountId }, limit) {
      const account = await storage.accounts.find(accountId);
      if (!account) throw new Error('a session without its account');
      const notices = await storage.notices.list(accountId, limit);
      return {
        notices: notices.map((notice) => viewOf(notice, account.noticeRead)),
        unread: account.noticeLast - account.noticeRead,
      };
    },
    markRead: ({ accountId }, upTo) =>
      storage.transaction(async ({ accounts }) => {
        const account = await accounts.lock(accountId);
        if (!account) throw new Error('a session without its account');
        const noticeRead = Math.max(account.noticeRead, Math.min(upTo, account.noticeLast));
        await accounts.update(accountId, { noticeRead });
        return { unread: account.noticeLast - noticeRead };
      }),
  };
}

function viewOf(notice: NoticeRecord, read: number): Notice {
  const { id: noticeId, sequence, orderId, titleZh, titleEn, zh, en, at } = notice;
  const texts = { titleZh, titleEn, zh, en };
  return { noticeId, sequence, orderId, ...texts, at: at.toISOString(), read: sequence <= read };
}
