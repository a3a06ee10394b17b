import type { OrderDetail, OrderSummary, RouteOutput } from '@gradshot/contract';
import type { Failure, Result } from '@gradshot/domain';
import { createStore } from 'zustand/vanilla';
import type { Parts } from './parts.ts';

export type Handover = RouteOutput<'createHandover'>;

export type OrdersState = {
  /** 采集列表, newest first; undefined before the first answer. */
  readonly list: readonly OrderSummary[] | undefined;
  readonly details: Readonly<Record<string, OrderDetail>>;
  /** Something that the person pressed is on its way; fetching alone is not. */
  readonly busy: boolean;
  /** Why the data could not be fetched; those that are shown stay. */
  readonly failure: Failure | undefined;
  /** Why the last press came to nothing: told until the next one, whatever is fetched meanwhile. */
  readonly refusal: Failure | undefined;
  readonly handover: Handover | undefined;
  loadList(): Promise<void>;
  load(orderId: string): Promise<OrderDetail | undefined>;
  cancel(orderId: string): Promise<boolean>;
  /** 重拍 before submission, or the free retake after a rejection. */
  retake(orderId: string): Promise<boolean>;
  submit(orderId: string, photoId: string): Promise<boolean>;
  /** 到场 by the code that a station shows. */
  arrive(orderId: string, code: string): Promise<boolean>;
  /** QR to go on with at the station. */
  openHandover(orderId: string): Promise<void>;
  /** The page on which something was refused is left. */
  clearRefusal(): void;
  forget(): void;
};

type Store = {
  set(part: Partial<OrdersState> | ((old: OrdersState) => Partial<OrdersState>)): void;
  get(): OrdersState;
};

const EMPTY = {
  list: undefined,
  details: {},
  busy: false,
  failure: undefined,
  refusal: undefined,
  handover: undefined,
};

export const createOrdersStore = ({ api }: Parts) =>
  createStore<OrdersState>((set, get) => {
    const store: Store = { set, get };
    const timely = latecomers();
    let handovers = 0;
    const load = async (orderId: string) => {
      const asked = timely.ask(orderId);
      const answer = await api.call('getOrder', { params: { orderId } });
      if (asked.isLate()) return get().details[orderId];
      asked.shown();
      set({ failure: answer.ok ? undefined : answer.error });
      return answer.ok ? keep(store, answer.value) : undefined;
    };
    /** One press at a time; what was asked for before its answer is older than that answer. */
    const press = async <T>(orderId: string, act: () => Promise<Result<T>>) => {
      if (get().busy) return undefined;
      const asked = timely.ask(orderId);
      set({ busy: true, refusal: undefined });
      const answer = await act();
      if (asked.isLate()) return undefined;
      timely.overtake();
      set({ busy: false, refusal: answer.ok ? undefined : answer.error });
      // The page showed what the server no longer thinks.
      if (!answer.ok) void load(orderId);
      return answer;
    };
    const change = async (orderId: string, act: () => Promise<Result<OrderDetail>>) => {
      const answer = await press(orderId, act);
      if (answer?.ok) keep(store, answer.value);
      return answer?.ok === true;
    };
    return {
      ...EMPTY,
      loadList: async () => {
        const asked = timely.ask('list');
        const answer = await api.call('listOrders');
        if (asked.isLate()) return;
        asked.shown();
        set({ failure: answer.ok ? undefined : answer.error });
        if (answer.ok) set({ list: newestFirst(answer.value.orders) });
      },
      load,
      cancel: async (orderId) => {
        const answer = await press(orderId, () => api.call('cancelOrder', { params: { orderId } }));
        if (answer?.ok) await load(orderId);
        return answer?.ok === true;
      },
      retake: (orderId) => change(orderId, () => api.call('retakePhoto', { params: { orderId } })),
      submit: (orderId, photoId) =>
        change(orderId, () => api.call('handInPhoto', { params: { orderId }, body: { photoId } })),
      arrive: (orderId, code) =>
        change(orderId, () => api.call('arriveAtStation', { params: { orderId }, body: { code } })),
      openHandover: async (orderId) => {
        handovers += 1;
        const own = handovers;
        set({ handover: undefined, refusal: undefined, busy: true });
        const answer = await api.call('createHandover', { params: { orderId } });
        // Another order's page may have been opened meanwhile.
        if (own !== handovers) return;
        set(
          answer.ok
            ? { busy: false, handover: answer.value }
            : { busy: false, refusal: answer.error },
        );
      },
      clearRefusal: () => set({ refusal: undefined }),
      forget: () => {
        timely.overtake();
        handovers += 1;
        set(EMPTY);
      },
    };
  });

/**
 * Tells answers that were overtaken: fetched before something newer was known, by the order of
 * asking and never by a clock. A press overtakes all that was asked for before; a newer answer about
 * the same thing the older ones about it.
 */
function latecomers() {
  let asked = 0;
  let overtaken = 0;
  const shown = new Map<string, number>();
  return {
    /** Something is asked for; what came of it is told to the returned pair. */
    ask: (about: string) => {
      asked += 1;
      const own = asked;
      return {
        isLate: () => own <= overtaken || own < (shown.get(about) ?? 0),
        shown: () => void shown.set(about, own),
      };
    },
    /** All that was asked for until now comes too late. */
    overtake: () => {
      overtaken = asked;
    },
  };
}

function keep({ set }: Store, order: OrderDetail): OrderDetail {
  set(({ details }) => ({ details: { ...details, [order.orderId]: order } }));
  return order;
}

function newestFirst(orders: readonly OrderSummary[]): readonly OrderSummary[] {
  return [...orders].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
}
