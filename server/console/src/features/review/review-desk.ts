import type { ReviewItem, RouteOutput } from '@gradshot/contract';
import {
  CLOSED_ORDER_CODES,
  type Failure,
  type RejectionCode,
  type Result,
} from '@gradshot/domain';
import { client } from '../../api/client.ts';
import { holdPhoto, type PhotoKind } from '../../api/photo-store.ts';

export type DeskState = {
  /** `idle`: before the first photo was asked for. */
  readonly mode: 'idle' | 'working' | 'empty' | 'paused' | 'lost' | 'failed';
  readonly current: ReviewItem | null;
  /** Nobody holds them yet. */
  readonly waiting: number;
  /** Decided since the page was opened. */
  readonly done: number;
  readonly deciding: boolean;
  /** What was decided last, as long as it can be taken back. */
  readonly last?: LastDecision | undefined;
  readonly failure?: Failure;
};

export type LastDecision = {
  readonly orderId: string;
  readonly orderNo: string;
  readonly kind: Decision['kind'];
  /** By `performance.now()`. */
  readonly until: number;
};

export type Decision =
  | { readonly kind: 'approve' }
  | { readonly kind: 'reject'; readonly codes: readonly RejectionCode[]; readonly note: string };

type Ahead = { readonly item: ReviewItem; readonly letGo: () => void };

/** Failures after which this photo is no longer the reviewer's, whatever is pressed. */
const GONE: readonly string[] = [
  'review.leaseLost',
  'review.decided',
  'order.notFound',
  ...CLOSED_ORDER_CODES,
];

/** An answer that comes late must not promise what is over. */
const MARGIN_MS = 1000;

/** A page that was left gives its photos back before the next one asks for any. */
let handingBack: Promise<unknown> = Promise.resolve();

/**
 * One reviewer's desk: the photo in hand, and the next one leased and loaded beside it, so that
 * the screen changes at once when a decision is made.
 */
export class ReviewDesk {
  #state: DeskState = { mode: 'idle', current: null, waiting: 0, done: 0, deciding: false };
  #ahead: Ahead | null = null;
  readonly #listeners = new Set<() => void>();
  /** Raised when the desk is cleared: answers of older calls no longer count. */
  #turn = 0;
  /** The turn for which a photo is being asked for. */
  #claiming: number | undefined;
  /** Calls on their way: what they bring is known before anything else is asked for. */
  #starting: Promise<void> = Promise.resolve();
  #looking: Promise<void> = Promise.resolve();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly state = (): DeskState => this.#state;

