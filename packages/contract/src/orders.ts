import { CLOSED_ORDER_CODES, QUEUE_STATES } from '@gradshot/domain';
import { z } from 'zod';
import { orderSummary, student } from './eligibility.ts';
import { onSiteRecord } from './on-site-record.ts';
import { actor, fen, id, orderState, refusalReason, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

export const orderParams = z.object({ orderId: id });

/** 到场 of today, by phone. */
const arrival = z.object({
  station: z.string(),
  at: timestamp,
  /** What is called out, e.g. `A023`; absent, like what follows, until the station has heard of it. */
  number: z.string().optional(),
  state: z.enum(QUEUE_STATES).optional(),
  /** How many are called before. */
  ahead: z.int().min(0).optional(),
});
export type Arrival = z.infer<typeof arrival>;

/** 图像校对: the graduate looks at the photo at 学信网, else the collection does not take effect. */
export const imageCheck = z.object({
  publishedAt: timestamp,
  /** About when the photo can be checked there. */
  checkFrom: timestamp,
  answer: z.enum(['confirmed', 'differs']).optional(),
  answeredAt: timestamp.optional(),
});
export type ImageCheck = z.infer<typeof imageCheck>;

export const orderDetail = orderSummary
  .extend({
    student,
    /** When a decision is promised, while under review. */
    promisedAt: timestamp.optional(),
    photoId: id.optional(),
    /** Since when that photo is deleted, its time being over: nothing is left to be downloaded. */
    photoErasedAt: timestamp.optional(),
    /** The last photo, where standardising refused it: its report says why. */
    refusedPhotoId: id.optional(),
    history: z.array(
      z.object({ at: timestamp, from: orderState, to: orderState, event: z.string(), by: actor }),
    ),
    reasons: z.array(refusalReason),
    arrival: arrival.optional(),
    imageCheck: imageCheck.optional(),
  })
  .meta({ id: 'OrderDetail' });
export type OrderDetail = z.infer<typeof orderDetail>;

export const listOrders = defineRoute({
  id: 'listOrders',
  method: 'GET',
  path: '/v1/orders',
  summary: '采集列表: the graduate’s orders',
  callers: ['graduate'],
  response: z.object({ orders: z.array(orderSummary) }),
  errors: [],
});

export const getOrder = defineRoute({
  id: 'getOrder',
  method: 'GET',
  path: '/v1/orders/:orderId',
  summary: '采集详情: one order with its history',
  callers: ['graduate', 'station'],
  params: orderParams,
  response: orderDetail,
  errors: ['order.notFound'],
});

export const getService = defineRoute({
  id: 'getService',
  method: 'GET',
  path: '/v1/orders/:orderId/service',
  summary: '服务内容: what the fee covers, the price and the consent texts',
  callers: ['graduate', 'station'],
  params: orderParams,
  response: z.object({
    priceFen: fen,
    items: z.array(z.object({ zh: z.string(), en: z.string() })),
    consents: z.array(
      z.object({
        kind: z.enum(['service', 'faceProcessing']),
        version: z.string(),
        zh: z.string(),
        en: z.string(),
      }),
    ),
  }),
  errors: ['order.notFound'],
});

/** PIPL: separate consent for face processing, with version and time. */
export const giveConsent = defineRoute({
  id: 'giveConsent',
  method: 'PUT',
  path: '/v1/orders/:orderId/consents',
  summary: 'Record the consents given, with their versions',
  callers: ['graduate', 'station'],
  params: orderParams,
  body: z.object({
    consents: z
      .array(z.object({ kind: z.enum(['service', 'faceProcessing']), version: z.string().max(40) }))
      .min(1)
      .max(2),
  }),
  response: z.object({ recordedAt: timestamp }),
  errors: ['order.notFound'],
});

export const cancelOrder = defineRoute({
  id: 'cancelOrder',
  method: 'POST',
  path: '/v1/orders/:orderId/cancel',
  summary: 'Cancel an order that is not yet paid',
  callers: ['graduate', 'station'],
  params: orderParams,
  response: orderSummary,
  errors: [
    'order.notFound',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
    'payment.providerUnavailable',
    'payment.amountMismatch',
  ],
});

export const handInPhoto = defineRoute({
  id: 'handInPhoto',
  method: 'POST',
  path: '/v1/orders/:orderId/hand-in',
  summary:
    '提交: hand the standard photo in for identity check and review; repeating it is success',
  callers: ['graduate', 'station'],
  params: orderParams,
  body: z.object({
    photoId: id,
    /** What staff said about the photo; a station's alone to send. */
    onSite: onSiteRecord.exactOptional(),
  }),
  response: orderDetail,
  errors: [
    'order.notFound',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
    'photo.notFound',
    'photo.erased',
    'photo.notStandard',
    'consent.required',
  ],
});

export const retakePhoto = defineRoute({
  id: 'retakePhoto',
  method: 'POST',
  path: '/v1/orders/:orderId/retake',
  summary: '重拍: drop the present photo (before submission) or answer a rejection, free of charge',
  callers: ['graduate', 'station'],
  params: orderParams,
  response: orderDetail,
  errors: ['order.notFound', 'order.transitionForbidden', ...CLOSED_ORDER_CODES],
});
