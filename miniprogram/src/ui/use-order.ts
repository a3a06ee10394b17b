import type { OrderDetail } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { client } from '../client.ts';
import { useWhileShown } from './use-client.ts';

/** Pages of an order fetch it again while they are shown, beside the event stream. */
const REFRESH_MS = 15_000;

export type OrderInView = {
  readonly orderId: string;
  readonly order: OrderDetail | undefined;
  /** Why it could not be fetched. */
  readonly failure: Failure | undefined;
  /** Why what was pressed came to nothing. */
  readonly refusal: Failure | undefined;
  readonly reload: () => void;
};

/** The order that the page's address names. */
export function useOrder(): OrderInView {
  const { orderId = '' } = useRouter().params;
  const order = useStore(client.orders, (x) => x.details[orderId]);
  const failure = useStore(client.orders, (x) => x.failure);
  const { refusal, clearRefusal } = useStore(client.orders);
  useEffect(() => {
    clearRefusal();
    return clearRefusal;
  }, [clearRefusal]);
  const reload = () => void client.orders.getState().load(orderId);
  useWhileShown(reload, REFRESH_MS);
  return { orderId, order, failure, refusal, reload };
}
