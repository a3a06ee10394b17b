import { DesktopOutlined, InfoCircleOutlined } from '@ant-design/icons';
import { errorSentence } from '@gradshot/domain';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../../shared/index.ts';
import { useSnapshot } from '../../state/station-store.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { submitScanned } from '../scan/submit-code.ts';
import { useHandScanner } from '../scan/use-hand-scanner.ts';
import { phaseOf } from '../shell/journey.ts';
import { LiveCamera } from './live-camera.tsx';
import { ResultDesk } from './result-desk.tsx';
import { ShotDesk } from './shot-desk.tsx';
import styles from './visit-beside.module.css';

/** What the graduate's screen shows, and what staff may do about it, beside the rest of their desk. */
export function VisitBeside() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { session, failure } = useSnapshot();
  const phase = phaseOf(session.step);
  const free = session.step === 'welcome' || session.step === 'scanCode';
  // The keys are the desk's, and with them the scanner; over it lies the queue's own, while that is open.
  useHandScanner(free ? submitScanned : undefined);
  return (
    <aside className={styles.beside} data-step={session.step} data-testid="visit-beside">
      <header className={styles.header}>
        <DesktopOutlined className={styles.icon ?? ''} />
        <h2 className={styles.title}>
          {t('staff.live.title')}
          {'student' in session && ` · ${session.student.maskedName}`}
        </h2>
        {phase && <span className={styles.phase}>{t(`journey.${phase}`)}</span>}
      </header>
      {failure && (
        <p className={styles.failure} data-testid="visit-failure">
          <InfoCircleOutlined /> {errorSentence(failure, language)}
        </p>
      )}
      <Stage session={session} />
    </aside>
  );
}

function Stage({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  switch (session.step) {
    case 'camera':
      return <LiveCamera />;
    case 'reviewShot':
    case 'kept':
    case 'judging':
      return <ShotDesk session={session} />;
    case 'judged':
      return (
        <>
          <ShotDesk session={session} />
          <ResultDesk key={session.shot.photoId} session={session} />
        </>
      );
    case 'welcome':
      return <p className={styles.quiet}>{t('staff.live.nobody')}</p>;
    default:
      return <p className={styles.quiet}>{t('staff.live.noPicture')}</p>;
  }
}
