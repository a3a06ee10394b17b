import { CheckCircleFilled, ClockCircleOutlined, ReloadOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { PaymentView } from '../../../shared/index.ts';
import { type SessionAt, send } from '../../state/station-store.ts';
import { clock } from '../../ui/amounts.ts';
import { CodeFrame, CodeVeil } from '../../ui/code-frame.tsx';
import { NumberSteps } from '../../ui/number-steps.tsx';
import { Page } from '../../ui/page.tsx';
import { Price } from '../../ui/price.tsx';
import { useSecondsLeft } from '../../ui/use-seconds-left.ts';
import styles from './payment-page.module.css';

/** 立即支付: the code to pay with. Whether it is paid, the core finds out. */
export function PaymentPage({ session }: { session: SessionAt<'payment'> }) {
  const { t } = useTranslation();
  const { payment, order } = session;
  const pending = payment.state === 'pending';
  const action = {
    id: 'refresh-payment',
    label: pending ? t('payment.check') : t('payment.renew'),
    icon: <ReloadOutlined />,
    onPress: () => void send('session.refreshPayment', {}),
  };
  return (
    <Page
      back={payment.state !== 'paid'}
      lead={t('payment.lead')}
      note={t('payment.once')}
      primary={payment.state === 'paid' || payment.state === 'refunded' ? undefined : action}
      step="payment"
      title={t('payment.title')}
    >
      <div className={styles.columns}>
        <Code payment={payment} />
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

function Code({ payment }: { payment: PaymentView }) {
  const { t } = useTranslation();
  return (
    <figure className={styles.code} data-state={payment.state} data-testid="payment-state">
      <CodeFrame
        label={t('payment.qrAlt')}
        text={payment.codeUrl}
        veil={payment.state !== 'pending' && <Veil state={payment.state} />}
      />
      <figcaption className={styles.status}>
        {payment.state === 'pending' && <TimeLeft expiresAt={payment.expiresAt} />}
      </figcaption>
    </figure>
  );
}

function TimeLeft({ expiresAt }: { expiresAt: string }) {
  const { t } = useTranslation();
  const seconds = useSecondsLeft(expiresAt);
  return (
    <>
      <span className={styles.pending}>{t('payment.pending')}</span>
      <span>
        {t('payment.countdown')} <strong className={styles.clock}>{clock(seconds)}</strong>
      </span>
    </>
  );
}

/** Covers a code that must not be scanned any more, and says why. */
function Veil({ state }: { state: Exclude<PaymentView['state'], 'pending'> }) {
  const { t } = useTranslation();
  return (
    <CodeVeil
      detail={t(`payment.${state}Detail`)}
      good={state === 'paid'}
      icon={state === 'paid' ? <CheckCircleFilled /> : <ClockCircleOutlined />}
      title={t(`payment.${state}`)}
    />
  );
}
