import { HANDOVER_PREFIX, type OfflineBatch, type OfflinePerson } from '@gradshot/contract';
import {
  afterWrongTry,
  type CodePayload,
  candidatesOf,
  fail,
  LOCK_MINUTES,
  lastFourText,
  minutesLocked,
  NO_TRIES,
  normaliseLastFour,
  ok,
  type Result,
  triesLeft,
} from '@gradshot/domain';
import { keyedDigest } from '@gradshot/storage';
import type { OrderView, StudentView } from '../../../shared/index.ts';
import { type Clock, timestamp } from '../ground/clock.ts';
import type { OfflineDesk } from '../session/ports.ts';
import type { OfflineRosterTable } from '../store/offline-roster-table.ts';
import type { OfflineVisitTable } from '../store/offline-visit-table.ts';
import type { OrderTable } from '../store/order-table.ts';
import { storing } from '../store/store-failure.ts';
import type { RosterBook } from './roster-book.ts';
import { visitNumber } from './visit-number.ts';

export type OfflineDeskOptions = {
  readonly book: RosterBook;
  readonly tries: Pick<OfflineRosterTable, 'tries' | 'saveTries'>;
  readonly visits: OfflineVisitTable;
  readonly orders: Pick<OrderTable, 'facts' | 'serverState'>;
  readonly clock: Clock;
  /** A random UUID. */
  readonly newId: () => string;
};

/** As long as the server's own. */
const TICKET_MS = 10 * 60_000;

/** The visitor before the screen, from the code to the consents; one at a time. */
type Visitor = {
  readonly ticket: string;
  readonly code: CodePayload;
  readonly entryId?: string;
  readonly lastFour?: string;
  readonly order?: OrderView;
};

/** Begins visits by the roster that is kept here. What it decides is the server's to confirm. */
export function createOfflineDesk(options: OfflineDeskOptions): OfflineDesk {
  const { book, visits, clock } = options;
  let visitor: Visitor | undefined;
  const holds = (ticket: string) => visitor?.ticket === ticket;

  const verify = async (ticket: string, typed: string) => {
    const lastFour = normaliseLastFour(typed);
    if (!lastFour.ok) return lastFour;
    const found = visitor?.entryId === undefined ? undefined : book.find(visitor.entryId);
    if (!visitor || !holds(ticket) || !found) return fail('eligibility.ticketExpired');
    const tried = tryLastFour(options, found.person, lastFour.value);
    if (!tried.ok) return tried;
    const order = handedInBefore(options, found.person.entryId) ?? newOrder(options, found.batch);
    visitor = { ...visitor, lastFour: lastFour.value, order };
    const student = studentOf(options, found.person);
    return ok({ token: `offline:${ticket}`, student, orders: [order] });
  };

  return {
    begin(codes) {
      const [code, ...others] = candidatesOf(codes);
      if (!book.head() || !code || others.length > 0 || isHandover(code)) return undefined;
      visitor = { ticket: options.newId(), code };
      return { ticket: visitor.ticket };
    },
    holds,
    identify(ticket, entryId) {
      const found = book.find(entryId);
      if (!visitor || !holds(ticket)) return fail('eligibility.ticketExpired');
      if (!found) return fail('offline.notInRoster');
      visitor = { ticket, code: visitor.code, entryId };
      const expiresAt = new Date(clock.now() + TICKET_MS).toISOString();
      return ok({ ticket, expiresAt, student: studentOf(options, found.person) });
    },
    verify: (ticket, typed) => storing(() => verify(ticket, typed)),
    order(orderId) {
      const order = visitor?.order?.orderId === orderId ? visitor.order : undefined;
      // Confirmed meanwhile: it goes on under the number of its order.
      const isOver = order?.state === 'pendingCapture' && !visits.find(orderId);
      return order && !isOver ? ok(order) : fail('eligibility.ticketExpired');
    },
    service(orderId) {
      const head = book.head();
      const order = visitor?.order;
      if (!head || order?.orderId !== orderId) return fail('eligibility.ticketExpired');
      return ok({ priceFen: order.priceFen, ...head.service });
    },
    agree: (order, consents) =>
      storing(async () => {
        const { code, entryId, lastFour } = visitor ?? {};
        if (visitor?.order?.orderId !== order.orderId || !code || !entryId || !lastFour)
          return fail('eligibility.ticketExpired');
        const maskedName = book.find(entryId)?.person.maskedName ?? '';
        const consentedAt = timestamp(clock);
        const given = { consents: [...consents], consentedAt };
        visits.save(order.orderId, { code, entryId, lastFour, maskedName, ...given });
        const agreed = { ...order, state: 'pendingCapture' } as const;
        visitor = { ...visitor, order: agreed };
        return ok(agreed);
      }),
  };
}

/** The code of another client's screen serves once, at the server, and within minutes. */
const isHandover = (code: CodePayload) =>
  'payload' in code && code.payload.startsWith(HANDOVER_PREFIX);

function tryLastFour(
  { book, tries, clock }: OfflineDeskOptions,
  { entryId, lastFour: digest }: OfflinePerson,
  lastFour: string,
): Result<null> {
  const now = new Date(clock.now());
  const before = tries.tries(entryId);
  const minutes = minutesLocked(before, now);
  if (minutes > 0) return fail('eligibility.locked', { minutes });
  const key = book.head()?.key ?? '';
  if (keyedDigest(key, lastFourText(entryId, lastFour)) === digest) {
    if (before.wrongCount > 0) tries.saveTries(entryId, NO_TRIES);
    return ok(null);
  }
  const after = afterWrongTry(before, now);
  tries.saveTries(entryId, after);
  return after.lockedUntil
    ? fail('eligibility.locked', { minutes: LOCK_MINUTES })
    : fail('eligibility.lastFourWrong', { remaining: triesLeft(after) });
}

function studentOf({ book }: OfflineDeskOptions, person: OfflinePerson): StudentView {
  const { maskedName, maskedIdNumber, college } = person;
  const school = book.head()?.school ?? '';
  return { maskedName, maskedIdNumber, school, ...(college ? { college } : {}) };
}

function newOrder({ book, newId, clock }: OfflineDeskOptions, batch: OfflineBatch): OrderView {
  const orderId = newId();
  const { name, priceFen, profileId, profileVersion, payer } = batch;
  return {
    ...{ orderId, orderNo: visitNumber(orderId), state: 'pendingPayment' },
    ...{ batchName: name, school: book.head()?.school ?? '', priceFen, profileId },
    ...(profileVersion === undefined ? {} : { profileVersion }),
    ...{ updatedAt: timestamp(clock), reasons: [], offline: { payer } },
  };
}

/** Who comes again before the network does finds the photo that waits. */
function handedInBefore(
  { visits, orders }: OfflineDeskOptions,
  entryId: string,
): OrderView | undefined {
  const known = visits.handedInOf(entryId);
  const facts = known && orders.facts(known.visitId);
  if (!known || facts?.offline === undefined) return undefined;
  return { ...facts, orderId: known.visitId, state: 'pendingCapture' } as OrderView;
}
