import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { jsonBody, keepRawBodies, type Listen, LOOPBACK, listen } from '../listening.ts';
import type { Order, Refund, RefundState } from './ledger.ts';
import { addMerchantInterface, type InterfaceFaults } from './merchant-interface.ts';
import { isJsapiCall } from './message-security.ts';
import type { Delivery, NotifierSettings } from './notifier.ts';
import { h5PayPage, orderListPage, payPage, refererMissingPage } from './payer-pages.ts';
import { createPlatform, type MerchantCredentials, type Platform } from './platform.ts';

export type WechatPaySimulatorOptions = { readonly at?: Listen; readonly now?: () => Date };

/** Whom a payer means: our number, the scanned text, or the signed arguments of the mini-program. */
export const payRequest = z.union([
  z.object({ outTradeNo: z.string() }),
  z.object({ codeUrl: z.string() }),
  z.object({
    jsapi: z.object({
      timeStamp: z.string(),
      nonceStr: z.string(),
      package: z.string(),
      paySign: z.string(),
    }),
  }),
]);
export type PayRequest = z.infer<typeof payRequest>;

export type PayOutcome =
  | { readonly paid: true; readonly outTradeNo: string; readonly transactionId: string }
  | { readonly paid: false; readonly code: string; readonly message: string };

export type WechatPaySimulator = {
  readonly url: string;
  readonly credentials: MerchantCredentials;
  readonly settings: NotifierSettings & InterfaceFaults;
  /** Every notification sent so far, in order, with the answer it got. */
  readonly deliveries: readonly Delivery[];
  /** The payer pays. The notification is on its way afterwards; `settle` waits for it. */
  pay(request: PayRequest, paidFen?: number): PayOutcome;
  /** What becomes of a refund that is under way, told to the merchant. */
  finishRefund(outRefundNo: string, state: RefundState): void;
  /** Money is returned in the merchant platform's own pages; answers the number that nobody here made. */
  refundAtDesk(outTradeNo: string, refundFen: number, state?: RefundState): string;
  /** The card that an abnormal refund was sent to. */
  cardOf(outRefundNo: string): Refund['toCard'];
  /** Every notification there is, sent or held back, the oldest first. */
  notices(): ReturnType<Platform['notifier']['notices']>;
  sendNotice(id: string): Promise<Delivery | undefined>;
  /** The 演示 page where a person pays what the QR code holds. */
  payPageOf(codeUrl: string): string;
  repeatNotifications(outTradeNo: string): Promise<readonly Delivery[]>;
  rotateCertificate(): Promise<void>;
  settle(): Promise<void>;
  close(): Promise<void>;
};

/** WeChat Pay API v3 for Native and JSAPI orders of one merchant, with real signatures. */
export async function startWechatPaySimulator(
  options: WechatPaySimulatorOptions = {},
): Promise<WechatPaySimulator> {
  const platform = await createPlatform(options.now ?? (() => new Date()));
  const settings = Object.assign(platform.notifier.settings, {
    ...{ spoilAnswers: false, refundsEnd: 'SUCCESS' as RefundState },
    ...{ bills: 'ready' as const, editBill: (lines: readonly string[]) => lines },
  });
  const app = fastify({ bodyLimit: 64 * 1024, forceCloseConnections: true });
  keepRawBodies(app);
  addMerchantInterface(app, platform, settings);
  addPayerPages(app, platform);
  addH5Pages(app, platform);
  addControls(app, platform);
  const url = await listen(app, options.at ?? LOOPBACK);
  return {
    url,
    credentials: platform.credentials,
    settings,
    deliveries: platform.notifier.deliveries,
    pay: (request, paidFen) => pay(platform, request, paidFen),
    finishRefund(outRefundNo, state) {
      const refund = platform.ledger.findRefund(outRefundNo);
      if (!refund) throw new Error(`no refund ${outRefundNo}`);
      platform.finishRefund(refund, state);
    },
    refundAtDesk(outTradeNo, refundFen, state = 'SUCCESS') {
      const order = platform.ledger.find(outTradeNo);
      const opened = order && platform.refundAtDesk(order, refundFen);
      if (!opened?.ok) throw new Error(opened?.message ?? `no order ${outTradeNo}`);
      platform.finishRefund(opened.value, state);
      return opened.value.outRefundNo;
    },
    cardOf: (outRefundNo) => platform.ledger.findRefund(outRefundNo)?.toCard,
    notices: () => platform.notifier.notices(),
    sendNotice: (id) => platform.notifier.send(id),
    payPageOf: (codeUrl) => `${url}/pay/${encodeURIComponent(handleOf(codeUrl))}`,
    repeatNotifications: (outTradeNo) => platform.notifier.repeat(outTradeNo),
    rotateCertificate: () => platform.rotateCertificate(),
    settle: () => platform.notifier.settle(),
    async close() {
      platform.notifier.stop();
      await app.close();
    },
  };
}

function handleOf(codeUrl: string): string {
  return /^weixin:\/\/wxpay\/bizpayurl\?pr=([\w-]+)$/.exec(codeUrl)?.[1] ?? '';
}

