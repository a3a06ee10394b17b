import { ORDER_STATE_TEXT, type OrderPhase, type OrderState, phaseOf } from '@gradshot/domain';
import { Tag } from 'antd';
import { useLanguage } from '../i18n/language.tsx';

const COLOURS: Readonly<Record<OrderPhase, string>> = {
  payment: 'default',
  photo: 'default',
  review: 'processing',
  rejected: 'error',
  approved: 'success',
  refunding: 'warning',
  ended: 'default',
};

export function StateTag({ state }: { state: OrderState }) {
  const { pick } = useLanguage();
  return <Tag color={COLOURS[phaseOf(state)]}>{pick(ORDER_STATE_TEXT[state])}</Tag>;
}
