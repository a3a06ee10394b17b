import { SolutionOutlined } from '@ant-design/icons';
import {
  DESK_PAYMENT_METHODS,
  DESK_PAYMENT_TEXT,
  type DeskPaymentMethod,
  errorSentence,
  type StationRight,
} from '@gradshot/domain';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionStep, SessionView, StudentView } from '../../../shared/index.ts';
import { type SessionAt, useSnapshot } from '../../state/station-store.ts';
import { yuan } from '../../ui/amounts.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { ShotDesk, type ShotSession } from '../desk/shot-desk.tsx';
import { IdentifyDialog } from './identify-dialog.tsx';
import { LiftLockDialog } from './lift-lock-dialog.tsx';
import { RecordPaymentDialog } from './record-payment-dialog.tsx';
import styles from './visit-desk.module.css';

/**
 * What staff may do about the visit that waits behind their page; nothing where nobody waits for it. Done,
 * the page is locked and the graduate goes on at once.
 */
export function VisitDesk({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { session, screen } = useSnapshot();
  if (session.step === 'identify') return <UnknownVisit onDone={onDone} />;
  if (session.step === 'verify' && session.locked)
    return <LockedVisit locked={session.locked} onDone={onDone} student={session.student} />;
  if (session.step === 'service' || session.step === 'payment')
    return <UnpaidVisit onDone={onDone} session={session} />;
  if (screen !== 'desk' && isShot(session))
    return (
      <section className={styles.shot} data-testid="visit-desk">
        <h2>{t('staff.visit.title', { name: session.student.maskedName })}</h2>
        <ShotDesk session={session} />
      </section>
    );
  return null;
}

/** Somebody waits with a code that cannot be looked up: that is what staff come for. */
function UnknownVisit({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [finding, setFinding] = useState(true);
  return (
    <Waiting detail={t('staff.offline.unknownDetail')} title={t('staff.offline.unknown')}>
      <Button
        data-testid="find-person"
        onClick={() => setFinding(true)}
        size="large"
        type="primary"
      >
        {t('staff.offline.find')}
      </Button>
      {finding && <IdentifyDialog onClose={() => setFinding(false)} onDone={onDone} />}
    </Waiting>
  );
}

/** With a screen of the graduate's own it is shown beside the desk all the time. */
function isShot(session: SessionView): session is ShotSession {
  return isOneOf(session.step, ['reviewShot', 'kept', 'judging', 'judged']);
}

const isOneOf = (step: SessionStep, steps: readonly SessionStep[]) => steps.includes(step);

type LockedVisitProps = {
  readonly student: StudentView;
  readonly locked: NonNullable<SessionAt<'verify'>['locked']>;
  readonly onDone: () => void;
};

function LockedVisit({ student, locked, onDone }: LockedVisitProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const mayLift = useSnapshot().station.rights.includes('liftLock');
  const [asking, setAsking] = useState(false);
  return (
    <Waiting
      detail={
        mayLift
          ? t('staff.visit.locked', { minutes: locked.minutes })
          : errorSentence({ code: 'station.mayNotLiftLock' }, language)
      }
      title={t('staff.visit.title', { name: student.maskedName })}
    >
      {mayLift && (
        <Button data-testid="lift-lock" onClick={() => setAsking(true)} size="large" type="primary">
          {t('staff.visit.liftLock')}
        </Button>
      )}
      {asking && (
        <LiftLockDialog onClose={() => setAsking(false)} onDone={onDone} student={student} />
      )}
    </Waiting>
  );
}

type UnpaidVisitProps = {
  readonly session: SessionAt<'service' | 'payment'>;
  readonly onDone: () => void;
};

/** Only where an administrator lets staff take fees: elsewhere the code is the one way to pay. */
function UnpaidVisit({ session, onDone }: UnpaidVisitProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { rights } = useSnapshot().station;
  const [method, setMethod] = useState<DeskPaymentMethod>();
  const offered = DESK_PAYMENT_METHODS.filter((one) => rights.includes(RIGHT_FOR[one]));
  const { student, order, step } = session;
  if (offered.length === 0 || order.offline) return null;
  const price = yuan(order.priceFen);
  return (
    <Waiting
      detail={t(step === 'service' ? 'staff.visit.notAgreed' : 'staff.visit.unpaid', { price })}
      title={t('staff.visit.title', { name: student.maskedName })}
    >
      {offered.map((one) => (
        <Button
          data-testid={`take-${one}`}
          key={one}
          onClick={() => setMethod(one)}
          size="large"
          type={one === 'cash' ? 'primary' : 'default'}
        >
          {DESK_PAYMENT_TEXT[one][language]}
        </Button>
      ))}
      {method && (
        <RecordPaymentDialog
          method={method}
          onClose={() => setMethod(undefined)}
          onDone={onDone}
          session={session}
        />
      )}
    </Waiting>
  );
}

const RIGHT_FOR: Readonly<Record<DeskPaymentMethod, StationRight>> = {
  cash: 'takeCash',
  school: 'chargeSchool',
};

type WaitingProps = {
  readonly title: string;
  readonly detail: string;
  readonly children: ReactNode;
};

function Waiting({ title, detail, children }: WaitingProps) {
  return (
    <section className={styles.visit} data-testid="visit-desk">
      <SolutionOutlined className={styles.icon ?? ''} />
      <div className={styles.text}>
        <h2>{title}</h2>
        <p>{detail}</p>
      </div>
      {children}
    </section>
  );
}
