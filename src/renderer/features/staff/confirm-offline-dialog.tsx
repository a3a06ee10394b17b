import { normaliseLastFour } from '@gradshot/domain';
import { Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfflineVisitView } from '../../../shared/index.ts';
import { ask, dismissFailure, showFailure, useSnapshot } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogAnswers } from '../../ui/dialog-answers.tsx';
import { ScreenKeyboard } from '../../ui/screen-keyboard.tsx';
import styles from './offline-visits.module.css';
import { StaffFailure } from './staff-failure.tsx';

type ConfirmOfflineDialogProps = {
  readonly visit: OfflineVisitView;
  readonly onClose: () => void;
};

/** 重新核对: the graduate shows the code once more, scanned into the first field, and types the last four. */
export function ConfirmOfflineDialog({ visit, onClose }: ConfirmOfflineDialogProps) {
  const { t } = useTranslation();
  const { online } = useSnapshot().connection;
  const [code, setCode] = useState('');
  const [lastFour, setLastFour] = useState('');
  const [asking, setAsking] = useState(false);
  const codeField = useRef<InputRef>(null);
  const lastFourField = useRef<InputRef>(null);
  useEffect(() => codeField.current?.focus(), []);
  const ready = online && !asking && code.trim() !== '' && normaliseLastFour(lastFour).ok;
  const confirm = async () => {
    if (!ready) return;
    dismissFailure();
    setAsking(true);
    const payload = { id: visit.id, payload: code.trim(), lastFour };
    const confirmed = await ask('staff.confirmOffline', payload);
    setAsking(false);
    if (confirmed.ok) return onClose();
    showFailure(confirmed.error);
  };
  return (
    <Dialog
      actions={
        <DialogAnswers
          confirm={{
            id: 'confirm-offline-now',
            label: t('staff.offline.confirm'),
            onPress: () => void confirm(),
            disabled: !ready,
            busy: asking,
          }}
          onCancel={onClose}
        />
      }
      onClose={onClose}
      open
      testId="confirm-offline"
      title={t('staff.offline.confirm')}
      wide
    >
      <div className={styles.form}>
        <p className={styles.whom}>{[visit.maskedName, visit.number].filter(Boolean).join('　')}</p>
        <p className={styles.quiet}>
          {online ? t('staff.offline.confirmLead') : t('staff.offline.confirmOffline')}
        </p>
        <StaffFailure />
        <div className={styles.fields}>
          <div className={styles.field}>
            <span>{t('staff.offline.code')}</span>
            <Input
              aria-label={t('staff.offline.code')}
              autoComplete="off"
              data-testid="offline-code"
              maxLength={4096}
              onChange={({ target }) => setCode(target.value)}
              onPressEnter={() => lastFourField.current?.focus()}
              ref={codeField}
              size="large"
              spellCheck={false}
              value={code}
            />
          </div>
          <div className={styles.field}>
            <span>{t('verify.lastFour')}</span>
            <Input
              aria-label={t('verify.lastFour')}
              autoComplete="off"
              data-testid="offline-last-four"
              maxLength={4}
              onChange={({ target }) => setLastFour(target.value.toUpperCase())}
              onPressEnter={() => void confirm()}
              ref={lastFourField}
              size="large"
              value={lastFour}
            />
          </div>
        </div>
        <div className={styles.keys}>
          <ScreenKeyboard
            onCharacter={(character) =>
              setLastFour((typed) => (typed + character.toUpperCase()).slice(0, 4))
            }
            onErase={() => setLastFour((typed) => typed.slice(0, -1))}
          />
        </div>
      </div>
    </Dialog>
  );
}
