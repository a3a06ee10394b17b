import { DESK_PAYMENT_TEXT, type DeskPaymentMethod, normaliseReceiptNo } from '@gradshot/domain';
import { Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ask,
  dismissFailure,
  type SessionAt,
  showFailure,
  useFailure,
  useSnapshot,
} from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogAnswers } from '../../ui/dialog-answers.tsx';
import { Price } from '../../ui/price.tsx';
import { ScreenKeyboard } from '../../ui/screen-keyboard.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import { StaffFailure } from './staff-failure.tsx';
import styles from './visit-desk.module.css';

type RecordPaymentDialogProps = {
  readonly session: SessionAt<'service' | 'payment'>;
  readonly method: DeskPaymentMethod;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** 现金收款 or 校方统付: whose fee, how much, and for cash the number of the receipt that was given. */
export function RecordPaymentDialog(props: RecordPaymentDialogProps) {
  const { session, method, onClose, onDone } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  const { online } = useSnapshot().connection;
  const failure = useFailure();
  const [receiptNo, setReceiptNo] = useState('');
  const [recording, setRecording] = useState(false);
  const ready = online && !recording && (method === 'school' || normaliseReceiptNo(receiptNo).ok);
  const record = async () => {
    if (!ready) return;
    dismissFailure();
    setRecording(true);
    const taken = method === 'cash' ? { method, receiptNo } : { method };
    const recorded = await ask('staff.recordPayment', taken);
    setRecording(false);
    if (recorded.ok) return onDone();
    showFailure(recorded.error);
  };
  const { student, order } = session;
  return (
    <Dialog
      actions={
        <DialogAnswers
          cancelId="take-cancel"
          confirm={{
            id: 'take-confirm',
            label: t(method === 'cash' ? 'staff.visit.cashConfirm' : 'staff.visit.schoolConfirm'),
            onPress: () => void record(),
            disabled: !ready,
            busy: recording,
          }}
          onCancel={onClose}
        />
      }
      closable={false}
      onClose={onClose}
      open
      testId="record-payment-dialog"
      title={DESK_PAYMENT_TEXT[method][language]}
      wide={method === 'cash'}
    >
      <div className={styles.question}>
        <p className={styles.due}>
          <span>{`${student.maskedName} · ${order.orderNo}`}</span>
          <Price fen={order.priceFen} />
        </p>
        {failure ? (
          <StaffFailure />
        ) : (
          <p className={styles.quiet}>
            {t(method === 'cash' ? 'staff.visit.cashLead' : 'staff.visit.schoolLead')}
          </p>
        )}
        {!online && (
          <p className={styles.offline} data-testid="take-offline">
            {t('staff.visit.takeOffline')}
          </p>
        )}
        {method === 'cash' && (
          <ReceiptNo onChange={setReceiptNo} onEnter={() => void record()} value={receiptNo} />
        )}
      </div>
    </Dialog>
  );
}

type ReceiptNoProps = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
};

function ReceiptNo({ value, onChange, onEnter }: ReceiptNoProps) {
  const { t } = useTranslation();
  const input = useRef<InputRef>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <>
      <label className={styles.field} htmlFor="receipt-no">
        <span>{t('staff.visit.receiptNo')}</span>
        <Input
          autoComplete="off"
          data-testid="receipt-no"
          id="receipt-no"
          // The keys below take the place of the system's own screen keyboard.
          inputMode="none"
          maxLength={40}
          onChange={(event) => onChange(event.target.value)}
          onPressEnter={onEnter}
          placeholder={t('staff.visit.receiptNoHint')}
          ref={input}
          size="large"
          spellCheck={false}
          value={value}
        />
      </label>
      <div className={styles.keys}>
        <ScreenKeyboard
          onCharacter={(character) => onChange(value + character)}
          onErase={() => onChange(value.slice(0, -1))}
        />
      </div>
    </>
  );
}
