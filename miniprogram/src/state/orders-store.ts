import type { OrderDetail, OrderSummary, RouteOutput } from '@gradshot/contract';
import type { Failure, Result } from '@gradshot/domain';
import { createStore } from 'zustand/vanilla';
import type { Parts } from './parts.ts';

export type Handover = RouteOutput<'createHandover'>;

export type OrdersState = {
  /** 采集列表, newest first; undefined before the first answer. */
  readonly list: readonly OrderSummary[] | undefined;
  readonly details: Readonly<Record<string, OrderDetail>>;
  readonly busy: boolean;
  /** Of the last call; the shown data stay. */
  readonly failure: Failure | undefined;
  readonly handover: Handover | undefined;
  loadList(): Promise<void>;
  load(orderId: string): Promise<OrderDetail | undefined>;
  cancel(orderId: string): Promise<boolean>;
  /** 重拍 before submission, or the free retake after a rejection. */
  retake(orderId: string): Promise<boolean>;
  submit(orderId: string, photoId: string): Promise<boolean>;
  /** QR to go on with at the station. */
  openHandover(orderId: string): Promise<void>;
  /** An answer of another store about an order. */
  put(order: OrderDetail): void;
  forget(): void;
};

type Set = (part: Partial<OrdersState> | ((old: OrdersState) => Partial<OrdersState>)) => void;

const EMPTY = {
  list: undefined,
  details: {},
  busy: false,
  failure: undefined,
  handover: undefined,
};

export const createOrdersStore = ({ api }: Parts) =>
  createStore<OrdersState>((set, get) => ({
    ...EMPTY,
    loadList: async () => {
      const answer = await during(set, () => api.call('listOrders'));
      if (answer.ok) set({ list: newestFirst(answer.value.orders) });
    },
    load: async (orderId) => {
      const answer = await during(set, () => api.call('getOrder', { params: { orderId } }));
      return answer.ok ? keep(set, answer.value) : undefined;
    },
    cancel: async (orderId) => {
      const answer = await during(set, () => api.call('cancelOrder', { params: { orderId } }));
      if (answer.ok) await get().load(orderId);
      return answer.ok;
    },
    retake: async (orderId) => {
      const answer = await during(set, () => api.call('retakePhoto', { params: { orderId } }));
      if (answer.ok) keep(set, answer.value);
      return answer.ok;
    },
    submit: async (orderId, photoId) => {
      const input = { params: { orderId }, body: { photoId } };
      const answer = await during(set, () => api.call('submitOrder', input));
      if (answer.ok) keep(set, answer.value);
      return answer.ok;
    },
    openHandover: async (orderId) => {
      set({ handover: undefined });
      const answer = await during(set, () => api.call('createHandover', { params: { orderId } }));
      if (answer.ok) set({ handover: answer.value });
    },
    put: (order) => void keep(set, order),
    forget: () => set(EMPTY),
  }));

async function during<T>(set: Set, act: () => Promise<Result<T>>): Promise<Result<T>> {
  set({ busy: true, failure: undefined });
  const answer = await act();
  set({ busy: false, failure: answer.ok ? undefined : answer.error });
  return answer;
}

function keep(set: Set, order: OrderDetail): OrderDetail {
  set(({ details }) => ({ details: { ...details, [order.orderId]: order } }));
  return order;
}

function newestFirst(orders: readonly OrderSummary[]): readonly OrderSummary[] {
  return [...orders].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
}
