import { QrcodeOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceView } from '../../../shared/index.ts';
import { type SessionAt, send } from '../../state/station-store.ts';
import { CodeFrame, CodeVeil } from '../../ui/code-frame.tsx';
import { Page, type PageAction } from '../../ui/page.tsx';
import { Price } from '../../ui/price.tsx';
import { Consents, useTicks } from '../service/consents.tsx';
import styles from './pay-at-once-page.module.css';
import { PaymentCode } from './payment-code.tsx';
import { usePaymentActions } from './payment-page.tsx';

/** 快速: consent, price and payment on one page. The code to pay with comes with the last tick. */
export function PayAtOncePage({ session }: { session: SessionAt<'service' | 'payment'> }) {
  const { t } = useTranslation();
  const service = useService(session);
  const { ticked, toggle, complete } = useTicks(service?.consents ?? []);
  const offered = session.step === 'service';
  useEffect(() => {
    if (offered && complete) void send('session.pay', { consents: [...ticked] });
  }, [offered, complete, ticked]);
  // Where the code could not be had, e.g. for want of a camera.
  const again: PageAction = {
    id: 'pay',
    label: t('service.pay'),
    onPress: () => void send('session.pay', { consents: [...ticked] }),
  };
  const payment = session.step === 'payment' ? session.payment : undefined;
  const fen = payment?.amountFen ?? service?.priceFen;
  return (
    <Page
      back={payment?.state !== 'paid'}
      lead={t('payment.leadAtOnce')}
      note={payment ? t('payment.once') : t('service.needConsents')}
      {...usePaymentActions(payment?.state)}
      {...(offered && complete ? { primary: again } : {})}
      step={session.step}
      title={t('payment.title')}
    >
      <div className={styles.columns}>
        {service && (
          <div className={styles.agree}>
            <p className={styles.covers}>{t('service.lead')}</p>
            <Consents
              consents={service.consents}
              onToggle={offered ? toggle : undefined}
              ticked={ticked}
            />
          </div>
        )}
        <div className={styles.pay}>
          {fen !== undefined && <Price fen={fen} large />}
          <div className={styles.code}>
            {payment ? <PaymentCode payment={payment} /> : <NoCodeYet />}
          </div>
        </div>
      </div>
    </Page>
  );
}

/** Stays on screen while it is paid for. */
function useService(session: SessionAt<'service' | 'payment'>): ServiceView | undefined {
  const [service] = useState(session.step === 'service' ? session.service : undefined);
  return session.step === 'service' ? session.service : service;
}

function NoCodeYet() {
  const { t } = useTranslation();
  return (
    <div>
      <CodeFrame
        label={t('payment.qrAlt')}
        text={undefined}
        veil={
          <CodeVeil
            detail={t('payment.afterTicksDetail')}
            icon={<QrcodeOutlined />}
            title={t('payment.afterTicks')}
          />
        }
      />
    </div>
  );
}
