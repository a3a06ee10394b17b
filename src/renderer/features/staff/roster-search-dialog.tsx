import { Button, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckedIn, CommandResponse, RosterPersonView } from '../../../shared/index.ts';
import { ask, dismissFailure, send, showFailure, useSnapshot } from '../../state/station-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ScreenKeyboard } from '../../ui/screen-keyboard.tsx';
import styles from './queue-desk.module.css';
import { StaffFailure } from './staff-failure.tsx';

type RosterSearchDialogProps = {
  readonly onClose: () => void;
  readonly onCheckedIn: (checkedIn: CheckedIn) => void;
};

const LEAST = 2;

/** Checks somebody in whose code is not at hand: it is shown when it is their turn. */
export function RosterSearchDialog({ onClose, onCheckedIn }: RosterSearchDialogProps) {
  const { t } = useTranslation();
  const { online } = useSnapshot().connection;
  const [text, setText] = useState('');
  const [searching, setSearching] = useState(false);
  const [found, setFound] = useState<CommandResponse<'staff.queueSearch'>>();
  const ready = online && !searching && [...text.trim()].length >= LEAST;
  const search = async () => {
    if (!ready) return;
    dismissFailure();
    setSearching(true);
    const answer = await ask('staff.queueSearch', { text: text.trim() });
    setSearching(false);
    if (answer.ok) setFound(answer.value);
    else showFailure(answer.error);
  };
  const change = (next: string) => {
    setText(next);
    setFound(undefined);
  };
  const checkIn = async ({ entryId }: RosterPersonView) => {
    const result = await send('staff.queueAdd', { entryId });
    if (result.ok) onCheckedIn(result.value);
  };
  return (
    <Dialog onClose={onClose} open testId="roster-search" title={t('staff.queue.search')} wide>
      <div className={styles.search}>
        <StaffFailure />
        {!online && (
          <p className={styles.notice} data-testid="search-offline">
            {t('staff.queue.searchOffline')}
          </p>
        )}
        <div className={styles.ask}>
          <SearchField
            hint={t('staff.queue.searchHint')}
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
            nobody={t('staff.queue.nobodyFound')}
            onPick={(person) => void checkIn(person)}
            pick={t('staff.queue.add')}
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

export function SearchField({ hint, value, onChange, onEnter }: SearchFieldProps) {
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
  readonly found: CommandResponse<'staff.queueSearch'>;
  /** What is said where nobody was found. */
  readonly nobody: string;
  /** On each person's button. */
  readonly pick: string;
  readonly onPick: (person: RosterPersonView) => void;
};

export function FoundPeople({ found, nobody, pick, onPick }: FoundPeopleProps) {
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
