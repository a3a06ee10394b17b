import { randomBytes, randomInt } from 'node:crypto';

/** Orders and refunds as WeChat Pay keeps them. Amounts in fen. */

export type TradeType = 'NATIVE' | 'JSAPI' | 'MWEB';
export type TradeState = 'NOTPAY' | 'SUCCESS' | 'CLOSED' | 'REFUND';

export type Order = {
  readonly outTradeNo: string;
  readonly tradeType: TradeType;
  readonly description: string;
  readonly totalFen: number;
  readonly notifyUrl: string;
  readonly expiresAt: Date | undefined;
  readonly openid: string;
  /** `pr` of the code_url, or the prepay_id. */
  readonly handle: string;
  /** Serial of the key that its notifications are signed with. */
  readonly signerSerial: string;
  state: TradeState;
  transactionId?: string;
  paidAt?: Date;
  /** What the payer paid, where that is not what was asked for. */
  paidFen?: number;
};

export type Refund = {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly order: Order;
  readonly refundFen: number;
  readonly notifyUrl: string | undefined;
  readonly createdAt: Date;
  state: RefundState;
  succeededAt?: Date;
  /** Where it went after it was abnormal. */
  toCard?: { readonly bankType: string; readonly bankAccount: string; readonly realName: string };
};

export type RefundState = 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED';

export const paidFenOf = ({ paidFen, totalFen }: Order): number => paidFen ?? totalFen;

export type Refusal = { readonly status: number; readonly code: string; readonly message: string };
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | ({ readonly ok: false } & Refusal);

const refuse = (status: number, code: string, message: string) =>
  ({ ok: false, status, code, message }) as const;
const accept = <T>(value: T) => ({ ok: true, value }) as const;

export type NewOrder = Omit<Order, 'handle' | 'state' | 'transactionId' | 'paidAt' | 'openid'> & {
  readonly openid?: string;
};

export type Ledger = ReturnType<typeof createLedger>;

export function createLedger(now: () => Date) {
  const orders = new Map<string, Order>();
  const refunds = new Map<string, Refund>();
  return {
    orders: () => [...orders.values()],
    find: (outTradeNo: string) => orders.get(outTradeNo),
    findByHandle: (handle: string) => [...orders.values()].find((order) => order.handle === handle),
    findByTransaction: (id: string) =>
      [...orders.values()].find(({ transactionId }) => transactionId === id),
    findRefund: (outRefundNo: string) => refunds.get(outRefundNo),
    findRefundById: (id: string) => [...refunds.values()].find(({ refundId }) => refundId === id),
    refunds: () => [...refunds.values()],
    open: (wanted: NewOrder) => openOrder(orders, wanted),
    pay: (order: Order, paidFen?: number) => payOrder(order, now(), paidFen),
    close: (outTradeNo: string) => closeOrder(orders.get(outTradeNo)),
    refund: (outTradeNo: string, wanted: NewRefund) =>
      openRefund(refunds, orders.get(outTradeNo), wanted, now()),
    finishRefund(refund: Refund, state: RefundState): void {
      refund.state = state;
      if (state === 'SUCCESS') refund.succeededAt = now();
    },
  };
}

function openOrder(orders: Map<string, Order>, wanted: NewOrder): Outcome<Order> {
  const known = orders.get(wanted.outTradeNo);
  if (known?.state === 'SUCCESS' || known?.state === 'REFUND') {
    return refuse(400, 'ORDERPAID', '该订单已支付');
  }
  if (known?.state === 'CLOSED') return refuse(400, 'ORDER_CLOSED', '该订单已关闭');
  if (known) {
    return isSameOrder(known, wanted)
      ? accept(known)
      : refuse(403, 'OUT_TRADE_NO_USED', '商户订单号重复');
  }
  const handle =
    wanted.tradeType === 'NATIVE'
      ? randomBytes(9).toString('base64url')
      : `wx${randomBytes(17).toString('hex')}`;
  const openid = wanted.openid ?? `o${randomBytes(20).toString('base64url')}`;
  const order: Order = { ...wanted, openid, handle, state: 'NOTPAY' };
  orders.set(order.outTradeNo, order);
  return accept(order);
}

function isSameOrder(known: Order, wanted: NewOrder): boolean {
  return (
    known.tradeType === wanted.tradeType &&
    known.totalFen === wanted.totalFen &&
    known.description === wanted.description &&
    known.notifyUrl === wanted.notifyUrl &&
    known.expiresAt?.getTime() === wanted.expiresAt?.getTime() &&
    (wanted.openid === undefined || known.openid === wanted.openid)
  );
}

function payOrder(order: Order, at: Date, paidFen?: number): Outcome<Order> {
  if (order.state === 'SUCCESS' || order.state === 'REFUND') {
    return refuse(400, 'ORDERPAID', '该订单已支付');
  }
  if (order.state === 'CLOSED') return refuse(400, 'ORDER_CLOSED', '该订单已关闭');
  if (order.expiresAt && order.expiresAt <= at) {
    return refuse(400, 'ORDER_EXPIRED', '该订单已超过支付时间');
  }
  order.state = 'SUCCESS';
  order.paidAt = at;
  if (paidFen !== undefined) order.paidFen = paidFen;
  order.transactionId = `42000${randomDigits(23)}`;
  return accept(order);
}

function closeOrder(order: Order | undefined): Outcome<Order> {
  if (!order) return refuse(404, 'ORDER_NOT_EXIST', '订单不存在');
  if (order.state === 'SUCCESS' || order.state === 'REFUND') {
    return refuse(400, 'ORDERPAID', '该订单已支付');
  }
  order.state = 'CLOSED';
  return accept(order);
}

export type NewRefund = {
  readonly outRefundNo: string;
  readonly refundFen: number;
  readonly totalFen: number;
  readonly notifyUrl: string | undefined;
};

function openRefund(
  refunds: Map<string, Refund>,
  order: Order | undefined,
  wanted: NewRefund,
  at: Date,
): Outcome<Refund> {
  const known = refunds.get(wanted.outRefundNo);
  if (known) {
    return known.order === order && known.refundFen === wanted.refundFen
      ? accept(known)
      : refuse(400, 'INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试');
  }
  if (!order) return refuse(404, 'RESOURCE_NOT_EXISTS', '订单不存在');
  const given = [...refunds.values()].filter(
    (refund) => refund.order === order && refund.state !== 'CLOSED',
  );
  const left = given.reduce((sum, refund) => sum - refund.refundFen, paidFenOf(order));
  if (!order.transactionId) return refuse(400, 'INVALID_REQUEST', '订单未支付');
  if (wanted.totalFen !== paidFenOf(order) || wanted.refundFen < 1 || wanted.refundFen > left) {
    return refuse(400, 'INVALID_REQUEST', '申请退款金额大于可退金额或订单金额不一致');
  }
  order.state = 'REFUND';
  const refund: Refund = {
    outRefundNo: wanted.outRefundNo,
    refundId: `50000${randomDigits(23)}`,
    order,
    refundFen: wanted.refundFen,
    notifyUrl: wanted.notifyUrl,
    createdAt: at,
    state: 'PROCESSING',
  };
  refunds.set(refund.outRefundNo, refund);
  return accept(refund);
}

function randomDigits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}
