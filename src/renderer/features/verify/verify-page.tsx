import { ClockCircleOutlined, LockFilled } from '@ant-design/icons';
import { normaliseLastFour } from '@gradshot/domain';
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StudentView } from '../../../shared/index.ts';
import {
  dismissFailure,
  type SessionAt,
  send,
  useBusy,
  useSnapshot,
} from '../../state/station-store.ts';
import { clock } from '../../ui/amounts.ts';
import card from '../../ui/card.module.css';
import { Facts } from '../../ui/facts.tsx';
import { useTyping } from '../../ui/keypad.tsx';
import { Page } from '../../ui/page.tsx';
import { useSecondsLeft } from '../../ui/use-seconds-left.ts';
import { LastFourKeys } from './last-four-keys.tsx';
import styles from './verify-page.module.css';

const LENGTH = 4;

/** 核验学籍信息: is it you, and the last four characters of your ID number. */
export function VerifyPage({ session }: { session: SessionAt<'verify'> }) {
  const { t } = useTranslation();
  const busy = useBusy();
  const [typed, setTyped] = useState('');
  const [letters, setLetters] = useState(false);
  const { pace } = useSnapshot().station;
  const { locked } = session;
  const [retrying, setRetrying] = useState(false);
  // A lock that was lifted or has run out does not come back with its notice put aside. Every snapshot
  // tells the same lock anew, which takes nobody's keys away again.
  const wasLocked = locked !== undefined;
  useEffect(() => {
    if (wasLocked) setRetrying(false);
  }, [wasLocked]);
  const isLocked = wasLocked && !retrying;
  /** What the station is being asked about. */
  const asked = useRef('');
  const confirm = () => {
    if (busy || isLocked || !normaliseLastFour(typed).ok) return;
    asked.current = typed;
    void send('session.confirmLastFour', { lastFour: typed }).then((result) => {
      asked.current = '';
      if (result.ok) return;
      // A wrong entry starts afresh; what was typed since is the next one.
      setTyped((present) => (present === typed ? '' : present));
      if (result.error.code !== 'eligibility.locked') return;
      setRetrying(false);
      // The page says so by itself, and for longer.
      dismissFailure();
    });
  };
  const add = (character: string) => {
    if (isLocked) return;
    const pending = asked.current;
    setTyped((present) => {
      const before = present === pending ? '' : present;
      return (before + character.toUpperCase()).slice(0, LENGTH);
    });
  };
  // In 快速 the fourth character is the confirmation.
  const confirmed = useRef(confirm);
  confirmed.current = confirm;
  const complete = pace === 'express' && typed.length === LENGTH;
  useEffect(() => {
    if (complete) confirmed.current();
  }, [complete]);
  const erase = () => setTyped((present) => present.slice(0, -1));
  useTyping({ accepts: /^[0-9a-z]$/i, onCharacter: add, onErase: erase, onEnter: confirm });
  return (
    <Page
      aside={<TimeLeft expiresAt={session.expiresAt} />}
      back
      lead={t('verify.lead')}
      note={t('verify.notMe')}
      primary={{
        id: 'confirm-last-four',
        label: t('verify.confirm'),
        onPress: confirm,
        disabled: isLocked || !normaliseLastFour(typed).ok,
      }}
      step="verify"
      title={t('verify.title')}
    >
      <div className={styles.columns}>
        <StudentCard student={session.student} />
        {isLocked ? (
          <Locked minutes={locked.minutes} onRetry={() => setRetrying(true)} />
        ) : (
          <section className={styles.entry}>
            <header className={styles.header}>
              <h2 className={styles.label}>
                {t('verify.lastFour')}
                <small>{t('verify.lastFourHint')}</small>
              </h2>
              <Button data-testid="toggle-letters" onClick={() => setLetters(!letters)}>
                {letters ? t('verify.digits') : t('verify.letters')}
              </Button>
            </header>
            <Slots typed={typed} />
            <LastFourKeys
              disabled={busy}
              letters={letters}
              onCharacter={add}
              onClear={() => setTyped('')}
              onErase={erase}
            />
          </section>
        )}
      </div>
    </Page>
  );
}

type LockedProps = { readonly minutes: number; readonly onRetry: () => void };

/** In the place of the keys, which are of no use now; whoever waited may try again. */
function Locked({ minutes, onRetry }: LockedProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.locked} data-testid="locked">
      <LockFilled className={styles.lockedIcon ?? ''} />
      <h2>{t('verify.locked')}</h2>
      <p>{t('verify.lockedDetail')}</p>
      <p className={card.quiet}>{t('verify.lockedUntil', { minutes })}</p>
      <Button data-testid="retry-last-four" onClick={onRetry} size="large">
        {t('verify.lockedRetry')}
      </Button>
    </section>
  );
}

function TimeLeft({ expiresAt }: { expiresAt: string }) {
  const { t } = useTranslation();
  const seconds = useSecondsLeft(expiresAt);
  return (
    <p className={card.quiet}>
      <ClockCircleOutlined /> {t('verify.expires', { time: clock(seconds) })}
    </p>
  );
}

function StudentCard({ student }: { student: StudentView }) {
  const { t } = useTranslation();
  const facts = useMemo(
    () => [
      { label: t('verify.name'), value: student.maskedName },
      { label: t('verify.idNumber'), value: withoutLastFour(student.maskedIdNumber) },
      { label: t('verify.school'), value: student.school },
      { label: t('verify.college'), value: student.college },
      { label: t('verify.major'), value: student.major },
      { label: t('verify.level'), value: student.level },
      {
        label: t('verify.year'),
        value: student.graduationYear && t('verify.yearValue', { year: student.graduationYear }),
      },
    ],
    [student, t],
  );
  return (
    <section className={`${card.card} ${styles.record}`} data-testid="student">
      <h2 className={card.heading}>{t('verify.record')}</h2>
      <Facts facts={facts} />
    </section>
  );
}

/** The last four are what the graduate is asked for: this page must not show them, masked or not. */
function withoutLastFour(maskedIdNumber: string): string {
  return `${maskedIdNumber.slice(0, -LENGTH)}${'*'.repeat(LENGTH)}`;
}

function Slots({ typed }: { typed: string }) {
  const { t } = useTranslation();
  return (
    <output aria-label={t('verify.lastFour')} className={styles.slots} data-testid="last-four">
      {Array.from({ length: LENGTH }, (_, index) => (
        <span
          className={styles.slot}
          data-filled={index < typed.length}
          data-next={index === typed.length}
          key={t('verify.slot', { n: index + 1 })}
        >
          {typed[index] ?? ''}
        </span>
      ))}
    </output>
  );
}
