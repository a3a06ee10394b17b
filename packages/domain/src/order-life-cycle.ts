import { type OrderPhase, type OrderState, phaseOf } from './order-states.ts';
import { fail, ok, type Result } from './result.ts';

/**
 * The order's life cycle as one table: the only place that says which state follows which, and
 * whose action may cause it. Kiosk, server, console and companion client all ask this file.
 */

export const ACTORS = ['graduate', 'staff', 'reviewer', 'server'] as const;
export type Actor = (typeof ACTORS)[number];

export type Transition = {
  readonly event: OrderEvent;
  readonly from: OrderState;
  readonly to: OrderState;
  readonly by: readonly Actor[];
};

export const ORDER_EVENTS = [
  'confirmPayment',
  'keepPhoto',
  'discardPhoto',
  'acceptStandardization',
  'refuseStandardization',
  'handIn',
  'passIdentity',
  'approve',
  'reject',
  'withdraw',
  'retake',
  'startPublishing',
  'confirmPublished',
  'failPublishing',
  'refusePublishing',
  'returnToReview',
  'revokeApproval',
  'cancel',
  'requestRefund',
  'confirmRefund',
  'failRefund',
] as const;
export type OrderEvent = (typeof ORDER_EVENTS)[number];

const t = (
  event: OrderEvent,
  from: OrderState,
  to: OrderState,
  ...by: readonly Actor[]
): Transition => ({ event, from, to, by });

export const ORDER_TRANSITIONS: readonly Transition[] = [
  // A verified notification or query of the payment service confirms money, and nobody's word; or staff
  // take it at their desk, in cash or on the school's account.
  t('confirmPayment', 'pendingPayment', 'pendingCapture', 'server', 'staff'),
  t('cancel', 'pendingPayment', 'cancelled', 'graduate', 'staff', 'server'),

  t('keepPhoto', 'pendingCapture', 'pendingStandardization', 'graduate', 'staff'),
  t('acceptStandardization', 'pendingStandardization', 'pendingSubmission', 'server'),
  t('refuseStandardization', 'pendingStandardization', 'pendingCapture', 'server'),
  t('discardPhoto', 'pendingStandardization', 'pendingCapture', 'graduate', 'staff'),
  t('discardPhoto', 'pendingSubmission', 'pendingCapture', 'graduate', 'staff'),
  t('handIn', 'pendingSubmission', 'verifyingIdentity', 'graduate', 'staff'),

  // A machine comparison is advisory: it may pass on to review, where a person refuses.
  t('passIdentity', 'verifyingIdentity', 'underReview', 'server', 'reviewer'),
  t('approve', 'underReview', 'collected', 'reviewer'),
  t('reject', 'underReview', 'rejected', 'reviewer'),
  // A graduate who wants another photo while it is under review asks customer service.
  t('withdraw', 'verifyingIdentity', 'pendingCapture', 'staff'),
  t('withdraw', 'underReview', 'pendingCapture', 'staff'),
  // Free of charge: the order was paid and stays paid.
  t('retake', 'rejected', 'pendingCapture', 'graduate', 'staff'),

  // 撤销通过: two people have agreed to it, and nothing is on its way to 学信网.
  t('returnToReview', 'collected', 'underReview', 'reviewer'),
  t('revokeApproval', 'collected', 'rejected', 'reviewer'),

  t('startPublishing', 'collected', 'publishing', 'server'),
  t('failPublishing', 'publishing', 'collected', 'server'),
  t('confirmPublished', 'publishing', 'published', 'server'),
  // 学信网's own word: it does not take the photo, and the graduate takes another one free of charge. It
  // may also change its mind, in a later receipt.
  t('refusePublishing', 'publishing', 'rejected', 'server'),
  t('refusePublishing', 'published', 'rejected', 'server'),
  t('confirmPublished', 'rejected', 'published', 'server'),

  t('requestRefund', 'pendingCapture', 'refunding', 'graduate', 'staff'),
  t('requestRefund', 'pendingStandardization', 'refunding', 'staff'),
  t('requestRefund', 'pendingSubmission', 'refunding', 'staff'),
  t('requestRefund', 'rejected', 'refunding', 'staff'),
  t('failRefund', 'refunding', 'pendingCapture', 'server'),
  t('confirmRefund', 'refunding', 'refunded', 'server'),
  // The money is gone by another hand: a refund at the payment service's own desk, or one that was given up
  // here and came through after all. A published photo stays where it is.
  t('confirmRefund', 'pendingCapture', 'refunded', 'server'),
  t('confirmRefund', 'pendingStandardization', 'refunded', 'server'),
  t('confirmRefund', 'pendingSubmission', 'refunded', 'server'),
  t('confirmRefund', 'verifyingIdentity', 'refunded', 'server'),
  t('confirmRefund', 'underReview', 'refunded', 'server'),
  t('confirmRefund', 'rejected', 'refunded', 'server'),
  t('confirmRefund', 'collected', 'refunded', 'server'),
  t('confirmRefund', 'publishing', 'refunded', 'server'),
];

type StateText = {
  readonly zh: string;
  readonly en: string;
  /** What the graduate does or waits for next. */
  readonly nextZh: string;
  readonly nextEn: string;
  /** The order's story ends here, unless 学信网 changes its mind. */
  readonly final?: true;
};

