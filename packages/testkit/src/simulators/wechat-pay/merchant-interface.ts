import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { jsonBody, rawBody } from '../listening.ts';
import { addBillFiles, askForBill, type BillFaults } from './bills.ts';
import type { Order, Outcome, RefundState, TradeType } from './ledger.ts';
import {
  encryptResource,
  isMerchantCall,
  platformSignature,
  probeSignature,
} from './message-security.ts';
import type { Platform } from './platform.ts';
import {
  abnormalRefundRequest,
  beijing,
  closeRequest,
  h5OrderRequest,
  jsapiOrderRequest,
  orderRequest,
  refundBody,
  refundRequest,
  transactionBody,
} from './wire-bodies.ts';

const YEAR_MS = 365 * 24 * 3600_000;

/** Settings that make the interface misbehave. */
export type InterfaceFaults = BillFaults & {
  /** What becomes of a refund that a merchant opens; `PROCESSING`: nothing yet. */
  refundsEnd: RefundState;
  /** Spoils the signature of every answer, as WeChat Pay's probes do now and then. */
  spoilAnswers: boolean;
};

type Answer = { readonly status: number; readonly body?: unknown };
type Handler = (request: FastifyRequest, json: unknown) => Answer;

const error = (status: number, code: string, message: string): Answer => ({
  status,
  body: { code, message },
});

const invalid = (): Answer => error(400, 'PARAM_ERROR', '参数错误');

/** The paths of API v3 that merchants call, under their real names. */
export function addMerchantInterface(
  app: FastifyInstance,
  platform: Platform,
  faults: InterfaceFaults,
): void {
  const route = (method: 'GET' | 'POST', url: string, handler: Handler) =>
    app.route({
      method,
      url,
      handler: (request, reply) => answerSigned(platform, faults, request, reply, handler),
    });
  const param = (request: FastifyRequest, name: string): string =>
    (request.params as Record<string, string>)[name] ?? '';
  const query = (request: FastifyRequest, name: string): unknown =>
    (request.query as Record<string, unknown>)[name];
  const ours = (request: FastifyRequest) => query(request, 'mchid') === platform.credentials.mchId;
  const orders = '/v3/pay/transactions';

  route('GET', '/v3/certificates', () => listCertificates(platform));
  route('POST', `${orders}/native`, (request, json) =>
    openOrder(platform, request, 'NATIVE', json),
  );
  route('POST', `${orders}/h5`, (request, json) => openOrder(platform, request, 'MWEB', json));
  route('POST', `${orders}/jsapi`, (request, json) => openOrder(platform, request, 'JSAPI', json));
  route('GET', `${orders}/out-trade-no/:number`, (request) =>
    ours(request)
      ? showOrder(platform, platform.ledger.find(param(request, 'number')))
      : error(400, 'MCH_NOT_EXISTS', '商户号不存在'),
  );
  route('GET', `${orders}/id/:number`, (request) =>
    ours(request)
      ? showOrder(platform, platform.ledger.findByTransaction(param(request, 'number')))
      : error(400, 'MCH_NOT_EXISTS', '商户号不存在'),
  );
  route('POST', `${orders}/out-trade-no/:number/close`, (request, json) =>
    closeOrder(platform, param(request, 'number'), json),
  );
  route('POST', '/v3/refund/domestic/refunds', (_request, json) =>
    openRefund(platform, faults, json),
  );
  route('POST', '/v3/refund/domestic/refunds/:id/apply-abnormal-refund', (request, json) =>
    sendToCard(platform, request, json),
  );
  route('GET', '/v3/bill/tradebill', (request) => askForBill(platform, faults, request));
  addBillFiles(app, platform, faults);
  route('GET', '/v3/refund/domestic/refunds/:number', (request) => {
    const refund = platform.ledger.findRefund(param(request, 'number'));
    return refund
      ? { status: 200, body: refundBody(refund) }
      : error(404, 'RESOURCE_NOT_EXISTS', '退款单不存在');
  });
}

function answerSigned(
  platform: Platform,
  faults: InterfaceFaults,
  request: FastifyRequest,
  reply: FastifyReply,
  handler: Handler,
): FastifyReply {
  const body = rawBody(request.body).toString('utf8');
  const authorization = request.headers.authorization ?? '';
  const call = { authorization, method: request.method, pathAndQuery: request.url, body };
  if (!isMerchantCall(platform.merchantKey, call, platform.now())) {
    // An unauthenticated caller gets an unsigned answer, as from the real service.
    const refusal = { code: 'SIGN_ERROR', message: '错误的签名，验签失败' };
    return reply.code(401).send(refusal);
  }
  const answer = handler(request, jsonBody(request.body));
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  const signer = platform.signerFor(wantedSerial(request));
  const signed = platformSignature(signer, text, platform.now());
  reply.code(answer.status).headers(faults.spoilAnswers ? probeSignature(signed) : signed);
  reply.header('request-id', request.id);
  return text ? reply.type('application/json; charset=utf-8').send(text) : reply.send();
}

function wantedSerial(request: FastifyRequest): string | undefined {
  const serial = request.headers['wechatpay-serial'];
  return typeof serial === 'string' ? serial : undefined;
}

