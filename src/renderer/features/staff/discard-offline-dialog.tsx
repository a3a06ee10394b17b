import {
  OFFLINE_DISCARD_CAUSES,
  OFFLINE_DISCARD_CODES,
  type OfflineDiscardCause,
} from '@gradshot/domain';
import { Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfflineVisitView } from '../../../shared/index.ts';
import { ask, dismissFailure, showFailure } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogAnswers } from '../../ui/dialog-answers.tsx';
import { useSentence } from '../../ui/use-language.ts';
import styles from './offline-visits.module.css';
import { StaffFailure } from './staff-failure.tsx';

type DiscardOfflineDialogProps = {
  readonly visit: OfflineVisitView;
  readonly onClose: () => void;
};

/** 舍弃: the photo is gone for good, so that staff say why. */
export function DiscardOfflineDialog({ visit, onClose }: DiscardOfflineDialogProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const [cause, setCause] = useState<OfflineDiscardCause>();
  const [discarding, setDiscarding] = useState(false);
  const discard = async () => {
    if (!cause || discarding) return;
    dismissFailure();
    setDiscarding(true);
    const discarded = await ask('staff.discardOffline', { id: visit.id, cause });
    setDiscarding(false);
    if (discarded.ok) return onClose();
    showFailure(discarded.error);
  };
  return (
    <Dialog
      actions={
        <DialogAnswers
          confirm={{
            id: 'discard-offline-now',
            label: t('staff.offline.discardNow'),
            onPress: () => void discard(),
            disabled: !cause,
            busy: discarding,
            danger: true,
          }}
          onCancel={onClose}
        />
      }
      onClose={onClose}
      open
      testId="discard-offline"
      title={t('staff.offline.discard')}
    >
      <div className={styles.form}>
        <p className={styles.whom}>{[visit.maskedName, visit.number].filter(Boolean).join('　')}</p>
        <p>{t('staff.offline.discardLead')}</p>
        <Radio.Group
          aria-label={t('staff.offline.discardWhy')}
          className={styles.causes ?? ''}
          onChange={({ target }) => setCause(target.value)}
          options={OFFLINE_DISCARD_CODES.map((value) => ({
            value,
            label: (
              <span data-testid={`cause-${value}`}>{sentence(OFFLINE_DISCARD_CAUSES[value])}</span>
            ),
          }))}
          value={cause}
        />
        <StaffFailure />
      </div>
    </Dialog>
  );
}