export const ORDER_STATE_TEXT: Readonly<Record<OrderState, StateText>> = {
  pendingPayment: {
    zh: '待支付',
    en: 'Awaiting payment',
    nextZh: '请支付采集费用，一次付费包含全部服务。',
    nextEn: 'Pay the fee; one payment covers everything.',
  },
  pendingCapture: {
    zh: '待拍照',
    en: 'Awaiting photo',
    nextZh: '请阅读拍照要求后拍照。',
    nextEn: 'Read the requirements, then take the photo.',
  },
  pendingStandardization: {
    zh: '待标准化',
    en: 'Awaiting standardisation',
    nextZh: '请点击照片标准化，制作标准证件照。',
    nextEn: 'Standardise the photo to make the certificate picture.',
  },
  pendingSubmission: {
    zh: '待提交',
    en: 'Awaiting submission',
    nextZh: '请再次确认照片并提交。',
    nextEn: 'Check the photo once more and submit it.',
  },
  verifyingIdentity: {
    zh: '身份核验中',
    en: 'Verifying identity',
    nextZh: '正在核验身份，请稍候。',
    nextEn: 'Your identity is being verified.',
  },
  underReview: {
    zh: '审核中',
    en: 'Under review',
    nextZh: '等待审核，约两个工作日；信息有误或想换照片请立即联系客服。',
    nextEn: 'Review takes about two working days; contact customer service at once about errors.',
  },
  rejected: {
    zh: '审核未通过',
    en: 'Rejected',
    nextZh: '请按原因尽快重新拍照，无需重复付费。',
    nextEn: 'Retake the photo soon as the reason says; no second payment.',
  },
  collected: {
    zh: '采集完成',
    en: 'Collected',
    nextZh: '审核通过，可以下载照片；信息和照片不能再修改。',
    nextEn: 'Approved. The photo can be downloaded; nothing can be changed any more.',
  },
  publishing: {
    zh: '上网中',
    en: 'Publishing',
    nextZh: '照片正在上传学信网，请稍后在学信网校对。',
    nextEn: 'The photo is on its way to CHSI; check it there later.',
  },
  published: {
    zh: '已上网',
    en: 'Published',
    nextZh: '照片已上传学信网，请登录学信网完成图像校对。',
    nextEn: 'The photo is at CHSI; confirm it there.',
    final: true,
  },
  cancelled: {
    zh: '已取消',
    en: 'Cancelled',
    nextZh: '订单已取消，如需采集请重新识别采集码。',
    nextEn: 'The order was cancelled. Scan the code again to start a new one.',
    final: true,
  },
  refunding: {
    zh: '退款中',
    en: 'Refunding',
    nextZh: '退款处理中，一般 1–3 个工作日原路退回；现金缴费的由工作人员当面退还。',
    nextEn:
      'The refund is on its way, usually within 1–3 working days; staff hand back what was paid in cash.',
  },
  refunded: {
    zh: '已退款',
    en: 'Refunded',
    nextZh: '款项已退回，如需采集请重新识别采集码。',
    nextEn: 'The money was returned. Scan the code again to start a new order.',
    final: true,
  },
};

/** Failures of every action on an order that is closed: complete, called off or paid back. */
export const CLOSED_ORDER_CODES = [
  'order.locked',
  'order.cancelled',
  'order.refunding',
  'order.refunded',
] as const;
export type ClosedOrderCode = (typeof CLOSED_ORDER_CODES)[number];

/** The transition that `event` by `actor` causes, or the failure that says why not. */
export function transition(from: OrderState, event: OrderEvent, actor: Actor): Result<OrderState> {
  const row = ORDER_TRANSITIONS.find((x) => x.from === from && x.event === event);
  if (!row) return locksOf(from).photo === 'forever' ? fail(closedCode(from)) : forbidden(from);
  return row.by.includes(actor) ? ok(row.to) : fail('auth.forbidden');
}

/** Only an order that is complete may say so; one that was called off or paid back is not. */
function closedCode(from: OrderState): ClosedOrderCode {
  switch (from) {
    case 'cancelled':
      return 'order.cancelled';
    case 'refunding':
      return 'order.refunding';
    case 'refunded':
      return 'order.refunded';
    default:
      return 'order.locked';
  }
}

function forbidden(from: OrderState): Result<never> {
  return fail('order.transitionForbidden', { state: ORDER_STATE_TEXT[from].zh });
}

/** What an actor may do next; the screens build their buttons from this. */
export function eventsFor(state: OrderState, actor: Actor): readonly OrderEvent[] {
  return ORDER_TRANSITIONS.filter((x) => x.from === state && x.by.includes(actor)).map(
    (x) => x.event,
  );
}

export type Lock = 'open' | 'byStaff' | 'forever';
export type Locks = {
  /** Name, 学籍 data. */
  readonly record: Lock;
  /** Original and standard photo. */
  readonly photo: Lock;
  /** `forever`: no further payment is possible. */
  readonly payment: Lock;
};

const DATA_LOCK: Readonly<Record<OrderPhase, Lock>> = {
  payment: 'open',
  photo: 'open',
  review: 'byStaff',
  rejected: 'open',
  approved: 'forever',
  refunding: 'forever',
  ended: 'forever',
};

/** Who may still change what. `byStaff`: only customer service, by withdrawing the submission. */
export function locksOf(state: OrderState): Locks {
  const phase = phaseOf(state);
  const data = DATA_LOCK[phase];
  return { record: data, photo: data, payment: phase === 'payment' ? 'open' : 'forever' };
}

export function isFinal(state: OrderState): boolean {
  return ORDER_STATE_TEXT[state].final === true;
}
