import { SolutionOutlined } from '@ant-design/icons';
import { errorSentence } from '@gradshot/domain';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudentView } from '../../../shared/index.ts';
import { type SessionAt, useSnapshot } from '../../state/station-store.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { LiftLockDialog } from './lift-lock-dialog.tsx';
import styles from './visit-desk.module.css';

/**
 * What staff may do about the visit that waits behind their page; nothing where nobody waits for it. Done,
 * the page is locked and the graduate goes on at once.
 */
export function VisitDesk({ onDone }: { onDone: () => void }) {
  const { session } = useSnapshot();
  if (session.step === 'verify' && session.locked)
    return <LockedVisit locked={session.locked} onDone={onDone} student={session.student} />;
  return null;
}

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
      student={student}
    >
      {mayLift && (
        <Button
          data-testid="lift-lock"
          onClick={() => setAsking(true)}
          size="large"
          type="primary"
        >
          {t('staff.visit.liftLock')}
        </Button>
      )}
      {asking && (
        <LiftLockDialog onClose={() => setAsking(false)} onDone={onDone} student={student} />
      )}
    </Waiting>
  );
}

type WaitingProps = {
  readonly student: StudentView;
  readonly detail: string;
  readonly children: ReactNode;
};

function Waiting({ student, detail, children }: WaitingProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.visit} data-testid="visit-desk">
      <SolutionOutlined className={styles.icon ?? ''} />
      <div className={styles.text}>
        <h2>{t('staff.visit.title', { name: student.maskedName })}</h2>
        <p>{detail}</p>
      </div>
      {children}
    </section>
  );
}