function findOrder(platform: Platform, request: PayRequest): Order | undefined {
  const { ledger, credentials, merchantKey } = platform;
  if ('outTradeNo' in request) return ledger.find(request.outTradeNo);
  if ('codeUrl' in request) return ledger.findByHandle(handleOf(request.codeUrl));
  const call = { appId: credentials.appId, ...request.jsapi };
  if (!isJsapiCall(merchantKey, call)) return undefined;
  return ledger.findByHandle(request.jsapi.package.replace(/^prepay_id=/, ''));
}

function pay(platform: Platform, request: PayRequest, paidFen?: number): PayOutcome {
  const order = findOrder(platform, request);
  if (!order) return { paid: false, code: 'ORDER_NOT_EXIST', message: '订单不存在' };
  const outcome = platform.pay(order, paidFen);
  if (!outcome.ok) return { paid: false, code: outcome.code, message: outcome.message };
  const { outTradeNo, transactionId = '' } = outcome.value;
  return { paid: true, outTradeNo, transactionId };
}

function addPayerPages(app: FastifyInstance, platform: Platform): void {
  const orderOf = (params: unknown) =>
    platform.ledger.findByHandle((params as { handle: string }).handle);
  app.get('/', (_request, reply) =>
    reply.type('text/html').send(orderListPage(platform.ledger.orders())),
  );
  app.get('/pay/:handle', (request, reply) => {
    const order = orderOf(request.params);
    if (!order) return reply.code(404).send({ code: 'ORDER_NOT_EXIST' });
    return reply.type('text/html').send(payPage(order));
  });
  app.post('/pay/:handle', (request, reply) => {
    const order = orderOf(request.params);
    if (!order) return reply.code(404).send({ code: 'ORDER_NOT_EXIST' });
    const outcome = platform.pay(order);
    return reply.type('text/html').send(payPage(order, outcome.ok ? undefined : outcome.message));
  });
}

/** The page of an H5 order: pays, then goes back to where the client came from. */
function addH5Pages(app: FastifyInstance, platform: Platform): void {
  const read = (request: { params: unknown; query: unknown }) => ({
    order: platform.ledger.findByHandle((request.params as { handle: string }).handle),
    back: webAddress((request.query as { redirect_url?: string }).redirect_url),
  });
  app.get('/h5/:handle', (request, reply) => {
    const { order, back } = read(request);
    if (!order) return reply.code(404).send({ code: 'ORDER_NOT_EXIST' });
    if (!request.headers.referer) return reply.type('text/html').send(refererMissingPage());
    return reply.type('text/html').send(h5PayPage(order, back));
  });
  app.post('/h5/:handle', (request, reply) => {
    const { order, back } = read(request);
    if (!order) return reply.code(404).send({ code: 'ORDER_NOT_EXIST' });
    const outcome = platform.pay(order);
    if (outcome.ok && back) return reply.redirect(back, 303);
    return reply
      .type('text/html')
      .send(h5PayPage(order, back, outcome.ok ? undefined : outcome.message));
  });
}

/** Nothing but a page of the web, which loopback addresses of tests are too. */
const webAddress = (text: string | undefined) =>
  text && /^https?:\/\//.test(text) && URL.canParse(text) ? text : undefined;

const settingsRequest = z.object({
  notifications: z.enum(['send', 'hold']).optional(),
  copies: z.int().min(1).max(10).optional(),
  spoilSignatures: z.boolean().optional(),
  spoilAnswers: z.boolean().optional(),
  retryPausesMs: z.array(z.int().min(0)).max(20).optional(),
});

/** For tests and the dev dock of other processes. */
function addControls(app: FastifyInstance, platform: Platform): void {
  const { notifier, ledger } = platform;
  app.post('/sim/pay', (request, reply) => {
    const wanted = payRequest.safeParse(jsonBody(request.body));
    if (!wanted.success) return reply.code(400).send({ code: 'PARAM_ERROR' });
    const outcome = pay(platform, wanted.data);
    return reply.code(outcome.paid ? 200 : 409).send(outcome);
  });
  app.post('/sim/notify-again', async (request, reply) => {
    const wanted = z.object({ outTradeNo: z.string() }).safeParse(jsonBody(request.body));
    if (!wanted.success) return reply.code(400).send({ code: 'PARAM_ERROR' });
    return { deliveries: await notifier.repeat(wanted.data.outTradeNo) };
  });
  app.put('/sim/settings', (request, reply) => {
    const wanted = settingsRequest.safeParse(jsonBody(request.body));
    if (!wanted.success) return reply.code(400).send({ code: 'PARAM_ERROR' });
    return Object.assign(notifier.settings, wanted.data);
  });
  app.get('/sim/orders', () => ({
    orders: ledger.orders().map(({ outTradeNo, state, totalFen, tradeType }) => ({
      outTradeNo,
      state,
      totalFen,
      tradeType,
    })),
    deliveries: notifier.deliveries,
  }));
}
