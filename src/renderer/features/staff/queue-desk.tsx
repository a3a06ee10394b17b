import { ScanOutlined, SoundOutlined, TeamOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckedIn, QueueEntryView, SessionStep } from '../../../shared/index.ts';
import { dismissFailure, send, useBusy, useSnapshot } from '../../state/station-store.ts';
import { timeOfDay } from '../../ui/amounts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import { prompt } from '../../voice/prompt.ts';
import { useHandScanner } from '../scan/use-hand-scanner.ts';
import { ArrivalBar } from './arrival-bar.tsx';
import { ClassChoiceDialog } from './class-choice-dialog.tsx';
import { ClassDesk } from './class-desk.tsx';
import styles from './queue-desk.module.css';
import { RosterSearchDialog } from './roster-search-dialog.tsx';

const NOBODY = { entries: [], waiting: 0, done: 0 } as const;
/** Where no visit is under way that another one would have to wait for. */
const FREE: readonly SessionStep[] = ['welcome', 'scanCode'];

/** The queue of the station: who checks in by a scan, whose turn it is, and who was not there. */
export function QueueDesk({ onBegun }: { onBegun: () => void }) {
  const { queue, classList, session } = useSnapshot();
  const { entries, waiting, done } = queue ?? NOBODY;
  const [choosing, setChoosing] = useState(false);
  const [byClass, setByClass] = useState(classList !== undefined);
  const called = entries.find(({ state }) => state === 'called');
  const inVisit = entries.find(({ state }) => state === 'inVisit');
  const before = useRef(called?.id);
  const isNew = called !== undefined && called.id !== before.current;
  useEffect(() => {
    if (called === undefined) before.current = undefined;
  }, [called]);
  const others = entries.filter((entry) => entry !== called && entry !== inVisit);
  return (
    <section className={styles.desk} data-testid="queue-desk">
      <div className={styles.turn}>
        {called ? (
          <Called entry={called} isNew={isNew} key={called.id} onBegun={onBegun} />
        ) : (
          <CallNext next={others.find(({ state }) => state !== 'absent')} />
        )}
        {inVisit && <InVisit entry={inVisit} />}
        <CheckIn done={done} waiting={waiting} />
      </div>
      <div className={styles.line}>
        <Ways
          byClass={byClass && classList !== undefined}
          hasClass={classList !== undefined}
          onChoose={() => setChoosing(true)}
          onTurn={setByClass}
        />
        {byClass && classList ? (
          <ClassDesk
            free={!called && !inVisit && FREE.includes(session.step)}
            list={classList}
            onBegun={onBegun}
            onChange={() => setChoosing(true)}
          />
        ) : (
          <>
            <ArrivalBar />
            <Line entries={others} mayCall={!called} />
          </>
        )}
      </div>
      {choosing && (
        <ClassChoiceDialog
          onClose={() => setChoosing(false)}
          onOpened={() => {
            setChoosing(false);
            setByClass(true);
          }}
        />
      )}
    </section>
  );
}

type WaysProps = {
  readonly byClass: boolean;
  readonly hasClass: boolean;
  readonly onTurn: (byClass: boolean) => void;
  readonly onChoose: () => void;
};

/** In the order of arrival, or by the list of a class. */
function Ways({ byClass, hasClass, onTurn, onChoose }: WaysProps) {
  const { t } = useTranslation();
  const turn = (toClass: boolean) => (toClass && !hasClass ? onChoose() : onTurn(toClass));
  return (
    <Segmented
      block
      className={styles.ways ?? ''}
      data-testid="queue-ways"
      onChange={(way) => turn(way === 'class')}
      options={[
        { label: t('staff.queue.byArrival'), value: 'arrival' },
        { label: t('staff.queue.byClass'), value: 'class' },
      ]}
      size="large"
      value={byClass ? 'class' : 'arrival'}
    />
  );
}

function CallNext({ next }: { next: QueueEntryView | undefined }) {
  const { t } = useTranslation();
  const busy = useBusy();
  return (
    <div className={styles.card} data-testid="nobody-called">
      <p className={styles.quiet}>
        {next ? t('staff.queue.next', { number: next.number }) : t('staff.queue.noneYet')}
      </p>
      <Button
        className={styles.main ?? ''}
        data-testid="call-next"
        disabled={!next || busy}
        onClick={() => void send('staff.queueCall', {})}
        size="large"
        type="primary"
      >
        {t('staff.queue.callNext')}
      </Button>
    </div>
  );
}

type CalledProps = {
  readonly entry: QueueEntryView;
  readonly isNew: boolean;
  readonly onBegun: () => void;
};

