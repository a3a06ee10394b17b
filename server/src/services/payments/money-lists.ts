import type { PAYMENT_WAYS, RouteOutput } from '@gradshot/contract';
import { BEIJING_OFFSET_MS, fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type {
  InvoiceRow,
  ListedPaymentRow,
  MoneyExport,
  MoneyRows,
  PaymentSearch,
} from '../../ports/payments/money-book.ts';
import type { PaymentRecord } from '../../ports/payments/payment-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import { isName, nameKey } from '../eligibility/search-keys.ts';
import { beijingDay } from '../school-time/beijing-day.ts';
import { csvFile } from '../tables/csv-file.ts';
import { MONEY_TABLE } from './money-table-heads.ts';

type Needs = Stored<MoneyRows & SchoolRows> & {
  readonly clock: Clock;
  readonly vault: Vault;
};

type Way = (typeof PAYMENT_WAYS)[number];
type Search = {
  readonly text: string;
  readonly state?: PaymentSearch['state'];
  readonly way?: Way | undefined;
  readonly schoolCode?: string | undefined;
  readonly day?: string | undefined;
  readonly after?: string | undefined;
  readonly pageSize: number;
};
type Days = {
  readonly from: string;
  readonly until: string;
  readonly schoolCode?: string | undefined;
};

/** A season of a large agency; what is longer is exported in parts. */
const MAX_DAYS = 400;
const MAX_ROWS = 100_000;
const MAX_EXPORTS = 50;
const DAY_MS = 86_400_000;
const E5_OF_FEN = 1000;

const METHODS: Readonly<Record<Way, readonly PaymentRecord['method'][]>> = {
  wechat: ['native', 'jsapi', 'h5'],
  cash: ['cash'],
  school: ['school'],
};

/** Lists and tables about money for those who keep the books. */
export type MoneyLists = {
  payments(search: Search): Promise<RouteOutput<'listPayments'>>;
  /** Failure: `request.invalid` where the days are no span. */
  totals(days: Days): Promise<Result<RouteOutput<'listMoneyTotals'>>>;
  exportTotals(caller: StaffCaller, days: Days): Promise<Result<Uint8Array>>;
  /** Failure also: `payment.exportReasonNeeded`. */
  exportInvoices(
    caller: StaffCaller,
    days: Days,
    names: { readonly wanted: boolean; readonly reason: string },
  ): Promise<Result<Uint8Array>>;
  exports(): Promise<RouteOutput<'listMoneyExports'>>;
};

export function createMoneyLists(environment: Needs): MoneyLists {
  return {
    payments: (search) => listPayments(environment, search),
    totals: (days) => totals(environment, days),
    exportTotals: (caller, days) => exportTotals(environment, caller, days),
    exportInvoices: (caller, days, names) => exportInvoices(environment, caller, days, names),
    async exports() {
      const found = await environment.storage.money.listExports(MAX_EXPORTS);
      return {
        exports: found.map(({ at, name, what, fromDay, untilDay, rows, reason }) => ({
          ...{ at: at.toISOString(), by: name, what, from: fromDay, until: untilDay, rows, reason },
        })),
      };
    },
  };
}

async function listPayments(
  environment: Needs,
  { text, state, way, schoolCode, day, after, pageSize }: Search,
): Promise<RouteOutput<'listPayments'>> {
  const paid = day ? beijingDay(day) : undefined;
  const schoolId = await schoolIdOf(environment, schoolCode);
  const rows = await environment.storage.money.listPayments({
    ...(isName(text)
      ? { studentKey: nameKey(environment.vault, text) }
      : text
        ? { number: text }
        : {}),
    ...{ state, schoolId, methods: way && METHODS[way] },
    ...{ paidFrom: paid?.begin, paidUntil: paid?.end, after: cursorOf(after) },
    limit: pageSize + 1,
  });
  const shown = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? shown.at(-1) : undefined;
  return {
    payments: shown.map(viewOf),
    ...(last ? { next: `${last.createdAt.toISOString()}_${last.id}` } : {}),
  };
}

/** One that is none begins at the beginning. */
function cursorOf(text: string | undefined): PaymentSearch['after'] {
  const [time = '', id = ''] = text?.split('_') ?? [];
  const createdAt = new Date(time);
  const sound = !Number.isNaN(createdAt.getTime()) && /^[0-9a-f-]{36}$/.test(id);
  return sound ? { createdAt, id } : undefined;
}

function viewOf(row: ListedPaymentRow): RouteOutput<'listPayments'>['payments'][number] {
  return {
    ...{ paymentId: row.id, orderId: row.orderId, orderNo: row.orderNo },
    ...{ maskedName: row.maskedName, school: row.school, method: row.method, state: row.state },
    ...{ amountFen: row.amountFen, refundedFen: row.refundedFen, refundDue: row.refundDue },
    ...{ outTradeNo: row.outTradeNo, createdAt: row.createdAt.toISOString() },
    ...(row.askedFen === null ? {} : { askedFen: row.askedFen }),
    ...(row.transactionId ? { transactionId: row.transactionId } : {}),
    ...(row.receiptNo ? { receiptNo: row.receiptNo } : {}),
    ...(row.paidAt ? { paidAt: row.paidAt.toISOString() } : {}),
  };
}

type Span = Parameters<MoneyRows['money']['totals']>[0];

/** A school that is not there has no payments. */
async function schoolIdOf(
  { storage }: Needs,
  code: string | undefined,
): Promise<string | undefined> {
  return code ? ((await storage.schools.findByCode(code))?.id ?? NOBODY) : undefined;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

async function spanOf(
  environment: Needs,
  { from, until, schoolCode }: Days,
): Promise<Result<Span>> {
  const [begin, end] = [beijingDay(from).begin, beijingDay(until).end];
  const length = (end.getTime() - begin.getTime()) / DAY_MS;
  const sound = length > 0 && length <= MAX_DAYS;
  if (!sound) return fail('request.invalid', { field: 'until' });
  return ok({ from: begin, until: end, schoolId: await schoolIdOf(environment, schoolCode) });
}

async function totals(
  environment: Needs,
  days: Days,
): Promise<Result<RouteOutput<'listMoneyTotals'>>> {
  const span = await spanOf(environment, days);
  if (!span.ok) return span;
  const rows = await environment.storage.money.totals(span.value);
  return ok({
    totals: rows.map(({ feeE5, ...row }) => ({ ...row, feeFen: Math.round(feeE5 / E5_OF_FEN) })),
  });
}

const yuan = (fen: number) => (fen / 100).toFixed(2);

async function exportTotals(
  environment: Needs,
  caller: StaffCaller,
  days: Days,
): Promise<Result<Uint8Array>> {
  const found = await totals(environment, days);
  if (!found.ok) return found;
  const rows = found.value.totals.map(({ day, school, wechat, cash, campus, refunded, feeFen }) => [
    ...[day, school],
    ...[wechat, cash, campus, refunded].flatMap(({ count, fen }) => [String(count), yuan(fen)]),
    ...[yuan(feeFen), yuan(wechat.fen + cash.fen - refunded.fen - feeFen)],
  ]);
  await note(environment, caller, days, { what: 'totals', rows: rows.length, reason: '' });
  return ok(csvFile([MONEY_TABLE.totals, ...rows]));
}

async function exportInvoices(
  environment: Needs,
  caller: StaffCaller,
  days: Days,
  { wanted, reason }: { readonly wanted: boolean; readonly reason: string },
): Promise<Result<Uint8Array>> {
  if (wanted && !reason) return fail('payment.exportReasonNeeded');
  const span = await spanOf(environment, days);
  if (!span.ok) return span;
  const found = await environment.storage.money.invoiceRows(span.value, MAX_ROWS);
  const what = wanted ? 'invoicesWithNames' : 'invoices';
  await note(environment, caller, days, { what, rows: found.length, reason });
  const rows = found.map((row) => invoiceRow(environment, row, wanted));
  return ok(csvFile([MONEY_TABLE.invoices, ...rows]));
}

function invoiceRow({ vault }: Needs, row: InvoiceRow, withName: boolean): string[] {
  const { nameSealed, gatewayNumberHash, paidAt } = row;
  const name = withName ? vault.open(nameSealed, `students.name:${gatewayNumberHash}`) : '';
  return [
    ...[row.orderNo, row.outTradeNo, row.transactionId ?? '', row.receiptNo ?? ''],
    ...[beijingText(paidAt ?? row.createdAt), row.school, MONEY_TABLE.invoiceItem],
    ...[yuan(row.amountFen - row.refundedFen), name],
  ];
}

function beijingText(at: Date): string {
  return new Date(at.getTime() + BEIJING_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

async function note(
  environment: Needs,
  { staffId }: StaffCaller,
  { from, until, schoolCode }: Days,
  entry: Pick<MoneyExport, 'what' | 'rows' | 'reason'>,
): Promise<void> {
  const { storage, clock } = environment;
  const schoolId = await schoolIdOf(environment, schoolCode);
  await storage.money.addExport({
    ...{ ...entry, at: clock(), staffId, fromDay: from, untilDay: until },
    schoolId: schoolId && schoolId !== NOBODY ? schoolId : null,
  });
}
