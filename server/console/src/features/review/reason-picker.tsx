import type { RejectionCode } from '@gradshot/domain';
import { Alert, Button, type GetRef, Input } from 'antd';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { KEYED_REASONS, shortReason } from './reason-keys.ts';
import styles from './reason-picker.module.css';
import { useKeys } from './use-keys.ts';

/** As the contract takes. */
const MAX_REASONS = 6;
const MAX_NOTE = 200;

type ReasonPickerProps = {
  readonly suggested: ReadonlySet<RejectionCode>;
  readonly initial: readonly RejectionCode[];
  readonly busy: boolean;
  /** Sent before the photos were seen. */
  readonly wait: boolean;
  readonly onBack: () => void;
  readonly onReject: (codes: readonly RejectionCode[], note: string) => void;
};

/** Reasons of the catalogue, one key each; the photos stay in view beside it. */
export function ReasonPicker(props: ReasonPickerProps) {
  const { suggested, initial, busy, wait, onBack, onReject } = props;
  const { t } = useLanguage();
  const [chosen, setChosen] = useState<readonly RejectionCode[]>(initial);
  const [note, setNote] = useState('');
  const field = useRef<GetRef<typeof Input.TextArea>>(null);
  const toggle = (code: RejectionCode) =>
    setChosen((now) =>
      now.includes(code)
        ? now.filter((x) => x !== code)
        : now.length < MAX_REASONS
          ? [...now, code]
          : now,
    );
  const send = () => {
    if (chosen.length > 0 && !busy) onReject(chosen, note.trim());
  };
  useKeys({
    ...Object.fromEntries(KEYED_REASONS.map(({ key, code }) => [key.code, () => toggle(code)])),
    // Otherwise the browser would begin with the menu at the other end of the page.
    Tab: () => field.current?.focus(),
    Enter: send,
    Escape: onBack,
  });
  return (
    <div className={styles.picker}>
      <header>
        <h2>{t.review.reasons}</h2>
        <p>{t.review.reasonsLead}</p>
      </header>
      <ReasonList chosen={chosen} suggested={suggested} onToggle={toggle} />
      <footer>
        {wait ? <Alert banner type="info" title={t.review.notSeenYet} /> : null}
        <Input.TextArea
          ref={field}
          value={note}
          autoSize={{ minRows: 1, maxRows: 3 }}
          maxLength={MAX_NOTE}
          placeholder={t.review.note}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={(event) => noteKeys(event, send)}
        />
        <div className={styles.buttons}>
          <Button onClick={onBack}>
            {t.review.back} <kbd>Esc</kbd>
          </Button>
          <Button
            type="primary"
            danger
            className={styles.send ?? ''}
            loading={busy}
            disabled={chosen.length === 0}
            onClick={send}
          >
            {t.review.rejectWith(chosen.length)} <kbd>↵</kbd>
          </Button>
        </div>
      </footer>
    </div>
  );
}

function noteKeys(event: KeyboardEvent<HTMLTextAreaElement>, send: () => void): void {
  if (event.nativeEvent.isComposing) return;
  if (event.key === 'Escape') event.currentTarget.blur();
  if (event.key !== 'Enter' || event.shiftKey) return;
  event.preventDefault();
  send();
}

type ReasonListProps = {
  readonly chosen: readonly RejectionCode[];
  readonly suggested: ReadonlySet<RejectionCode>;
  readonly onToggle: (code: RejectionCode) => void;
};

function ReasonList({ chosen, suggested, onToggle }: ReasonListProps) {
  const { t, pick } = useLanguage();
  return (
    <ul className={styles.list}>
      {KEYED_REASONS.map((reason) => (
        <li key={reason.code}>
          <button
            type="button"
            className={styles.reason}
            aria-pressed={chosen.includes(reason.code)}
            title={pick(reason)}
            onClick={() => onToggle(reason.code)}
          >
            <kbd>{reason.key.label}</kbd>
            <span>{pick(shortReason(reason))}</span>
            {suggested.has(reason.code) ? <em>{t.review.suggested}</em> : null}
          </button>
        </li>
      ))}
    </ul>
  );
}