  #set(changes: Partial<DeskState>): void {
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#listeners) listener();
  }

  /** Takes the oldest photo, or the one already held; asking while it is asked for changes nothing. */
  start(): Promise<void> {
    if (this.#claiming === this.#turn) return this.#starting;
    const turn = this.#turn;
    this.#claiming = turn;
    this.#starting = this.#claim().finally(() => {
      if (this.#claiming === turn) this.#claiming = undefined;
    });
    return this.#starting;
  }

  async #claim(): Promise<void> {
    const turn = this.#turn;
    await handingBack;
    if (turn !== this.#turn) return;
    const claimed = await client.call('claimReview', { body: {} });
    if (turn !== this.#turn) return this.#giveBack(claimed.ok ? claimed.value.item : null);
    if (!claimed.ok)
      // The photo before is decided or put back: it must not stay on the screen.
      return this.#set({
        mode: 'failed',
        current: null,
        deciding: false,
        failure: claimed.error,
      });
    this.#show(claimed.value.item, claimed.value.waiting);
  }

  #show(item: ReviewItem | null, waiting: number): void {
    this.#set({ mode: item ? 'working' : 'empty', current: item, waiting, deciding: false });
    if (item) this.#looking = this.#lookAhead();
  }

  async #lookAhead(): Promise<void> {
    const turn = this.#turn;
    const claimed = await client.call('claimReview', { body: { ahead: true } });
    const item = claimed.ok ? claimed.value.item : null;
    if (turn !== this.#turn) return this.#giveBack(item);
    if (claimed.ok) this.#set({ waiting: claimed.value.waiting });
    if (item && item.order.orderId !== this.#state.current?.order.orderId)
      this.#ahead = { item, letGo: preload(item) };
  }

  /** Asks again for the photo in hand: what was still being compared may be known by now. */
  async refresh(): Promise<void> {
    const { current, deciding } = this.#state;
    if (!current || deciding) return;
    const claimed = await client.call('claimReview', { body: {} });
    const item = claimed.ok ? claimed.value.item : null;
    if (this.#state.current === current && item?.leaseId === current.leaseId)
      this.#set({ current: item });
  }

  /** The failure when the decision was not taken; the photo then stays, unless it is gone. */
  async decide(decision: Decision): Promise<Failure | undefined> {
    const { current, deciding } = this.#state;
    if (!current || deciding) return undefined;
    this.#set({ deciding: true });
    const turn = this.#turn;
    const sent = await send(current, decision);
    const failure = sent.ok ? undefined : sent.error;
    if (sent.ok) this.#hold(current, decision, sent.value);
    if (turn !== this.#turn) return failure;
    if (failure && !GONE.includes(failure.code)) {
      this.#set({ deciding: false });
      return failure;
    }
    if (!failure) this.#set({ done: this.#state.done + 1 });
    await this.#next();
    return failure;
  }

  #hold({ order }: ReviewItem, { kind }: Decision, answer: RouteOutput<'approveReview'>): void {
    const { orderId, orderNo } = order;
    const heldMs = answer.heldUntil
      ? Date.parse(answer.heldUntil) - Date.parse(answer.decidedAt) - MARGIN_MS
      : 0;
    const until = performance.now() + heldMs;
    this.#set({ last: heldMs > 0 ? { orderId, orderNo, kind, until } : undefined });
  }

  /** The last decision can be taken back no longer. */
  forgetLast(last: LastDecision): void {
    if (this.#state.last === last) this.#set({ last: undefined });
  }

  /** The photo that was decided last comes back into hand; the one in hand follows it. */
  async takeBack(): Promise<Failure | undefined> {
    const { last, deciding } = this.#state;
    if (!last || deciding) return undefined;
    this.#set({ deciding: true });
    const turn = this.#turn;
    const taken = await client.call('takeBackReview', { params: { orderId: last.orderId } });
    if (turn !== this.#turn) return taken.ok ? undefined : taken.error;
    if (!taken.ok) {
      const over = taken.error.code === 'review.inEffect' || GONE.includes(taken.error.code);
      this.#set({ deciding: false, ...(over && { last: undefined }) });
      return taken.error;
    }
    this.#set({ last: undefined, done: this.#state.done - 1 });
    await this.#looking;
    const ahead = this.#ahead;
    this.#ahead = null;
    ahead?.letGo();
    await this.#giveBack(ahead?.item ?? null);
    await this.start();
    return undefined;
  }

  async #next(): Promise<void> {
    const turn = this.#turn;
    // A photo leased ahead after the next one was asked for would be that very one.
    await this.#looking;
    if (turn !== this.#turn) return;
    const ahead = this.#ahead;
    this.#ahead = null;
    if (!ahead) return this.start();
    this.#show(ahead.item, this.#state.waiting);
    // Its page holds the photos by now.
    setTimeout(ahead.letGo, 1000);
    // Its lease has run since it was taken; its clock on the screen begins now.
    if ((await this.renew()) === 'lost' && this.#state.current === ahead.item) this.lose();
  }

  /** Puts everything back and asks for nothing more until `start`. */
  async pause(): Promise<void> {
    const { current } = this.#state;
    const ahead = this.#ahead?.item ?? null;
    this.#clear('paused');
    handingBack = Promise.all([
      this.#giveBack(current),
      this.#giveBack(ahead),
      this.#starting,
      this.#looking,
    ]);
    await handingBack;
  }

  /** Puts the photo in hand back, behind all others, and goes on with the next. */
  async release(): Promise<Failure | undefined> {
    const { current, deciding } = this.#state;
    if (!current || deciding) return undefined;
    this.#set({ deciding: true });
    const turn = this.#turn;
    const { params, body } = leaseOf(current);
    const released = await client.call('releaseReview', { params, body: { ...body, pass: true } });
    if (turn !== this.#turn) return undefined;
    if (!released.ok && !GONE.includes(released.error.code)) {
      this.#set({ deciding: false });
      return released.error;
    }
    await this.#next();
    return undefined;
  }

  lose(): void {
    this.#clear('lost');
  }

  #clear(mode: DeskState['mode']): void {
    this.#turn += 1;
    this.#ahead?.letGo();
    this.#ahead = null;
    this.#set({ mode, current: null, deciding: false });
  }

  /** Seconds granted anew for what is held. */
  async renew(): Promise<number | 'lost' | 'unreachable'> {
    const { current } = this.#state;
    if (!current) return 'lost';
    const ahead = this.#ahead;
    if (ahead) void this.#renewAhead(ahead);
    const renewed = await client.call('renewReview', leaseOf(current));
    if (renewed.ok) return renewed.value.leaseSeconds;
    return renewed.error.code === 'review.leaseLost' ? 'lost' : 'unreachable';
  }

  async #renewAhead(ahead: Ahead): Promise<void> {
    const renewed = await client.call('renewReview', leaseOf(ahead.item));
    if (renewed.ok || renewed.error.code !== 'review.leaseLost' || this.#ahead !== ahead) return;
    ahead.letGo();
    this.#ahead = null;
  }

  async #giveBack(item: ReviewItem | null): Promise<void> {
    if (item) await client.call('releaseReview', leaseOf(item));
  }
}

function leaseOf({ order, leaseId }: ReviewItem) {
  return { params: { orderId: order.orderId }, body: { leaseId } };
}

function send(item: ReviewItem, decision: Decision): Promise<Result<RouteOutput<'approveReview'>>> {
  const { params, body } = leaseOf(item);
  const { photoId } = item;
  return decision.kind === 'approve'
    ? client.call('approveReview', { params, body: { ...body, photoId } })
    : client.call('rejectReview', {
        params,
        body: { ...body, photoId, codes: [...decision.codes], note: decision.note },
      });
}

function preload({ order, photoId, hasReference }: ReviewItem): () => void {
  const kinds: PhotoKind[] = [
    'original',
    'standard',
    ...(hasReference ? ['reference' as const] : []),
  ];
  const photos = kinds.map((kind) => holdPhoto({ orderId: order.orderId, photoId, kind }));
  return () => {
    for (const photo of photos) photo.release();
  };
}
