import { ORDER_STATE_TEXT, type OrderState } from '@gradshot/domain';
import { Tag } from 'antd';
import { useLanguage } from '../i18n/language.tsx';

const COLOURS: Readonly<Record<OrderState, string>> = {
  pendingPayment: 'default',
  pendingCapture: 'default',
  pendingStandardization: 'default',
  pendingSubmission: 'default',
  verifyingIdentity: 'processing',
  underReview: 'processing',
  rejected: 'error',
  collected: 'success',
  publishing: 'success',
  published: 'success',
  cancelled: 'default',
  refunding: 'warning',
  refunded: 'default',
};

export function StateTag({ state }: { state: OrderState }) {
  const { pick } = useLanguage();
  return <Tag color={COLOURS[state]}>{pick(ORDER_STATE_TEXT[state])}</Tag>;
}
