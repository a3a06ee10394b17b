import { ORDER_STATE_TEXT } from './order-life-cycle.ts';
import { isIn, type OrderPhase, type OrderState, phaseOf } from './order-states.ts';

/**
 * The way of one photo, with one word a step for every program: a client keeps it, the engine
 * judges it, the graduate hands it in, it is delivered and arrives at the server, people review it.
 * `replaced`: another shot took its place, or the graduate takes one.
 */
export const PHOTO_STEPS = [
  'kept',
  'judged',
  'handedIn',
  'arrived',
  'underReview',
  'approved',
  'rejected',
  'replaced',
] as const;
export type PhotoStep = (typeof PHOTO_STEPS)[number];

const FOLLOWERS: Readonly<Record<PhotoStep, readonly PhotoStep[]>> = {
  kept: ['judged', 'replaced'],
  judged: ['handedIn', 'replaced'],
  // Until it has arrived it can be stuck on the way for good, so that another one must go instead.
  handedIn: ['arrived', 'replaced'],
  // What a person takes back on the graduate's wish is replaced.
  arrived: ['underReview', 'replaced'],
  underReview: ['approved', 'rejected', 'replaced'],
  // Only by two people, or by 学信网, which may also think better of it.
  approved: ['underReview', 'rejected'],
  rejected: ['approved', 'replaced'],
  replaced: [],
};

/** The steps that may follow a step at once. */
export function stepsAfter(step: PhotoStep): readonly PhotoStep[] {
  return FOLLOWERS[step];
}

/** Whether a photo at `from` may come to `to`, by way of as many steps as it takes. */
export function leadsTo(from: PhotoStep, to: PhotoStep): boolean {
  const reached = new Set(stepsAfter(from));
  // A set goes on to what is added while it is gone through.
  for (const step of reached) for (const next of stepsAfter(step)) reached.add(next);
  return reached.has(to);
}

type Words = { readonly zh: string; readonly en: string };

export const PHOTO_STEP_TEXT: Readonly<Record<PhotoStep, Words>> = {
  kept: { zh: '照片已保存', en: 'Photo kept' },
  judged: { zh: '照片已标准化', en: 'Photo standardised' },
  handedIn: { zh: '已提交', en: 'Submitted' },
  arrived: { zh: '已送达', en: 'Arrived' },
  underReview: { zh: '审核中', en: 'Under review' },
  approved: { zh: '审核通过', en: 'Approved' },
  rejected: { zh: '审核未通过', en: 'Rejected' },
  replaced: { zh: '已更换', en: 'Replaced' },
};

/** The step of the photo that the server has for an order; none where it has no photo to go on with. */
const STEP_AT: Readonly<Record<OrderState, PhotoStep | undefined>> = {
  pendingPayment: undefined,
  pendingCapture: undefined,
  pendingStandardization: 'kept',
  pendingSubmission: 'judged',
  verifyingIdentity: 'arrived',
  underReview: 'underReview',
  rejected: 'rejected',
  collected: 'approved',
  publishing: 'approved',
  published: 'approved',
  cancelled: undefined,
  refunding: undefined,
  refunded: undefined,
};

export function stepAt(state: OrderState): PhotoStep | undefined {
  return STEP_AT[state];
}

/** The stops from 提交 on, as every client draws them. */
export const REVIEW_COURSE = ['handedIn', 'arrived', 'underReview', 'approved'] as const;

/** How many of those stops lie behind a photo; it stands at the next one, or has passed them all. */
export function stopsBehind(step: PhotoStep | undefined): number {
  if (step === 'approved') return REVIEW_COURSE.length;
  const stops: readonly (PhotoStep | undefined)[] = REVIEW_COURSE;
  return Math.max(0, stops.indexOf(step === 'rejected' ? 'underReview' : step));
}

/**
 * How a photo that was handed in is on its way to the server. `offline`: it waits for the network;
 * `queued`: for its turn; `parked`: the server refuses it, so that a person must look.
 */
