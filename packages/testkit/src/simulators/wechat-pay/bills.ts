import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Order, paidFenOf, type Refund } from './ledger.ts';
import { isMerchantCall } from './message-security.ts';
import type { MerchantCredentials, Platform } from './platform.ts';

/** 交易账单 as WeChat Pay gives it out: a day later, from ten, one file a day, behind a backtick each field. */

export type BillFaults = {
  /** `late`: still being made after ten; `damaged`: another file than its hash says. */
  bills: 'ready' | 'late' | 'damaged';
  /** Changes the lines of payments and refunds before the file is made. */
  editBill: (lines: readonly string[]) => readonly string[];
};

type Answer = { readonly status: number; readonly body: unknown };

const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3600_000;
const READY_AT_MS = 10 * 3600_000;
const FEE_RATE = 0.006;

const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,' +
  '应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,' +
  '手续费,费率,订单金额,申请退款金额,费率备注';
const TOTALS =
  '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

const refuse = (code: string, message: string): Answer => ({
  status: 400,
  body: { code, message },
});

/** `GET /v3/bill/tradebill`: where the file of a day is, and its hash. */
export function askForBill(
  platform: Platform,
  faults: BillFaults,
  request: FastifyRequest,
): Answer {
  const { bill_date: day = '', tar_type: packed } = request.query as Record<string, string>;
  const begin = Date.parse(`${day}T00:00:00+08:00`);
  const now = platform.now().getTime();
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(begin))
    return refuse('PARAM_ERROR', '参数错误');
  if (now < begin + DAY_MS || now > begin + 92 * DAY_MS)
    return refuse('INVALID_REQUEST', '账单日期不在可查询范围内');
  if (now < begin + DAY_MS + READY_AT_MS || faults.bills === 'late')
    return refuse('STATEMENT_CREATING', '账单生成中，请稍后再试');
  const lines = linesOf(platform, begin, begin + DAY_MS);
  // As in reality, a day without any business has no file.
  if (lines.length === 0) return refuse('NO_STATEMENT_EXIST', '账单文件不存在');
  const hash = createHash('sha1').update(fileOf(faults, lines)).digest('hex');
  const token = Buffer.from(JSON.stringify({ day, packed: packed === 'GZIP' })).toString(
    'base64url',
  );
  const url = `http://${request.host}/v3/billdownload/file?token=${token}`;
  return { status: 200, body: { hash_type: 'SHA1', hash_value: hash, download_url: url } };
}

/** The file itself; signed for by the caller, and not signed by us. */
export function addBillFiles(app: FastifyInstance, platform: Platform, faults: BillFaults): void {
  app.get('/v3/billdownload/file', (request, reply) => {
    const authorization = request.headers.authorization ?? '';
    const call = { authorization, method: 'GET', pathAndQuery: request.url, body: '' };
    if (!isMerchantCall(platform.merchantKey, call, platform.now()))
      return reply.code(401).send({ code: 'SIGN_ERROR', message: '错误的签名，验签失败' });
    const { token = '' } = request.query as Record<string, string>;
    const { day, packed } = JSON.parse(Buffer.from(token, 'base64url').toString()) as {
      day: string;
      packed: boolean;
    };
    const begin = Date.parse(`${day}T00:00:00+08:00`);
    const whole = Buffer.from(fileOf(faults, linesOf(platform, begin, begin + DAY_MS)));
    const file = faults.bills === 'damaged' ? whole.subarray(0, -9) : whole;
    return reply.type('application/octet-stream').send(packed ? gzipSync(file) : file);
  });
}

function linesOf({ ledger, credentials }: Platform, begin: number, end: number): string[] {
  const within = (at: Date | undefined) =>
    at !== undefined && at.getTime() >= begin && at.getTime() < end;
  const paid = ledger
    .orders()
    .filter(({ paidAt }) => within(paidAt))
    .map((order) => ({ at: order.paidAt as Date, line: paymentLine(credentials, order) }));
  const back = ledger
    .refunds()
    .filter(({ createdAt, state }) => within(createdAt) && state !== 'CLOSED')
    .map((refund) => ({ at: refund.createdAt, line: refundLine(credentials, refund) }));
  // The latest first, as in the real file.
  return [...paid, ...back].sort((a, b) => b.at.getTime() - a.at.getTime()).map(({ line }) => line);
}

function fileOf({ editBill }: BillFaults, made: readonly string[]): string {
  const lines = editBill(made);
  const sum = (column: number, digits = 2) => {
    const total = lines.reduce((all, line) => all + Number(fieldOf(line, column)), 0);
    return total.toFixed(digits);
  };
  const totals = [
    String(lines.length),
    ...[sum(12), sum(16), sum(17), sum(22, 5), sum(24), sum(25)],
  ];
  return `\uFEFF${[HEADER, ...lines, TOTALS, fields(totals)].join('\r\n')}\r\n`;
}

const fieldOf = (line: string, column: number) => (line.split(',')[column] ?? '').replace('`', '');
const fields = (values: readonly string[]) => values.map((value) => `\`${value}`).join(',');
const yuan = (fen: number) => (fen / 100).toFixed(2);
const fee = (fen: number) => ((fen * FEE_RATE) / 100).toFixed(5);
const local = (at: Date) =>
  new Date(at.getTime() + BEIJING_MS).toISOString().slice(0, 19).replace('T', ' ');

function commonOf({ appId, mchId }: MerchantCredentials, order: Order, at: Date, state: string) {
  return [
    ...[local(at), appId, mchId, '0', '', order.transactionId ?? '', order.outTradeNo],
    ...[order.openid, order.tradeType, state, 'OTHERS', 'CNY'],
  ];
}

function paymentLine(merchant: MerchantCredentials, order: Order): string {
  const fen = paidFenOf(order);
  return fields([
    ...commonOf(merchant, order, order.paidAt as Date, 'SUCCESS'),
    ...[yuan(fen), '0.00', '0', '0', '0.00', '0.00', '', '', order.description, ''],
    ...[fee(fen), '0.60%', yuan(fen), '0.00', ''],
  ]);
}

function refundLine(merchant: MerchantCredentials, refund: Refund): string {
  const { order, refundFen } = refund;
  const state = refund.state === 'ABNORMAL' ? 'FAIL' : refund.state;
  return fields([
    ...commonOf(merchant, order, refund.createdAt, 'REFUND'),
    ...['0.00', '0.00', refund.refundId, refund.outRefundNo, yuan(refundFen), '0.00', 'ORIGINAL'],
    ...[state, order.description, '', fee(-refundFen), '0.60%', '0.00', yuan(refundFen), ''],
  ]);
}
