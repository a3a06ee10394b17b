export const ORDER_STATES = [
  'pendingPayment',
  'pendingCapture',
  'pendingStandardization',
  'pendingSubmission',
  'verifyingIdentity',
  'underReview',
  'rejected',
  'collected',
  'publishing',
  'published',
  'cancelled',
  'refunding',
  'refunded',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/**
 * What an order is about: the few parts of its story that screens, queries and rules ask for. Who
 * needs to know more than this asks for the state; nobody lists states by hand.
 */
export const ORDER_PHASES = [
  'payment',
  'photo',
  'review',
  'rejected',
  'approved',
  'refunding',
  'ended',
] as const;
export type OrderPhase = (typeof ORDER_PHASES)[number];

const PHASE_OF = {
  pendingPayment: 'payment',
  pendingCapture: 'photo',
  pendingStandardization: 'photo',
  pendingSubmission: 'photo',
  verifyingIdentity: 'review',
  underReview: 'review',
  rejected: 'rejected',
  collected: 'approved',
  publishing: 'approved',
  published: 'approved',
  refunding: 'refunding',
  /** Without a photo to show for it: called off or paid back. */
  cancelled: 'ended',
  refunded: 'ended',
} as const satisfies Readonly<Record<OrderState, OrderPhase>>;

/** The states of some phases, as a type. */
export type StateIn<P extends OrderPhase> = {
  [S in OrderState]: (typeof PHASE_OF)[S] extends P ? S : never;
}[OrderState];

export function phaseOf(state: OrderState): OrderPhase {
  return PHASE_OF[state];
}

export function isIn<P extends OrderPhase>(
  state: OrderState,
  ...phases: readonly P[]
): state is StateIn<P> {
  return (phases as readonly OrderPhase[]).includes(phaseOf(state));
}

/** The states of some phases in the order of the life cycle, for queries. */
export function statesIn(...phases: readonly OrderPhase[]): readonly OrderState[] {
  return ORDER_STATES.filter((state) => isIn(state, ...phases));
}
