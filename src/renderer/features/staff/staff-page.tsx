import { Button, Tabs } from 'antd';
import type { TFunction } from 'i18next';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { send, useSnapshot } from '../../state/station-store.ts';
import { VisitBeside } from '../desk/visit-beside.tsx';
import { BrandMark } from '../shell/brand-mark.tsx';
import { LanguageButton } from '../shell/top-bar.tsx';
import { CodeDesk } from './code-desk.tsx';
import { DayReportPage } from './day-report.tsx';
import { DiagnosticsList } from './diagnostics-list.tsx';
import { EnrolmentForm } from './enrolment-form.tsx';
import { OfflineVisits } from './offline-visits.tsx';
import { OutboxList } from './outbox-list.tsx';
import { PhotoStick } from './photo-stick.tsx';
import { PinPad } from './pin-pad.tsx';
import { PortraitSourceChoice } from './portrait-source.tsx';
import { PrintDesk } from './print-desk.tsx';
import { QueueDesk } from './queue-desk.tsx';
import { RecoveryNotice } from './recovery-notice.tsx';
import { SecondScreen } from './second-screen.tsx';
import { StaffFailure } from './staff-failure.tsx';
import styles from './staff-page.module.css';
import { StationFacts } from './station-facts.tsx';
import { TabletAccess } from './tablet-access.tsx';
import { VisitDesk } from './visit-desk.tsx';
import { PaceChoice, VoiceChoice } from './visit-manner.tsx';

/** Lies over the visit: enrolment while the station is new, else the PIN, else the staff's tabs. */
export default function StaffPage({ onClose }: { onClose: () => void }) {
  const { station, screen, tablet } = useSnapshot();
  const { enrolled, staffUnlocked } = station;
  const beside = screen === 'desk';
  return (
    <main className={styles.page} data-beside={beside && staffUnlocked} data-testid="page-staff">
      {!enrolled ? (
        tablet ? (
          <NotEnrolled />
        ) : (
          <FirstEnrolment />
        )
      ) : !staffUnlocked ? (
        <Gate onClose={beside ? undefined : onClose} />
      ) : beside ? (
        <DeskBeside />
      ) : (
        <Desk onClose={onClose} />
      )}
    </main>
  );
}

function FirstEnrolment() {
  const { t } = useTranslation();
  const { outbox, parked } = useSnapshot().connection;
  const waiting = outbox + parked;
  // Photos wait here: the station was enrolled before, and lost what it knew of itself.
  const lead = waiting > 0 ? t('staff.enrolLost', { waiting }) : t('staff.enrolLead');
  return (
    <>
      <Header end={<LanguageButton />} lead={lead} title={t('staff.enrolTitle')} />
      <RecoveryNotice />
      <EnrolmentForm />
    </>
  );
}

/** Enrolment is done at the station's own screen. */
function NotEnrolled() {
  const { t } = useTranslation();
  return <Header end={<LanguageButton />} title={t('staff.tablets.notEnrolled')} />;
}

type HeaderProps = {
  readonly title: string;
  readonly lead?: string;
  readonly end: ReactNode;
};

function Header({ title, lead, end }: HeaderProps) {
  return (
    <header className={styles.header}>
      <BrandMark className={styles.mark} />
      <div className={styles.headline}>
        <h1 className={styles.title}>{title}</h1>
        {lead !== undefined && <p className={styles.quiet}>{lead}</p>}
      </div>
      {end}
    </header>
  );
}

/** The PIN; who forgot it sets another by enrolling the station again, for which the code is proof. */
function Gate({ onClose }: { onClose: (() => void) | undefined }) {
  const { tablet } = useSnapshot();
  const [forgotten, setForgotten] = useState(false);
  // Another PIN is set at the station's own screen.
  if (tablet) return <PinPad onClose={onClose} onForgotten={undefined} />;
  if (!forgotten) return <PinPad onClose={onClose} onForgotten={() => setForgotten(true)} />;
  return (
    <EnrolmentAnew
      onBack={() => setForgotten(false)}
      onLeft={onClose ?? (() => setForgotten(false))}
    />
  );
}

/** Milliseconds without a touch after which the form goes, or a kiosk that nobody watches stands still. */
const PATIENCE_MS = 300_000;

function EnrolmentAnew({ onBack, onLeft }: { onBack: () => void; onLeft: () => void }) {
  const { t } = useTranslation();
  const latest = useRef(onLeft);
  latest.current = onLeft;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const touched = () => {
      clearTimeout(timer);
      timer = setTimeout(() => latest.current(), PATIENCE_MS);
    };
    touched();
    const events = ['pointerdown', 'keydown'] as const;
    for (const event of events) window.addEventListener(event, touched);
    return () => {
      clearTimeout(timer);
      for (const event of events) window.removeEventListener(event, touched);
    };
  }, []);
  const back = (
    <Button data-testid="staff-close" onClick={onBack} size="large">
      {t('app.cancel')}
    </Button>
  );
  return (
    <>
      <Header end={back} lead={t('staff.enrolAgainLead')} title={t('staff.enrolAgain')} />
      <EnrolmentForm onDone={onBack} />
    </>
  );
}

