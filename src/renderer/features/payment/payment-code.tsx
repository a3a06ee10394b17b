import { CheckCircleFilled, ClockCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { PaymentView } from '../../../shared/index.ts';
import { clock } from '../../ui/amounts.ts';
import { CodeFrame, CodeVeil } from '../../ui/code-frame.tsx';
import { useSecondsLeft } from '../../ui/use-seconds-left.ts';
import styles from './payment-page.module.css';

/** The code to pay with, how long it stands, and what became of it. */
export function PaymentCode({ payment }: { payment: PaymentView }) {
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