/** Large, to be read from a few steps away, and said aloud as it appears by a call. */
function Called({ entry, isNew, onBegun }: CalledProps) {
  const { t } = useTranslation();
  const busy = useBusy();
  const { session } = useSnapshot();
  const say = useCallOut(entry.number, isNew);
  const free = FREE.includes(session.step);
  const begin = async () => {
    const begun = await send('staff.queueBegin', { id: entry.id });
    if (begun.ok) onBegun();
  };
  return (
    <div className={styles.card} data-called="true" data-testid="called">
      <p className={styles.quiet}>{t('staff.queue.nowCalled')}</p>
      <p className={styles.number}>{entry.number}</p>
      <p className={styles.name}>{entry.maskedName ?? t('staff.queue.nameless')}</p>
      {entry.needsCode && <p className={styles.notice}>{t('staff.queue.needsCode')}</p>}
      {!free && <p className={styles.notice}>{t('staff.queue.notFree')}</p>}
      <Button
        className={styles.main ?? ''}
        data-testid="begin-visit"
        disabled={entry.needsCode || !free || busy}
        onClick={() => void begin()}
        size="large"
        type="primary"
      >
        {t('staff.queue.begin')}
      </Button>
      <div className={styles.pair}>
        <Button data-testid="call-again" icon={<SoundOutlined />} onClick={say} size="large">
          {t('staff.queue.callAgain')}
        </Button>
        <Button
          data-testid="miss"
          disabled={busy}
          onClick={() => void send('staff.queueMiss', { id: entry.id })}
          size="large"
        >
          {t('staff.queue.miss')}
        </Button>
      </div>
    </div>
  );
}

/** Nothing is said by itself of who had been called before this page was opened. */
function useCallOut(number: string, isNew: boolean): () => void {
  const { t } = useTranslation();
  const { language, station } = useSnapshot();
  const say = () =>
    prompt(
      // Digit by digit, or a voice makes twelve of 012.
      { text: t('staff.queue.spoken', { number: [...number].join(' ') }), tone: 'attention' },
      language,
      station.voiceVolume,
    );
  const latest = useRef(say);
  latest.current = say;
  useEffect(() => {
    if (isNew) latest.current();
  }, [isNew]);
  return say;
}

function InVisit({ entry }: { entry: QueueEntryView }) {
  const { t } = useTranslation();
  return (
    <p className={styles.present} data-testid="in-visit">
      <span>{t('staff.queue.inVisit')}</span>
      <strong>{entry.number}</strong>
      <span>{entry.maskedName ?? t('staff.queue.nameless')}</span>
    </p>
  );
}

function CheckIn({ waiting, done }: { waiting: number; done: number }) {
  const { t } = useTranslation();
  const [last, setLast] = useState<CheckedIn>();
  const [searching, setSearching] = useState(false);
  // Side by side: the next person's code is not lost while the server is asked about this one's.
  useHandScanner(async (code) => {
    if ('payload' in code && code.payload.trim() === '') return;
    dismissFailure();
    setLast(undefined);
    const result = await send('staff.queueCheckIn', code);
    if (result.ok) setLast(result.value);
  });
  return (
    <header className={styles.checkIn}>
      <ScanOutlined className={styles.icon ?? ''} />
      <div className={styles.words}>
        <p>{t('staff.queue.scan')}</p>
        <p
          className={styles.last}
          data-done={last !== undefined}
          data-testid="checked-in"
          role="status"
        >
          {last
            ? t(`staff.queue.checkedIn.${last.outcome}`, { number: last.number })
            : t('staff.queue.counts', { waiting, done })}
        </p>
      </div>
      <Button data-testid="open-search" onClick={() => setSearching(true)} size="large">
        {t('staff.queue.search')}
      </Button>
      {searching && (
        <RosterSearchDialog
          onCheckedIn={(checkedIn) => {
            setLast(checkedIn);
            setSearching(false);
          }}
          onClose={() => setSearching(false)}
        />
      )}
    </header>
  );
}

type LineProps = { readonly entries: readonly QueueEntryView[]; readonly mayCall: boolean };

function Line({ entries, mayCall }: LineProps) {
  const { t } = useTranslation();
  if (entries.length === 0)
    return (
      <EmptyState
        detail={t('staff.queue.emptyDetail')}
        icon={<TeamOutlined />}
        title={t('staff.queue.empty')}
      />
    );
  const here = entries.filter(({ state }) => state !== 'absent');
  const absent = entries.filter(({ state }) => state === 'absent');
  return (
    <ol className={styles.rows} data-testid="queue">
      {[...here, ...absent].map((entry) => (
        <Waiting entry={entry} key={entry.id} mayCall={mayCall} />
      ))}
    </ol>
  );
}

function Waiting({ entry, mayCall }: { entry: QueueEntryView; mayCall: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const busy = useBusy();
  const { id, number, state, maskedName, since } = entry;
  return (
    <li className={styles.row} data-state={state} data-testid={`queue-${number}`}>
      <strong className={styles.rowNumber}>{number}</strong>
      <span className={styles.rowName}>
        {maskedName ?? t('staff.queue.nameless')}
        <small>{t('staff.queue.since', { time: timeOfDay(since, language) })}</small>
      </span>
      {state !== 'waiting' && (
        <span className={styles.state}>{t(`staff.queue.state.${stateWord(state)}`)}</span>
      )}
      <Button
        aria-label={`${t('staff.queue.call')} ${number}`}
        data-testid={`call-${number}`}
        disabled={!mayCall || busy}
        onClick={() => void send('staff.queueCall', { id })}
      >
        {t('staff.queue.call')}
      </Button>
    </li>
  );
}

const stateWord = (state: QueueEntryView['state']) =>
  state === 'absent' ? 'absent' : 'handedBack';
