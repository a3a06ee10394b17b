import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fail, ok, type Result } from '@gradshot/domain';
import type { Bill, BillLine } from '../../ports/payments/payment-provider.ts';
import type { SignedClient } from './signed-client.ts';
import { tradeBill } from './wire-format.ts';

/** An unpacked bill; one beyond this is none. */
const MAX_BYTES = 256 * 1024 * 1024;

/** 交易账单 of a day in Beijing: asked for, fetched, unpacked, checked, read. */
export async function fetchTradeBill(
  client: SignedClient,
  day: string,
): Promise<Result<Bill | 'none'>> {
  const pathAndQuery = `/v3/bill/tradebill?bill_date=${encodeURIComponent(day)}&bill_type=ALL&tar_type=GZIP`;
  const call = { operation: 'tradeBill', method: 'GET', pathAndQuery } as const;
  const answer = await client.call(call, tradeBill);
  if (!answer.ok) return answer;
  if (answer.value.kind === 'refusal') {
    const { code } = answer.value;
    if (code === 'NO_STATEMENT_EXIST') return ok('none');
    return fail(
      code === 'STATEMENT_CREATING' ? 'payment.billNotYet' : 'payment.providerUnavailable',
    );
  }
  const { download_url: url, hash_value: hash } = answer.value.value;
  const packed = await client.download('tradeBillFile', new URL(url));
  if (!packed) return fail('payment.providerUnavailable');
  const file = await unpack(packed);
  if (!file || createHash('sha1').update(file).digest('hex') !== hash.toLowerCase())
    return fail('payment.billDamaged');
  const lines = readBill(file.toString('utf8'));
  return lines ? ok({ hash: hash.toLowerCase(), lines }) : fail('payment.billDamaged');
}

async function unpack(packed: Buffer): Promise<Buffer | undefined> {
  try {
    return await promisify(gunzip)(packed, { maxOutputLength: MAX_BYTES });
  } catch {
    return undefined;
  }
}

const TOTALS = '总交易单数';

/** Lines of payments and refunds; undefined when the bill is not what it says of itself. */
export function readBill(text: string): BillLine[] | undefined {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const totalsAt = rows.findIndex((line) => line.startsWith(TOTALS));
  const [header = ''] = rows;
  if (totalsAt < 1 || rows.length !== totalsAt + 2) return undefined;
  const names = columnsOf(header);
  const lines = rows.slice(1, totalsAt).map((row) => lineOf(namedFields(names, row)));
  if (!lines.every((line) => line !== undefined)) return undefined;
  const totals = namedFields(columnsOf(rows[totalsAt] ?? ''), rows[totalsAt + 1] ?? '');
  return fits(lines, totals) ? lines : undefined;
}

/** Each field stands behind a backtick, so that no spreadsheet makes a number of it. */
const fieldsOf = (row: string): string[] => row.replace(/^`/, '').split(',`');
const columnsOf = (header: string): string[] => header.split(',').map((name) => name.trim());

type Fields = Readonly<Record<string, string>>;

/** By name: the service has added and renamed columns over the years. */
function namedFields(names: readonly string[], row: string): Fields {
  const fields = fieldsOf(row);
  // A comma of a product's name is no separator, because no backtick follows it.
  if (fields.length !== names.length) return {};
  return Object.fromEntries(names.map((name, at) => [name, fields[at] ?? '']));
}

function lineOf(fields: Fields): BillLine | undefined {
  const refund = fields.交易状态 === 'REFUND';
  const at = timeOf(fields.交易时间);
  const amountFen = fenOf(refund ? fields.申请退款金额 : fields.订单金额);
  const feeE5 = decimal(fields.手续费, 5);
  const { 微信订单号: transactionId, 商户订单号: outTradeNo } = fields;
  if (!at || amountFen === undefined || feeE5 === undefined) return undefined;
  if (!transactionId || !outTradeNo) return undefined;
  const { 微信退款单号: refundId, 商户退款单号: outRefundNo } = fields;
  if (refund && (!refundId || !outRefundNo)) return undefined;
  return {
    ...{ kind: refund ? 'refund' : 'payment', at, transactionId, outTradeNo, amountFen, feeE5 },
    refundId: (refund && refundId) || null,
    outRefundNo: (refund && outRefundNo) || null,
    state: (refund ? fields.退款状态 : fields.交易状态) ?? '',
  };
}

/** The bill's own count and sums, without which nobody knows whether it is whole. */
function fits(lines: readonly BillLine[], totals: Fields): boolean {
  const sum = (kind: BillLine['kind']) =>
    lines.reduce((fen, line) => fen + (line.kind === kind ? line.amountFen : 0), 0);
  return (
    Number(totals[TOTALS]) === lines.length &&
    fenOf(totals.订单总金额) === sum('payment') &&
    fenOf(totals.申请退款总金额) === sum('refund') &&
    decimal(totals.手续费总金额, 5) === lines.reduce((fee, { feeE5 }) => fee + feeE5, 0)
  );
}

const fenOf = (text: string | undefined) => decimal(text, 2);

/** A decimal number as a whole one of its last digits; no rounding error ever. */
function decimal(text: string | undefined, digits: number): number | undefined {
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text ?? '') ?? [];
  if (!whole || part.slice(digits).replaceAll('0', '')) return undefined;
  const value = Number(`${whole}${part.slice(0, digits).padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(value)) return undefined;
  return sign && value !== 0 ? -value : value;
}

function timeOf(text: string | undefined): Date | undefined {
  const found = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(text ?? '');
  if (!found) return undefined;
  const at = new Date(`${found[1]}T${found[2]}+08:00`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
