import { randomUUID } from 'node:crypto';
import type { Bill, BillDifference, RouteOutput } from '@gradshot/contract';
import { dayInBeijing, fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { StorageOf } from '../../ports/ground/storage.ts';
import type {
  BillLineRecord,
  BillSums,
  DifferenceRecord,
  MoneyRows,
  ShownDifference,
} from '../../ports/payments/money-book.ts';
import { beijingDay } from '../school-time/beijing-day.ts';
import { compareBill, type FoundDifference, type OwnBooks } from './bill-comparison.ts';
import { settleTold } from './foreign-refunds.ts';
import { confirmPayment } from './payment-confirmation.ts';
import type { RefundNeeds, RefundRepositories } from './refund-needs.ts';

type Needs = Omit<RefundNeeds, 'storage'> & {
  readonly storage: StorageOf<RefundRepositories & MoneyRows>;
};

const DAY_MS = 86_400_000;
/** The service makes a day's bill by ten in the morning after it. */
const READY_HOURS = 10;
/** A bill that was not there, or not whole, is asked for again. */
const AGAIN_AFTER_MS = 30 * 60_000;
/** A server that was switched off catches up with so many days. */
const DAYS_BACK = 7;
/** `e5` of a fen. */
const E5_OF_FEN = 1000;

type Page = {
  readonly day?: string | undefined;
  readonly settled: boolean;
  readonly page: number;
  readonly pageSize: number;
};

/** The payment service's daily bills against our own books. */
export type Bills = {
  /** Fetches what is due; of several servers one. */
  pursue(): Promise<void>;
  /** Failures: `payment.billNotYet`, `payment.billDamaged`, `payment.providerUnavailable`. */
  fetch(day: string): Promise<Result<Bill>>;
  list(from: string, until: string): Promise<RouteOutput<'listBills'>>;
  differences(page: Page): Promise<RouteOutput<'listBillDifferences'>>;
  /** Repeating it is success. Failures: `request.notFound`, `payment.differenceSettled`. */
  settle(caller: StaffCaller, id: string, note: string): Promise<Result<BillDifference>>;
};

export function createBills(environment: Needs): Bills {
  const { storage, clock } = environment;
  return {
    async pursue() {
      const now = clock();
      for (const day of dueDays(now))
        if (await storage.money.claimBill(day, now, new Date(now.getTime() - AGAIN_AFTER_MS)))
          await fetchDay(environment, day);
    },
    async fetch(day) {
      const fetched = await fetchDay(environment, day);
      return fetched.ok ? view(environment, day) : fetched;
    },
    async list(from, until) {
      const bills = await storage.money.listBills(from, until);
      const { total } = await storage.money.listDifferences({ settled: false }, 0, 1);
      return { bills: bills.map(viewOf), open: total };
    },
    async differences({ day, settled, page, pageSize }) {
      const offset = (page - 1) * pageSize;
      const { rows, total } = await storage.money.listDifferences(
        { day, settled },
        offset,
        pageSize,
      );
      return { differences: rows.map(differenceView), total };
    },
    settle: (caller, id, note) => settle(environment, caller, id, note),
  };
}

/** Yesterday, once its bill is made, and the days before it. */
function dueDays(now: Date): string[] {
  const newest = new Date(now.getTime() - DAY_MS - READY_HOURS * 3_600_000);
  return Array.from({ length: DAYS_BACK }, (_, back) =>
    dayInBeijing(new Date(newest.getTime() - back * DAY_MS)),
  );
}

async function fetchDay(environment: Needs, day: string): Promise<Result<void>> {
  const { storage, payments, clock, log } = environment;
  const bill = await payments.bill(day);
  const tried = { day, triedAt: clock(), fetchedAt: null, hash: null };
  const known = await storage.money.findBill(day);
  if (!bill.ok) {
    log.warn({ day, errorCode: bill.error.code }, 'the bill of a day is not there');
    // A bill that is there already stays, whatever another try brings.
    if (known?.state !== 'done')
      await storage.money.saveBill({ ...tried, state: STATE_OF[bill.error.code] ?? 'failed' });
    return bill;
  }
  if (bill.value === 'none') return noBill(environment, day);
  const lines = await numbered(environment, day, bill.value.lines);
  const { hash } = bill.value;
  const fetched = { ...tried, state: 'done', fetchedAt: clock(), hash } as const;
  await storage.transaction(async ({ money }) => money.saveBill(fetched, lines));
  await compare(environment, day, lines);
  return ok(undefined);
}

const STATE_OF: Readonly<Partial<Record<string, 'waiting' | 'damaged'>>> = {
  'payment.billNotYet': 'waiting',
  'payment.billDamaged': 'damaged',
};

/** No bill is right for a day on which nobody paid; else it is only late. */
async function noBill(environment: Needs, day: string): Promise<Result<void>> {
  const { storage, clock } = environment;
  const { payments, refunds } = await ownBooks(environment, day, []);
  const quiet = payments.length + refunds.length === 0;
  const state = quiet ? 'none' : 'waiting';
  await storage.money.saveBill({ day, state, triedAt: clock(), fetchedAt: null, hash: null });
  return quiet ? ok(undefined) : fail('payment.billNotYet');
}

type Lines = readonly Omit<BillLineRecord, 'day' | 'number' | 'schoolId'>[];

/** With the school of each payment that is ours. */
async function numbered(
  { storage }: Needs,
  day: string,
  lines: Lines,
): Promise<readonly BillLineRecord[]> {
  const numbers = [...new Set(lines.map(({ outTradeNo }) => outTradeNo))];
  const known = await storage.money.paymentsNumbered(numbers);
  const schools = new Map(known.map(({ outTradeNo, schoolId }) => [outTradeNo, schoolId]));
  return lines.map((line, number) => ({
    ...{ ...line, day, number, schoolId: schools.get(line.outTradeNo) ?? null },
  }));
}

async function ownBooks(
  { storage: { money } }: Needs,
  day: string,
  lines: readonly BillLineRecord[],
): Promise<OwnBooks> {
  const { begin, end } = beijingDay(day);
  const named = await money.paymentsNumbered([
    ...new Set(lines.flatMap(({ kind, outTradeNo }) => (kind === 'payment' ? [outTradeNo] : []))),
  ]);
  const namedRefunds = await money.refundsNumbered(
    lines.flatMap(({ outRefundNo }) => outRefundNo ?? []),
  );
  return {
    payments: distinct([...named, ...(await money.paidThen(begin, end))]),
    refunds: distinct([...namedRefunds, ...(await money.acceptedThen(begin, end))]),
    ...{ begin, end },
  };
}

const distinct = <Row extends { readonly id: string }>(rows: readonly Row[]): Row[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
];

/** What we never heard of is booked where the service itself confirms it; the difference is told all the same. */
async function compare(
  environment: Needs,
  day: string,
  lines: readonly BillLineRecord[],
): Promise<void> {
  const { storage, clock } = environment;
  const before = compareBill(lines, await ownBooks(environment, day, lines));
  for (const difference of before) await bookMissing(environment, lines, difference);
  const after = compareBill(lines, await ownBooks(environment, day, lines));
  const open = new Set(after.map(keyOf));
  const all = distinctBy([...after, ...before], keyOf);
  await storage.transaction(async ({ money }) =>
    money.replaceDifferences(
      day,
      all.map((difference) => {
        const settledAt = open.has(keyOf(difference)) ? null : clock();
        return {
          ...difference,
          ...{ id: randomUUID(), day, settledAt, settledBy: null, note: '' },
        };
      }),
    ),
  );
}

const keyOf = ({ subject, what, number }: FoundDifference) => `${subject} ${what} ${number}`;

function distinctBy<Row>(rows: readonly Row[], key: (row: Row) => string): Row[] {
  const found = new Map<string, Row>();
  for (const row of rows) if (!found.has(key(row))) found.set(key(row), row);
  return [...found.values()];
}

async function bookMissing(
  environment: Needs,
  lines: readonly BillLineRecord[],
  { subject, what, number }: FoundDifference,
): Promise<void> {
  const { storage, payments } = environment;
  if (what !== 'missingHere' && what !== 'state') return;
  if (subject === 'payment') {
    const payment = await storage.payments.findByTradeNo(number);
    const truth = payment && (await payments.query(number));
    if (!payment || !truth?.ok || truth.value.state !== 'paid') return;
    const { amountFen, transactionId, paidAt } = truth.value;
    if (amountFen === undefined || !transactionId || !paidAt) return;
    await confirmPayment(environment, payment.id, { amountFen, transactionId, paidAt });
    return;
  }
  const line = lines.find(({ outRefundNo }) => outRefundNo === number);
  const truth = line && (await payments.queryRefund(number));
  if (!line || !truth?.ok || truth.value.state === 'processing') return;
  const { state, refundId, refundFen: amountFen } = truth.value;
  const { outTradeNo, transactionId } = line;
  await settleTold(environment, {
    ...{ outTradeNo, transactionId, outRefundNo: number, refundId, state, amountFen },
  });
}

async function settle(
  { storage, clock }: Needs,
  { staffId }: StaffCaller,
  id: string,
  note: string,
): Promise<Result<BillDifference>> {
  const by = { settledAt: clock(), settledBy: staffId, note };
  const first = await storage.money.settleDifference(id, by);
  const found = await storage.money.findDifference(id);
  if (!found) return fail('request.notFound');
  const same = found.settledBy === staffId && found.note === note;
  return first || same ? ok(differenceView(found)) : fail('payment.differenceSettled');
}

async function view({ storage }: Needs, day: string): Promise<Result<Bill>> {
  const [bill] = await storage.money.listBills(day, day);
  if (!bill) throw new Error(`the bill of ${day} vanished`);
  return ok(viewOf(bill));
}

function viewOf({ triedAt, fetchedAt, hash: _, feeE5, ...bill }: BillSums): Bill {
  return {
    ...bill,
    feeFen: Math.round(feeE5 / E5_OF_FEN),
    triedAt: triedAt.toISOString(),
    ...(fetchedAt ? { fetchedAt: fetchedAt.toISOString() } : {}),
  };
}

function differenceView(found: ShownDifference): BillDifference {
  return {
    ...{ differenceId: found.id, day: found.day, subject: found.subject, what: found.what },
    ...{ number: found.number, providerNumber: found.providerNumber, note: found.note },
    ...given('orderId', found.orderId),
    ...given('orderNo', found.orderNo),
    ...given('hereFen', found.hereFen),
    ...given('thereFen', found.thereFen),
    ...given('hereState', found.hereState),
    ...given('thereState', found.thereState),
    ...(found.settledAt
      ? { settledAt: found.settledAt.toISOString(), settledBy: found.settledName ?? '' }
      : {}),
  };
}

const given = <K extends keyof DifferenceRecord | 'orderNo', V>(key: K, value: V | null) =>
  (value === null ? {} : { [key]: value }) as { readonly [P in K]?: V };
