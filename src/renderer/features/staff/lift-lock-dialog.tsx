import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudentView } from '../../../shared/index.ts';
import { ask, dismissFailure, showFailure } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogAnswers } from '../../ui/dialog-answers.tsx';
import { StaffFailure } from './staff-failure.tsx';
import styles from './visit-desk.module.css';

type LiftLockDialogProps = {
  readonly student: StudentView;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** Asks staff to look at the person's ID first: that is what the four characters stood for. */
export function LiftLockDialog({ student, onClose, onDone }: LiftLockDialogProps) {
  const { t } = useTranslation();
  const [lifting, setLifting] = useState(false);
  const lift = async () => {
    dismissFailure();
    setLifting(true);
    const lifted = await ask('staff.liftLock', {});
    setLifting(false);
    if (lifted.ok) return onDone();
    showFailure(lifted.error);
  };
  return (
    <Dialog
      actions={
        <DialogAnswers
          cancelId="lift-lock-cancel"
          confirm={{
            id: 'lift-lock-confirm',
            label: t('staff.visit.liftLockConfirm'),
            onPress: () => void lift(),
            busy: lifting,
          }}
          onCancel={onClose}
        />
      }
      closable={false}
      onClose={onClose}
      open
      testId="lift-lock-dialog"
      title={t('staff.visit.liftLock')}
    >
      <div className={styles.question}>
        <p className={styles.whom}>
          {student.maskedName} {student.college} {student.major}
        </p>
        <p>{t('staff.visit.liftLockCheck')}</p>
        <p className={styles.quiet}>{t('staff.visit.liftLockLead')}</p>
        <StaffFailure />
      </div>
    </Dialog>
  );
}
