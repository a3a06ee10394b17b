import type { ImageCheck, OrderDetail } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type {
  ImageCheckRecord,
  ImageCheckRows,
} from '../../ports/publishing/publishing-repository.ts';
import { type NoticeText, tellGraduate } from '../messages/notices.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';

type Rows = ImageCheckRows & OrderChangeRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly vault: Vault;
};

const DAY_MS = 24 * 60 * 60_000;
/** So long 学信网 takes until the photo can be checked there. */
export const IMAGE_CHECK_DAYS = 30;

const REMINDER: NoticeText = {
  titleZh: '请完成图像校对',
  titleEn: 'Check your photo at CHSI',
  zh: '请登录学信网，在学信档案中完成图像校对；未校对的，采集不生效。照片有误请联系客服。',
  en: 'Log in to CHSI and confirm your photo there, else the collection does not take effect. If it is wrong, contact customer service.',
};

const noteContext = (orderId: string) => `imageChecks.note:${orderId}`;

/** The photo of an order has arrived at 学信网. */
export function newImageCheck(orderId: string, publishedAt: Date): ImageCheckRecord {
  return {
    orderId,
    publishedAt,
    remindAt: new Date(publishedAt.getTime() + IMAGE_CHECK_DAYS * DAY_MS),
    ...{ remindedAt: null, answer: null, noteSealed: null, answeredAt: null, answeredBy: null },
  };
}

export function imageCheckView(check: ImageCheckRecord): ImageCheck {
  return {
    publishedAt: check.publishedAt.toISOString(),
    checkFrom: check.remindAt.toISOString(),
    ...(check.answer ? { answer: check.answer } : {}),
    ...(check.answeredAt ? { answeredAt: check.answeredAt.toISOString() } : {}),
  };
}

/** What staff wrote down of the graduate's answer. */
export function imageCheckNote(vault: Vault, check: ImageCheckRecord): string {
  return check.noteSealed ? vault.open(check.noteSealed, noteContext(check.orderId)) : '';
}

export type ImageChecks = {
  /** The order with what is known of its photo at 学信网. */
  shown(order: OrderDetail): Promise<OrderDetail>;
  /** Failure: `publishing.notPublished`. */
  record(
    caller: StaffCaller,
    order: Pick<OrderRecord, 'id'>,
    answer: { readonly answer: 'confirmed' | 'differs'; readonly note: string },
  ): Promise<Result<ImageCheck>>;
  /** Tells those whose photo can be checked by now, each once. */
  remindDue(limit: number): Promise<void>;
};

export function createImageChecks(environment: Needs): ImageChecks {
  const { storage, clock, vault, log } = environment;
  return {
    async shown(order) {
      const check = await storage.imageChecks.find(order.orderId);
      return check ? { ...order, imageCheck: imageCheckView(check) } : order;
    },
    record: ({ staffId }, { id }, { answer, note }) =>
      storage.transaction(async ({ orders, imageChecks }) => {
        await orders.lock(id);
        const check = await imageChecks.find(id);
        if (!check) return fail('publishing.notPublished');
        const noteSealed = note ? vault.seal(note, noteContext(id)) : null;
        const answered = { ...check, answer, noteSealed, answeredAt: clock(), answeredBy: staffId };
        await imageChecks.save(answered);
        return ok(imageCheckView(answered));
      }),
    async remindDue(limit) {
      for (const orderId of await storage.imageChecks.due(clock(), limit))
        await storage
          .transaction((repositories) => remind(repositories, orderId, clock()))
          .catch((error: Error) => log.error({ err: error, orderId }, 'a reminder waits'));
    },
  };
}

async function remind(repositories: Rows, orderId: string, at: Date): Promise<void> {
  const order = await repositories.orders.lock(orderId);
  const check = await repositories.imageChecks.find(orderId);
  if (!order || !check || check.remindedAt || check.answer) return;
  await repositories.imageChecks.save({ ...check, remindedAt: at });
  if (order.state !== 'published') return;
  await tellGraduate(repositories, order, { kind: 'progress', text: REMINDER, at });
}
