import { randomUUID } from 'node:crypto';
import type { OrderDetail } from '@gradshot/contract';
import { type Actor, type ErrorCode, type OrderEvent, transition } from '@gradshot/domain';
import type { buildStudent } from '@gradshot/testkit';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Thrown by a handler: the answer is that failure. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, string | number>> | undefined;
  constructor(code: ErrorCode, details?: Readonly<Record<string, string | number>>) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

export type StoredUpload = {
  readonly photoId: string;
  readonly size: number;
  readonly sha256: string;
  bytes: Bytes;
  state: 'receiving' | 'complete';
};

export type ScriptedJob = { readonly photoId: string; polls: number };

/** Files that the server gives out; tests put recognisable ones in. */
export type ScriptedPictures = {
  readonly standard: Bytes;
  readonly sheets: Readonly<Record<string, Bytes>>;
};

/** Everything the script knows; tests look at it and change it as reviewer or WeChat would. */
export type World = {
  /** The one graduate's order. */
  order: OrderDetail;
  readonly student: ReturnType<typeof buildStudent>;
  linked: boolean;
  consents: string[];
  payment: { paymentId: string; state: 'pending' | 'paid'; polls: number } | undefined;
  upload: StoredUpload | undefined;
  job: ScriptedJob | undefined;
  messages: { messageId: string; text: string; from: 'graduate' | 'agent' }[];
  /** What the next standardisation says. */
  verdict: 'accept' | 'warn' | 'refuse';
  readonly pictures: ScriptedPictures;
  readonly now: () => Date;
};

export const COLLECTION_CODE = 'CHSI-SAMPLE-CODE-1';
/** As a station shows it at present. */
export const ARRIVAL_CODE = 'AAAA-b_c.k3x.0f9e';
export const SMS_CODE = '246810';
export const LAST_FOUR = '001X';
export const WECHAT_CODE = 'code-of-wx-login';
export const TOKEN = 'account-token-1';

/** Moves the order as the domain's table says. @throws Refusal with the domain's code. */
export function move(
  world: World,
  event: OrderEvent,
  by: Actor,
  reasons: OrderDetail['reasons'] = [],
): void {
  const from = world.order.state;
  const to = transition(from, event, by);
  if (!to.ok) throw new Refusal(to.error.code, to.error.details as Record<string, string>);
  const at = world.now().toISOString();
  const entry = { at, from, to: to.value, event, by };
  const { promisedAt: _, ...order } = world.order;
  world.order = {
    ...order,
    state: to.value,
    updatedAt: at,
    reasons: [...reasons],
    history: [...order.history, entry],
    ...(to.value === 'underReview' || to.value === 'verifyingIdentity'
      ? { promisedAt: new Date(world.now().getTime() + 2 * 86_400_000).toISOString() }
      : {}),
  };
}

export const freshId = (): string => randomUUID();