/** The whole time, while the graduate has a screen of their own: what staff do there does not lock it. */
function DeskBeside() {
  const { t } = useTranslation();
  const { tablet } = useSnapshot();
  const lock = () => void send('staff.lock', {});
  return (
    <>
      <Header
        end={
          <>
            <LanguageButton />
            <Button data-testid="staff-lock" onClick={lock} size="large">
              {t('staff.lock')}
            </Button>
          </>
        }
        title={tablet ? `${t('staff.title')} · ${tablet.name}` : t('staff.title')}
      />
      <div className={styles.columns}>
        <VisitBeside />
        <div className={styles.rest}>
          <StaffFailure />
          <RecoveryNotice />
          <VisitDesk onDone={nothing} />
          <DeskTabs onDone={nothing} />
        </div>
      </div>
    </>
  );
}

const nothing = () => undefined;

function Desk({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { session } = useSnapshot();
  const lock = async () => {
    await send('staff.lock', {});
    onClose();
  };
  return (
    <>
      <Header
        end={
          <>
            {session.step === 'judged' && (
              <Button data-testid="to-photo" onClick={onClose} size="large">
                {t('judged.onSite.toPhoto')}
              </Button>
            )}
            <Button data-testid="staff-lock" onClick={() => void lock()} size="large">
              {t('staff.lock')}
            </Button>
          </>
        }
        title={t('staff.title')}
      />
      <StaffFailure />
      <RecoveryNotice />
      <VisitDesk onDone={() => void lock()} />
      <DeskTabs onDone={() => void lock()} />
    </>
  );
}

/** `onDone`: a visit has begun. */
function DeskTabs({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { connection, queue, screen, tablet } = useSnapshot();
  const { outbox, parked } = connection;
  const inLine = queue?.waiting ?? 0;
  const waiting = outbox + parked;
  // Nine tabs in a row, none of them behind a "more", also where there is little room for them.
  const narrow = screen === 'desk' || window.innerHeight > window.innerWidth;
  return (
    <Tabs
      className={styles.tabs ?? ''}
      // Where people queue, their turn is what staff come for.
      defaultActiveKey={queue && queue.entries.length > 0 ? 'queue' : 'outbox'}
      items={[
        tab('queue', counted(t('staff.tabQueue'), inLine), <QueueDesk onBegun={onDone} />),
        tab('outbox', counted(t('staff.tabOutbox'), waiting), <Unsent />),
        tab('code', t('staff.tabCode'), <CodeDesk onBegun={onDone} />),
        tab('report', t('staff.tabReport'), <DayReportPage />),
        ...(tablet ? [] : ofTheMachine(t)),
        tab('visit', t('staff.tabVisit'), <Manner />),
        ...(tablet ? [] : [tab('source', t('staff.tabSource'), <PortraitSourceChoice />)]),
      ]}
      size="large"
      {...(narrow ? { tabBarGutter: 0 } : {})}
    />
  );
}

/** What is plugged into the station and set on it is no tablet's. */
function ofTheMachine(t: TFunction) {
  return [
    tab('print', t('staff.print'), <PrintDesk />),
    tab('diagnostics', t('staff.tabDiagnostics'), <DiagnosticsList />),
    tab('station', t('staff.tabStation'), <StationFacts />),
  ];
}

const counted = (label: string, count: number) => (count > 0 ? `${label} ${count}` : label);

function tab(key: string, label: string, children: ReactNode) {
  // A queue that is not looked at hears no scanner.
  const destroyOnHidden = key === 'queue';
  return { key, label: <span data-testid={`tab-${key}`}>{label}</span>, children, destroyOnHidden };
}

function Unsent() {
  const { connection, offline, tablet } = useSnapshot();
  const visits = offline?.visits.length ?? 0;
  // Where offline visits are all that waits, an empty list below them would say that nothing does.
  const others = connection.outbox + connection.parked > visits;
  return (
    <>
      <OfflineVisits />
      {!tablet && <PhotoStick />}
      {(others || visits === 0) && <OutboxList />}
    </>
  );
}

function Manner() {
  const { tablet } = useSnapshot();
  return (
    <>
      <PaceChoice />
      <VoiceChoice />
      {!tablet && <SecondScreen />}
      {!tablet && <TabletAccess />}
    </>
  );
}
