import type { Result } from '@gradshot/domain';
import { Button, Input, type InputRef } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RosterPersonView } from '../../../shared/index.ts';
import { dismissFailure, showFailure } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ScreenKeyboard } from '../../ui/screen-keyboard.tsx';
import styles from './queue-desk.module.css';
import { StaffFailure } from './staff-failure.tsx';

type Found = { readonly people: readonly RosterPersonView[]; readonly more: boolean };

type PeopleSearchDialogProps = {
  readonly testId: string;
  readonly title: string;
  /** In the empty field. */
  readonly hint: string;
  /** What is said where nobody was found. */
  readonly nobody: string;
  /** On each person's button. */
  readonly pick: string;
  readonly search: (text: string) => Promise<Result<Found>>;
  /** Nothing can be looked up now. */
  readonly unable?: boolean;
  readonly onPick: (person: RosterPersonView) => void;
  readonly onClose: () => void;
  /** What is said above the field. */
  readonly children: ReactNode;
};

const LEAST = 2;

/** Finds somebody in a roster of the school, by what staff type. */
export function PeopleSearchDialog(props: PeopleSearchDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [searching, setSearching] = useState(false);
  const [found, setFound] = useState<Found>();
  const ready = !props.unable && !searching && [...text.trim()].length >= LEAST;
  const change = (next: string) => {
    setText(next);
    setFound(undefined);
  };
  const search = async () => {
    if (!ready) return;
    dismissFailure();
    setSearching(true);
    const answer = await props.search(text.trim());
    setSearching(false);
    if (answer.ok) setFound(answer.value);
    else showFailure(answer.error);
  };
  return (
    <Dialog onClose={props.onClose} open testId={props.testId} title={props.title} wide>
      <div className={styles.search}>
        {props.children}
        <StaffFailure />
        <div className={styles.ask}>
          <SearchField
            hint={props.hint}
            onChange={change}
            onEnter={() => void search()}
            value={text}
          />
          <Button
            data-testid="search-roster"
            disabled={!ready}
            loading={searching}
            onClick={() => void search()}
            size="large"
            type="primary"
          >
            {t('staff.queue.searchNow')}
          </Button>
        </div>
        {found ? (
          <FoundPeople
            found={found}
            nobody={props.nobody}
            onPick={props.onPick}
            pick={props.pick}
          />
        ) : (
          <div className={styles.keys}>
            <ScreenKeyboard
              onCharacter={(character) => change(text + character)}
              onErase={() => change(text.slice(0, -1))}
            />
          </div>
        )}
      </div>
    </Dialog>
  );
}

type SearchFieldProps = {
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
};

function SearchField({ hint, value, onChange, onEnter }: SearchFieldProps) {
  const input = useRef<InputRef>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <Input
      aria-label={hint}
      autoComplete="off"
      data-testid="search-text"
      maxLength={40}
      onChange={(event) => onChange(event.target.value)}
      onPressEnter={onEnter}
      placeholder={hint}
      ref={input}
      size="large"
      spellCheck={false}
      value={value}
    />
  );
}

type FoundPeopleProps = {
  readonly found: Found;
  /** What is said where nobody was found. */
  readonly nobody: string;
  /** On each person's button. */
  readonly pick: string;
  readonly onPick: (person: RosterPersonView) => void;
};

function FoundPeople({ found, nobody, pick, onPick }: FoundPeopleProps) {
  const { people, more } = found;
  const { t } = useTranslation();
  return (
    <div className={styles.found} role="status">
      {people.length === 0 && (
        <p className={styles.notice} data-testid="nobody-found">
          {nobody}
        </p>
      )}
      {more && (
        <p className={styles.notice}>{t('staff.queue.moreFound', { count: people.length })}</p>
      )}
      <ul className={styles.rows} data-testid="found-people">
        {people.map((person) => (
          <li className={styles.row} key={person.entryId}>
            <span className={styles.rowName}>
              {person.maskedName}
              <small>
                {[
                  t('staff.queue.numberEnd', { end: person.studentNumberEnd }),
                  person.college,
                  person.className,
                ]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
              </small>
            </span>
            <Button
              aria-label={`${pick} ${person.maskedName} ${person.studentNumberEnd}`}
              data-testid={`add-${person.studentNumberEnd}`}
              onClick={() => onPick(person)}
              type="primary"
            >
              {pick}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
