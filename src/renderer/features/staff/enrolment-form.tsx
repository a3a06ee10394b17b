import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send, useBusy, useSnapshot } from '../../state/station-store.ts';
import { ScreenKeyboard } from '../../ui/screen-keyboard.tsx';
import {
  EMPTY_FORM,
  type EnrolmentField,
  enrolmentOf,
  type EnrolmentForm as Form,
  wrongFields,
} from './enrolment.ts';
import styles from './enrolment-form.module.css';
import { StaffFailure } from './staff-failure.tsx';

const TEXT = {
  serverUrl: { label: 'staff.serverUrl', hint: 'staff.serverUrlHint', bad: 'staff.serverUrlBad' },
  code: { label: 'staff.code', hint: 'staff.codeHint', bad: 'staff.codeBad' },
  name: { label: 'staff.stationName', hint: 'staff.stationNameHint', bad: 'staff.stationNameBad' },
  pin: { label: 'staff.pin', hint: 'staff.pinHint', bad: 'staff.pinBad' },
  pinRepeat: { label: 'staff.pinRepeat', hint: 'staff.pinHint', bad: 'staff.pinRepeatBad' },
} as const;
const FIELDS = Object.keys(TEXT) as EnrolmentField[];

/** 登记本机: server, one-time code, name, and the PIN that opens the staff page from now on. */
export function EnrolmentForm({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation();
  const busy = useBusy();
  const { serverUrl = '' } = useSnapshot().station;
  const [form, setForm] = useState<Form>({ ...EMPTY_FORM, serverUrl });
  const [field, setField] = useState<EnrolmentField>(serverUrl === '' ? 'serverUrl' : 'code');
  const [checked, setChecked] = useState(false);
  const wrong = checked ? wrongFields(form) : [];
  const set = (name: EnrolmentField, value: string) => setForm({ ...form, [name]: value });
  const enrol = async () => {
    setChecked(true);
    if (wrongFields(form).length > 0) return;
    const result = await send('staff.enrol', enrolmentOf(form));
    if (result.ok) onDone?.();
  };
  return (
    <form
      className={styles.form}
      data-testid="enrolment"
      onSubmit={(event) => {
        event.preventDefault();
        void enrol();
      }}
    >
      <div className={styles.fields}>
        {FIELDS.map((name) => (
          <Field
            bad={wrong.includes(name)}
            key={name}
            name={name}
            onChange={(value) => set(name, value)}
            onFocus={() => setField(name)}
            value={form[name]}
          />
        ))}
        <StaffFailure />
        <Button
          className={styles.enrol ?? ''}
          data-testid="enrol"
          disabled={busy}
          htmlType="submit"
          size="large"
          type="primary"
        >
          {t('staff.enrol')}
        </Button>
      </div>
      <div className={styles.keyboard}>
        <ScreenKeyboard
          onCharacter={(character) => set(field, form[field] + character)}
          onErase={() => set(field, form[field].slice(0, -1))}
        />
      </div>
    </form>
  );
}

type FieldProps = {
  readonly name: EnrolmentField;
  readonly value: string;
  readonly bad: boolean;
  readonly onChange: (value: string) => void;
  readonly onFocus: () => void;
};

function Field({ name, value, bad, onChange, onFocus }: FieldProps) {
  const { t } = useTranslation();
  const secret = name === 'pin' || name === 'pinRepeat';
  const text = TEXT[name];
  return (
    <label className={styles.field} htmlFor={`enrol-${name}`}>
      <span className={styles.label}>{t(text.label)}</span>
      <Input
        autoComplete="off"
        data-testid={`enrol-${name}`}
        id={`enrol-${name}`}
        onChange={(event) => onChange(event.target.value)}
        onFocus={onFocus}
        spellCheck={false}
        status={bad ? 'error' : ''}
        type={secret ? 'password' : 'text'}
        value={value}
      />
      <span className={styles.hint} data-bad={bad}>
        {bad ? t(text.bad) : t(text.hint)}
      </span>
    </label>
  );
}
