import type {
  DeliveryRepository,
  NoticeRepository,
} from '../../src/ports/messages/notice-repository.ts';
import { forbid, insertNew, patch, rowsOf, sortedBy, type Tables } from './tables.ts';

export function inMemoryNotices({ notices }: Tables): NoticeRepository {
  return {
    async insert(notice) {
      forbid(
        notices,
        'notices_account_id_sequence',
        (row) => row.accountId === notice.accountId && row.sequence === notice.sequence,
      );
      insertNew(notices, notice.id, notice);
    },
    find: async (id) => notices.get(id),
    list: async (accountId, limit) =>
      sortedBy(
        rowsOf(notices, (row) => row.accountId === accountId),
        ({ sequence }) => -sequence,
      ).slice(0, limit),
  };
}

export function inMemoryDeliveries({ noticeDeliveries }: Tables): DeliveryRepository {
  return {
    insert: async (delivery) => insertNew(noticeDeliveries, delivery.noticeId, delivery),
    find: async (noticeId) => noticeDeliveries.get(noticeId),
    async claim(noticeId, { at, silentSince }) {
      const row = noticeDeliveries.get(noticeId);
      const free =
        row?.state === 'waiting' || (row?.state === 'sending' && row.updatedAt < silentSince);
      if (!row || !free) return undefined;
      patch(noticeDeliveries, noticeId, {
        state: 'sending',
        updatedAt: at,
        attempts: row.attempts + 1,
      });
      return noticeDeliveries.get(noticeId);
    },
    settle: async (noticeId, change) => patch(noticeDeliveries, noticeId, change),
    listUnsent: async (before, limit) =>
      sortedBy(
        rowsOf(
          noticeDeliveries,
          ({ state, updatedAt }) =>
            (state === 'waiting' || state === 'sending') && updatedAt < before,
        ),
        ({ updatedAt }) => updatedAt,
      )
        .slice(0, limit)
        .map(({ noticeId }) => noticeId),
  };
}
