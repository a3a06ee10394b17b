import {
  CloseOutlined,
  ReloadOutlined,
  SwapOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type ClassListView,
  type ClassPersonView,
  classTitle,
  countClass,
} from '../../../shared/index.ts';
import { dismissFailure, send, useBusy, useSnapshot } from '../../state/station-store.ts';
import { timeOfDay } from '../../ui/amounts.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { AbsenteesDialog } from './absentees-dialog.tsx';
import styles from './class-desk.module.css';

type ClassDeskProps = {
  readonly list: ClassListView;
  /** Nobody is called or in a visit. */
  readonly free: boolean;
  readonly onBegun: () => void;
  readonly onChange: () => void;
};

/** 按名单拍摄: a class in the order of its roster, from the first to the last or absent. */
export function ClassDesk({ list, free, onBegun, onChange }: ClassDeskProps) {
  const [absentees, setAbsentees] = useState(false);
  const next = list.people.find(({ state }) => state === 'open' || state === 'here');
  return (
    <section className={styles.desk} data-testid="class-desk">
      <Head list={list} onAbsentees={() => setAbsentees(true)} onChange={onChange} />
      <ol className={styles.people}>
        {list.people.map((person) => (
          <Person
            free={free}
            isNext={person === next}
            key={person.entryId}
            onBegun={onBegun}
            person={person}
          />
        ))}
      </ol>
      {absentees && <AbsenteesDialog list={list} onClose={() => setAbsentees(false)} />}
    </section>
  );
}

type HeadProps = {
  readonly list: ClassListView;
  readonly onAbsentees: () => void;
  readonly onChange: () => void;
};

function Head({ list, onAbsentees, onChange }: HeadProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const busy = useBusy();
  const { online } = useSnapshot().connection;
  const { people, done, absent } = countClass(list.people);
  const { batchId, college, className } = list;
  const refresh = () => {
    dismissFailure();
    void send('staff.openClass', { batchId, college, className });
  };
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <h3>{classTitle(list) || t('staff.classes.nameless')}</h3>
        <p className={styles.counts} data-testid="class-counts" role="status">
          {t('staff.classes.counts', { done, people, absent })}
        </p>
      </div>
      <Progress
        aria-label={t('staff.classes.counts', { done, people, absent })}
        percent={(100 * (done + absent)) / Math.max(1, people)}
        showInfo={false}
        success={{ percent: (100 * done) / Math.max(1, people) }}
      />
      <p className={styles.note}>
        {online
          ? t('staff.classes.loadedAt', { time: timeOfDay(list.loadedAt, language) })
          : t('staff.classes.offline')}
        {list.more && ` ${t('staff.classes.more', { count: people })}`}
      </p>
      <div className={styles.tools}>
        <Button
          data-testid="show-absentees"
          disabled={absent === 0}
          icon={<UnorderedListOutlined />}
          onClick={onAbsentees}
        >
          {t('staff.classes.absentees')}
        </Button>
        <Button
          data-testid="refresh-class"
          disabled={!online || busy}
          icon={<ReloadOutlined />}
          onClick={refresh}
        >
          {t('staff.classes.refresh')}
        </Button>
        <Button
          data-testid="change-class"
          disabled={!online}
          icon={<SwapOutlined />}
          onClick={onChange}
        >
          {t('staff.classes.change')}
        </Button>
        <Button
          data-testid="close-class"
          disabled={busy}
          icon={<CloseOutlined />}
          onClick={() => void send('staff.closeClass', {})}
        >
          {t('staff.classes.close')}
        </Button>
      </div>
    </header>
  );
}

type PersonProps = {
  readonly person: ClassPersonView;
  readonly isNext: boolean;
  readonly free: boolean;
  readonly onBegun: () => void;
};

function Person({ person, isNext, free, onBegun }: PersonProps) {
  const { t } = useTranslation();
  const busy = useBusy();
  const { entryId, maskedName, studentNumberEnd, state, number, needsCode } = person;
  const word = state === 'called' && needsCode ? 'awaitsCode' : state;
  const whose = `${maskedName} ${studentNumberEnd}`;
  const begin = async () => {
    const result = await send('staff.beginOfClass', { entryId });
    if (result.ok && result.value.begun) onBegun();
  };
  const mark = (absent: boolean) => void send('staff.markAbsent', { entryId, absent });
  const mayBegin = state === 'open' || state === 'here' || state === 'absent';
  return (
    <li
      aria-current={isNext ? 'true' : undefined}
      className={styles.person}
      data-state={state}
      data-testid={`person-${studentNumberEnd}`}
    >
      <span className={styles.name}>
        {maskedName}
        <small>{t('staff.queue.numberEnd', { end: studentNumberEnd })}</small>
      </span>
      {number !== undefined && <strong className={styles.number}>{number}</strong>}
      {word !== 'open' && <span className={styles.state}>{t(`staff.classes.state.${word}`)}</span>}
      {(state === 'open' || state === 'here') && (
        <Button
          aria-label={`${t('staff.classes.absent')} ${whose}`}
          data-testid={`absent-${studentNumberEnd}`}
          disabled={busy}
          onClick={() => mark(true)}
        >
          {t('staff.classes.absent')}
        </Button>
      )}
      {state === 'absent' && (
        <Button
          aria-label={`${t('staff.classes.notAbsent')} ${whose}`}
          data-testid={`not-absent-${studentNumberEnd}`}
          disabled={busy}
          onClick={() => mark(false)}
        >
          {t('staff.classes.notAbsent')}
        </Button>
      )}
      {mayBegin && (
        <Button
          aria-label={`${t('staff.classes.begin')} ${whose}`}
          data-testid={`begin-${studentNumberEnd}`}
          disabled={!free || busy}
          onClick={() => void begin()}
          type={isNext ? 'primary' : 'default'}
        >
          {t('staff.classes.begin')}
        </Button>
      )}
    </li>
  );
}
