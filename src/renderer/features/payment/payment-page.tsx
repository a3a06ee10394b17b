import { ReloadOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { PaymentView } from '../../../shared/index.ts';
import { type SessionAt, send } from '../../state/station-store.ts';
import { NumberSteps } from '../../ui/number-steps.tsx';
import { Page, type PageAction, type PageProps } from '../../ui/page.tsx';
import { Price } from '../../ui/price.tsx';
import { PaymentCode } from './payment-code.tsx';
import styles from './payment-page.module.css';

/** 立即支付: the code to pay with. Whether it is paid, the core finds out. */
export function PaymentPage({ session }: { session: SessionAt<'payment'> }) {
  const { t } = useTranslation();
  const { payment, order } = session;
  const actions = usePaymentActions(payment.state);
  return (
    <Page
      back={payment.state !== 'paid'}
      lead={t('payment.lead')}
      note={t('payment.once')}
      {...actions}
      step="payment"
      title={t('payment.title')}
    >
      <div className={styles.columns}>
        <PaymentCode payment={payment} />
        <div className={styles.words}>
          <p className={styles.caption}>{t('payment.amount')}</p>
          <Price fen={payment.amountFen} large />
          <p className={styles.order}>{`${t('payment.orderNo')} ${order.orderNo}`}</p>
          <div className={styles.steps}>
            <NumberSteps steps={[t('payment.step1'), t('payment.step2'), t('payment.step3')]} />
          </div>
        </div>
      </div>
    </Page>
  );
}

/** Looking again is no part of paying, so it is no large button while the code stands. */
export function usePaymentActions(
  state: PaymentView['state'] | undefined,
): Pick<PageProps, 'primary' | 'secondary'> {
  const { t } = useTranslation();
  const action: PageAction = {
    id: 'refresh-payment',
    label: state === 'pending' ? t('payment.check') : t('payment.renew'),
    icon: <ReloadOutlined />,
    onPress: () => void send('session.refreshPayment', {}),
  };
  if (state === 'pending') return { secondary: action };
  return state === 'expired' || state === 'closed' ? { primary: action } : {};
}
