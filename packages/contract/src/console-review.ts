import { CLOSED_ORDER_CODES, REJECTION_CODES } from '@gradshot/domain';
import { z } from 'zod';
import { approvalWithdrawal } from './console-publishing.ts';
import { student } from './eligibility.ts';
import { onSiteRecord } from './on-site-record.ts';
import { orderDetail, orderParams } from './orders.ts';
import { actor, id, orderState, sha256, standardizationReport, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

/**
 * One photo that waits for a decision, held by one reviewer for the time of a lease. Nothing
 * unmasked: a reviewer judges a picture, not a name.
 */
export const reviewItem = z.object({
  /** Send with the decision: it proves that the lease is still this reviewer's. */
  leaseId: id,
  leaseExpiresAt: timestamp,
  /** The same in seconds from the answer: a browser's clock may be wrong by minutes. */
  leaseSeconds: z.int().min(0),
  order: orderDetail,
  photoId: id,
  handedInAt: timestamp,
  /** How the original came: from a station or from a phone. */
  source: z.enum(['station', 'companion']),
  /** Upright pixels; 0 where they were not recorded. */
  original: z.object({ sha256, width: z.int(), height: z.int() }),
  standard: z.object({ sha256, bytes: z.int() }),
  report: standardizationReport,
  /** 现场核对; absent where staff said nothing. */
  onSite: onSiteRecord.optional(),
  /** Staff said something that the server cannot read any more; then there is no `onSite`. */
  onSiteUnreadable: z.literal(true).optional(),
  /** Whether a reference photo (admission photo) can be looked at beside. */
  hasReference: z.boolean(),
  /** Advisory alone; a person decides. */
  identity: z
    .object({
      /** Cosine, −1 to 1. */
      score: z.number(),
      band: z.enum(['mismatch', 'unclear', 'similar']),
      model: z.string(),
      /** Shown beside the result, always. */
      warning: z.object({ zh: z.string(), en: z.string() }),
    })
    .optional(),
  /** Why the comparison came to nothing. Neither this nor `identity`: it is not done yet. */
  identityFailure: z.object({ zh: z.string(), en: z.string() }).optional(),
  /** Of the batch's roster; absent when it does not name the person. */
  roster: z
    .object({
      college: z.string().optional(),
      major: z.string().optional(),
      className: z.string().optional(),
    })
    .optional(),
  /** Earlier refusals of this order, newest first. */
  earlier: z.array(z.object({ at: timestamp, codes: z.array(z.string()), note: z.string() })),
});
export type ReviewItem = z.infer<typeof reviewItem>;

/**
 * Oldest first. A reviewer who holds one already gets that one again; with `ahead` the next one is
 * leased beside it, so that its pictures are loaded when the decision on the first is made.
 */
export const claimReview = defineRoute({
  id: 'claimReview',
  method: 'POST',
  path: '/v1/console/reviews/claim',
  summary: 'Take the oldest waiting photo under a lease; null when the queue is empty',
  callers: ['staff'],
  right: 'review',
  school: 'filtered',
  body: z.object({ ahead: z.boolean().default(false) }),
  /** `waiting`: photos that nobody holds. */
  response: z.object({ item: reviewItem.nullable(), waiting: z.int().min(0) }),
  errors: [],
});

const leased = z.object({ leaseId: id });

export const renewReview = defineRoute({
  id: 'renewReview',
  method: 'PUT',
  path: '/v1/console/reviews/:orderId/lease',
  summary: 'Keep the lease while the reviewer is still looking',
  callers: ['staff'],
  right: 'review',
  school: 'ofOrder',
  params: orderParams,
  body: leased,
  response: z.object({ leaseExpiresAt: timestamp, leaseSeconds: z.int().min(0) }),
  errors: ['order.notFound', 'review.leaseLost'],
});

export const releaseReview = defineRoute({
  id: 'releaseReview',
  method: 'POST',
  path: '/v1/console/reviews/:orderId/release',
  summary: 'Put the photo back into the queue undecided; repeating it is success',
  callers: ['staff'],
  right: 'review',
  school: 'ofOrder',
  params: orderParams,
  /** `pass`: it comes to this reviewer again after all others. */
  body: leased.extend({ pass: z.boolean().default(false) }),
  response: z.object({ waiting: z.int().min(0) }),
  errors: ['order.notFound'],
});

const decision = z.object({
  orderId: id,
  state: orderState,
  decidedAt: timestamp,
  /** Not carried out before then, and until then the reviewer's to take back. */
  heldUntil: timestamp.optional(),
});

/** The same decision under the same lease again is success; another one is `review.decided`. */
export const approveReview = defineRoute({
  id: 'approveReview',
  method: 'POST',
  path: '/v1/console/reviews/:orderId/approve',
  summary:
    '通过: once it is carried out, the photo is 采集完成 and nothing can be changed any more',
  callers: ['staff'],
  right: 'review',
  school: 'ofOrder',
  params: orderParams,
  body: leased.extend({ photoId: id }),
  response: decision,
  errors: [
    'order.notFound',
    'review.leaseLost',
    'review.decided',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
  ],
});

export const rejectReview = defineRoute({
  id: 'rejectReview',
  method: 'POST',
  path: '/v1/console/reviews/:orderId/reject',
  summary: '不通过 with reasons of the catalogue; the graduate retakes free of charge',
  callers: ['staff'],
  right: 'review',
  school: 'ofOrder',
  params: orderParams,
  body: leased.extend({
    photoId: id,
    codes: z
      .array(z.enum(REJECTION_CODES as unknown as [string, ...string[]]))
      .min(1)
      .max(6),
    /** Read by the graduate. */
    note: z.string().trim().max(200).default(''),
  }),
  response: decision,
  errors: [
    'order.notFound',
    'review.leaseLost',
    'review.decided',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
  ],
});

/** The photo is the reviewer's again, before all others: the next claim gives it. */
export const takeBackReview = defineRoute({
  id: 'takeBackReview',
  method: 'POST',
  path: '/v1/console/reviews/:orderId/take-back',
  summary: '撤回: take back one’s own decision while it is held; repeating it is success',
  callers: ['staff'],
  right: 'review',
  school: 'ofOrder',
  params: orderParams,
  response: z.null(),
  errors: ['order.notFound', 'review.leaseLost', 'review.inEffect'],
});

/** Every look is written to the access log. */
export const getConsolePhoto = defineRoute({
  id: 'getConsolePhoto',
  method: 'GET',
  path: '/v1/console/orders/:orderId/photos/:photoId/:kind',
  summary: 'Original, standard or reference photo for a staff member’s eyes',
  callers: ['staff'],
  right: 'seePhotos',
  school: 'ofOrder',
  params: orderParams.extend({
    photoId: id,
    kind: z.enum(['original', 'standard', 'reference']),
  }),
  response: z.unknown(),
  file: 'image/jpeg',
  errors: ['order.notFound', 'photo.notFound', 'photo.erased'],
});

export const orderSearchHit = z.object({
  orderId: id,
  orderNo: z.string(),
  state: orderState,
  student,
  batchName: z.string(),
  /** Of the batch's roster. */
  className: z.string().optional(),
  updatedAt: timestamp,
});

export const searchOrders = defineRoute({
  id: 'searchOrders',
  method: 'GET',
  path: '/v1/console/orders',
  summary:
    'Orders by number, name or its parts, ID number or its last four, 学号, 考生号, phone, payment; newest first',
  callers: ['staff'],
  right: 'seeOrders',
  school: 'filtered',
  query: z.object({
    text: z.string().trim().max(60).default(''),
    state: orderState.optional(),
    batchId: id.optional(),
    /** Of the batch's roster. */
    className: z.string().trim().max(80).optional(),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({
    orders: z.array(orderSearchHit),
    total: z.int().min(0).describe('1,000: so many or more'),
  }),
  errors: [],
});

export const getConsoleOrder = defineRoute({
  id: 'getConsoleOrder',
  method: 'GET',
  path: '/v1/console/orders/:orderId',
  summary: 'One order with history, payments, photos and who looked at them',
  callers: ['staff'],
  right: 'seeOrders',
  school: 'ofOrder',
  params: orderParams,
  response: z.object({
    order: orderDetail,
    payments: z.array(
      z.object({
        paymentId: id,
        method: z.string(),
        state: z.string(),
        amountFen: z.int(),
        /** What had been asked for, where another sum was paid. */
        askedFen: z.int().optional(),
        refundedFen: z.int(),
        /** Numbers by which the merchant's books know it. */
        outTradeNo: z.string(),
        transactionId: z.string().optional(),
        createdAt: timestamp,
        paidAt: timestamp.optional(),
        /** Paid twice, or for an order that was over: owed back, or returned since. */
        refundDue: z.boolean(),
        /** Of what was taken in cash at a station. */
        receiptNo: z.string().optional(),
      }),
    ),
    photos: z.array(
      z.object({
        photoId: id,
        uploadedAt: timestamp,
        current: z.boolean(),
        /** Absent until it is standardised, and once it is erased. */
        report: standardizationReport.optional(),
        /** Its time was over: the pictures are deleted. */
        erasedAt: timestamp.optional(),
      }),
    ),
    accesses: z.array(z.object({ at: timestamp, by: z.string(), role: actor, what: z.string() })),
    /** Everything that happened to the order and its money, the oldest first, with names and reasons. */
    timeline: z.array(
      z.object({
        at: timestamp,
        /** An event of the order; `refund.…`: a step of a refund. */
        what: z.string(),
        by: actor,
        /** Of a member of staff or a station. */
        name: z.string().optional(),
        note: z.string().optional(),
      }),
    ),
    /** 撤销通过, the newest first. */
    withdrawals: z.array(approvalWithdrawal),
    /** What the graduate said of the photo at 学信网, if anything. */
    imageCheckNote: z.string().optional(),
  }),
  errors: ['order.notFound'],
});

/** 撤回: customer service takes a submitted photo back on the graduate's request. */
export const withdrawOrder = defineRoute({
  id: 'withdrawOrder',
  method: 'POST',
  path: '/v1/console/orders/:orderId/withdraw',
  summary: 'Take a photo under review back so that the graduate can shoot again',
  callers: ['staff'],
  right: 'withdrawOrders',
  school: 'ofOrder',
  params: orderParams,
  body: z.object({ reason: z.string().trim().min(1).max(200) }),
  response: orderDetail,
  errors: ['order.notFound', 'order.transitionForbidden', ...CLOSED_ORDER_CODES],
});