export const DELIVERY_STATES = ['offline', 'queued', 'sending', 'parked', 'arrived'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

type JourneyText = {
  readonly zh: string;
  readonly en: string;
  /** What the graduate does or waits for next. */
  readonly nextZh: string;
  readonly nextEn: string;
};

/** Until a photo that was handed in has arrived, the order at the server knows nothing of it. */
export const DELIVERY_TEXT: Readonly<Record<DeliveryState, JourneyText>> = {
  offline: {
    zh: '已提交，等待网络',
    en: 'Submitted, waiting for the network',
    nextZh: '照片保存在本机，网络恢复后自动发送；您可以离开，不会丢失。',
    nextEn: 'The photo is kept here and sent once the network is back. You may leave.',
  },
  queued: {
    zh: '已提交，等待发送',
    en: 'Submitted, waiting to be sent',
    nextZh: '照片保存在本机，稍后自动发送；您可以离开，不会丢失。',
    nextEn: 'The photo is kept here and sent shortly. You may leave; nothing is lost.',
  },
  sending: {
    zh: '已提交，正在发送',
    en: 'Submitted, being sent',
    nextZh: '照片正在发送到服务器；您可以离开，发送会自动完成。',
    nextEn: 'The photo is on its way to the server. You may leave; it finishes by itself.',
  },
  parked: {
    zh: '已提交，未能送达',
    en: 'Submitted, but not delivered',
    nextZh: '服务器没有收下照片，照片仍保存在本机；请告知工作人员，或重新拍照。',
    nextEn: 'The server did not take the photo; it is kept here. Tell staff, or take another.',
  },
  arrived: {
    zh: '已提交，已送达',
    en: 'Submitted and arrived',
    nextZh: '服务器已收到照片，您可以放心离开。',
    nextEn: 'The server has the photo. You may leave.',
  },
};

/** How an order reads with what is known here of its photo. */
export type Journey = {
  readonly phase: OrderPhase;
  /** Where the photo stands, here or at the server; none where there is none to go on with. */
  readonly step: PhotoStep | undefined;
  /** The state that the order has or will have once the photo's news is with the server. */
  readonly state: OrderState;
  readonly text: JourneyText;
  /** It will not go on by itself: a person must look, or another photo be taken. */
  readonly stuck: boolean;
};

/** The steps of a photo that the server need not know of, and what its order will be when it does. */
const STATE_WITH: Readonly<Record<StepAhead, OrderState>> = {
  kept: 'pendingStandardization',
  judged: 'pendingSubmission',
  handedIn: 'pendingSubmission',
};
export type StepAhead = Extract<PhotoStep, 'kept' | 'judged' | 'handedIn'>;

const isAhead = (step: PhotoStep | undefined): step is StepAhead =>
  step !== undefined && step in STATE_WITH;

/**
 * How an order reads whose photo stands at `localStep` at this client; `delivery` tells of one that
 * was handed in. Once it has arrived the server's word is all there is, and so it is for a photo
 * that a check refused: give no step for that.
 */
export function journeyOf(
  state: OrderState,
  localStep?: PhotoStep,
  delivery: DeliveryState = 'queued',
): Journey {
  if (!isIn(state, 'photo', 'rejected') || !isAhead(localStep))
    return read(state, stepAt(state), ORDER_STATE_TEXT[state]);
  const reached = STATE_WITH[localStep];
  if (localStep !== 'handedIn') return read(reached, localStep, ORDER_STATE_TEXT[reached]);
  if (delivery !== 'arrived')
    return { ...read(reached, 'handedIn', DELIVERY_TEXT[delivery]), stuck: delivery === 'parked' };
  return read('verifyingIdentity', 'arrived', ORDER_STATE_TEXT.verifyingIdentity);
}

function read(state: OrderState, step: PhotoStep | undefined, text: JourneyText): Journey {
  const { zh, en, nextZh, nextEn } = text;
  // For the graduate what follows 提交 is the review, whether or not the server knows of it.
  const phase = step === 'handedIn' ? 'review' : phaseOf(state);
  return { phase, step, state, text: { zh, en, nextZh, nextEn }, stuck: false };
}
