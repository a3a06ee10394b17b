import { ClockCircleOutlined, MobileOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { HandoverView } from '../../../shared/index.ts';
import { type SessionAt, send, useBusy, useFailure } from '../../state/station-store.ts';
import { clock } from '../../ui/amounts.ts';
import { CodeFrame, CodeVeil } from '../../ui/code-frame.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureMessage } from '../../ui/failure-message.tsx';
import { NumberSteps } from '../../ui/number-steps.tsx';
import { useSecondsLeft } from '../../ui/use-seconds-left.ts';
import styles from './handover.module.css';

type Offering = SessionAt<'orderDetail'> | SessionAt<'handedIn'>;

const ask = () => void send('session.handOver', {});

/** 在手机上继续: the button and, once the core has a code, the dialog that shows it. */
export function Handover({ session }: { session: Offering }) {
  const { t } = useTranslation();
  const busy = useBusy();
  const { handover } = session;
  return (
    <>
      <Button
        className={styles.action ?? ''}
        data-testid="hand-over"
        disabled={busy}
        icon={<MobileOutlined />}
        onClick={ask}
        size="large"
      >
        {t('handover.action')}
      </Button>
      <Dialog
        onClose={() => void send('session.closeHandover', {})}
        open={handover !== undefined}
        testId="handover"
        title={t('handover.title')}
        wide
      >
        {handover && <Code handover={handover} session={session} />}
      </Dialog>
    </>
  );
}

function Code({ handover, session }: { handover: HandoverView; session: Offering }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const waiting = session.order.local?.step === 'handedIn';
  return (
    <div className={styles.columns}>
      <figure className={styles.code} data-testid="handover-code">
        <CodeFrame
          label={t('handover.qrAlt')}
          text={handover.qrText}
          veil={handover.qrText === undefined && <Expired />}
        />
        <figcaption className={styles.status}>
          {handover.qrText !== undefined && <TimeLeft expiresAt={handover.expiresAt} />}
        </figcaption>
      </figure>
      <div className={styles.words}>
        <NumberSteps steps={[t('handover.step1'), t('handover.step2'), t('handover.step3')]} />
        {waiting && <p className={styles.waiting}>{t('handover.notDelivered')}</p>}
        {/* The action bar lies behind the dialog. */}
        {failure ? (
          <FailureMessage failure={failure} />
        ) : (
          <p className={styles.note}>{t('handover.once')}</p>
        )}
      </div>
    </div>
  );
}

function TimeLeft({ expiresAt }: { expiresAt: string }) {
  const { t } = useTranslation();
  const seconds = useSecondsLeft(expiresAt);
  return (
    <>
      {t('handover.countdown')} <strong className={styles.clock}>{clock(seconds)}</strong>
    </>
  );
}

function Expired() {
  const { t } = useTranslation();
  const busy = useBusy();
  return (
    <CodeVeil
      action={
        <Button
          className={styles.renew ?? ''}
          data-testid="handover-renew"
          disabled={busy}
          icon={<ReloadOutlined />}
          loading={busy ? { delay: 250 } : false}
          onClick={ask}
          size="large"
          type="primary"
        >
          {t('handover.renew')}
        </Button>
      }
      detail={t('handover.expiredDetail')}
      icon={<ClockCircleOutlined />}
      title={t('handover.expired')}
    />
  );
}