function listCertificates(platform: Platform): Answer {
  const data = platform.certificates().map(({ serial, certificatePem }) => ({
    serial_no: serial,
    effective_time: beijing(new Date(platform.now().getTime() - YEAR_MS)),
    expire_time: beijing(new Date(platform.now().getTime() + 4 * YEAR_MS)),
    encrypt_certificate: encryptResource(
      platform.credentials.apiV3Key,
      certificatePem,
      'certificate',
    ),
  }));
  return { status: 200, body: { data } };
}

function read<T>(schema: z.core.$ZodType<T>, json: unknown): T | undefined {
  return z.safeParse(schema, json).data;
}

const refused = (outcome: Outcome<unknown> & { ok: false }): Answer =>
  error(outcome.status, outcome.code, outcome.message);

function openOrder(
  platform: Platform,
  request: FastifyRequest,
  tradeType: TradeType,
  json: unknown,
): Answer {
  const jsapi = tradeType === 'JSAPI' ? read(jsapiOrderRequest, json) : undefined;
  const wanted = jsapi ?? read(REQUESTS[tradeType], json);
  if (!wanted) return invalid();
  const { mchId, appId } = platform.credentials;
  if (wanted.mchid !== mchId || wanted.appid !== appId) {
    return error(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配');
  }
  const expiresAt = wanted.time_expire ? new Date(wanted.time_expire) : undefined;
  if (expiresAt && expiresAt <= platform.now()) return invalid();
  const opened = platform.ledger.open({
    outTradeNo: wanted.out_trade_no,
    tradeType,
    description: wanted.description,
    totalFen: wanted.amount.total,
    notifyUrl: wanted.notify_url,
    expiresAt,
    signerSerial: platform.signerFor(wantedSerial(request)).serial,
    ...(jsapi ? { openid: jsapi.payer.openid } : {}),
  });
  if (!opened.ok) return refused(opened);
  return { status: 200, body: openedBody(request, tradeType, opened.value.handle) };
}

const REQUESTS = {
  NATIVE: orderRequest,
  JSAPI: jsapiOrderRequest,
  MWEB: h5OrderRequest,
} as const satisfies Record<TradeType, z.core.$ZodType>;

/** What the payer's client continues with. The H5 page is on this very server. */
function openedBody(request: FastifyRequest, tradeType: TradeType, handle: string) {
  if (tradeType === 'JSAPI') return { prepay_id: handle };
  if (tradeType === 'NATIVE') return { code_url: codeUrlOf(handle) };
  return { h5_url: `http://${request.host}/h5/${encodeURIComponent(handle)}?prepay_id=${handle}` };
}

/** The text of the QR code, in the form that WeChat opens. */
export function codeUrlOf(handle: string): string {
  return `weixin://wxpay/bizpayurl?pr=${handle}`;
}

function showOrder(platform: Platform, order: Order | undefined): Answer {
  return order
    ? { status: 200, body: transactionBody(platform.credentials, order) }
    : error(404, 'ORDER_NOT_EXIST', '订单不存在');
}

function closeOrder(platform: Platform, outTradeNo: string, json: unknown): Answer {
  const wanted = read(closeRequest, json);
  if (wanted?.mchid !== platform.credentials.mchId) return invalid();
  const closed = platform.ledger.close(outTradeNo);
  return closed.ok ? { status: 204 } : refused(closed);
}

function openRefund(platform: Platform, faults: InterfaceFaults, json: unknown): Answer {
  const wanted = read(refundRequest, json);
  if (!wanted) return invalid();
  const opened = platform.ledger.refund(wanted.out_trade_no, {
    outRefundNo: wanted.out_refund_no,
    refundFen: wanted.amount.refund,
    totalFen: wanted.amount.total,
    notifyUrl: wanted.notify_url,
  });
  if (!opened.ok) return refused(opened);
  const body = refundBody(opened.value);
  // As in reality, opening a refund and its success are two moments.
  if (opened.value.state === 'PROCESSING' && faults.refundsEnd !== 'PROCESSING')
    setImmediate(() => platform.finishRefund(opened.value, faults.refundsEnd));
  return { status: 200, body };
}

/** 发起异常退款: the card must have been encrypted for one of our keys. */
function sendToCard(platform: Platform, request: FastifyRequest, json: unknown): Answer {
  const wanted = read(abnormalRefundRequest, json);
  const { id } = request.params as { id: string };
  const refund = platform.ledger.findRefundById(id);
  if (!wanted) return invalid();
  if (!refund || refund.outRefundNo !== wanted.out_refund_no)
    return error(404, 'RESOURCE_NOT_EXISTS', '退款单不存在');
  if (refund.state !== 'ABNORMAL') return error(400, 'INVALID_REQUEST', '退款单状态不是退款异常');
  if (wanted.type === 'USER_BANK_CARD') {
    const open = (sealed = '') => platform.open(wantedSerial(request) ?? '', sealed);
    const [bankAccount, realName] = [open(wanted.bank_account), open(wanted.real_name)];
    if (!wanted.bank_type || !bankAccount || !realName) return invalid();
    if (!/^\d{12,19}$/.test(bankAccount))
      return error(400, 'INVALID_REQUEST', '收款银行卡号格式不正确');
    refund.toCard = { bankType: wanted.bank_type, bankAccount, realName };
  }
  refund.state = 'PROCESSING';
  const body = refundBody(refund);
  setImmediate(() => platform.finishRefund(refund, 'SUCCESS'));
  return { status: 200, body };
}
