import { ConfigProvider, Spin } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import {
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import styles from './app.module.css';
import { useWarmCamera, wantsCamera } from './camera/portrait-camera.ts';
import { CustomerService } from './features/customer-service/customer-service.tsx';
import { ConnectionLost } from './features/desk/connection-lost.tsx';
import { FullScreen } from './features/desk/full-screen.tsx';
import { CrashBoundary } from './features/shell/crash-boundary.tsx';
import { IdleWarning } from './features/shell/idle-warning.tsx';
import { SampleBanner } from './features/shell/sample-banner.tsx';
import { TopBar } from './features/shell/top-bar.tsx';
import { useActivity } from './features/shell/use-activity.ts';
import { i18n } from './i18n/i18n.ts';
import { SessionPage } from './session-page.tsx';
import { forgetPictures } from './state/picture-store.ts';
import { stationShell, useMirror, useSnapshot } from './state/station-store.ts';
import { useRem } from './ui/root-scale.ts';
import { kioskTheme } from './ui/theme.ts';
import { useLanguage } from './ui/use-language.ts';

const StaffPage = lazy(() => import('./features/staff/staff-page.tsx'));
const DevDock = lazy(() => import('./dev-dock/dev-dock.tsx'));

/** The nonce under which Ant Design may write its styles, when the shell's policy asks for one. */
function styleNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
}

export function App() {
  const rem = useRem();
  const language = useLanguage();
  const theme = useMemo(() => kioskTheme(rem), [rem]);
  const csp = useMemo(() => ({ nonce: styleNonce() ?? '' }), []);
  useEffect(() => {
    void i18n.changeLanguage(language);
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  return (
    <I18nextProvider i18n={i18n}>
      <ConfigProvider
        button={{ autoInsertSpace: false }}
        csp={csp}
        locale={language === 'zh' ? zhCN : enGB}
        theme={theme}
        wave={{ disabled: true }}
      >
        <div className={styles.app}>
          <CrashBoundary>
            <Suspense fallback={<Waiting />}>
              <Screen />
            </Suspense>
          </CrashBoundary>
        </div>
      </ConfigProvider>
    </I18nextProvider>
  );
}

function Screen() {
  const present = useMirror((mirror) => mirror.snapshot !== undefined);
  return present ? <Kiosk /> : <Waiting />;
}

function Kiosk() {
  const { station, session, screen, tablet } = useSnapshot();
  useTabletMeasure(tablet !== undefined);
  const [staff, setStaff] = useState(false);
  // What staff say about a photo they say before it; everything else of theirs is on their own page.
  const onSite = session.step === 'judged';
  const over = staff || (station.staffUnlocked && !onSite) || !station.enrolled;
  // Where the graduate has a screen of their own, this one is the staff's, and theirs alone.
  const desk = screen === 'desk' || (screen !== 'graduate' && over);
  useWarmCamera(!desk && wantsCamera(session.step, station.pace));
  useActivity();
  // Once it is open the core alone keeps it so: when it locks itself, graduates find their page.
  useEffect(() => {
    if (station.staffUnlocked) setStaff(false);
  }, [station.staffUnlocked]);
  useEffect(() => {
    if (session.step === 'welcome') forgetPictures();
  }, [session.step]);
  // Two cameras or two primary actions must not be alive, so the staff page replaces the visit.
  if (desk)
    return (
      <>
        <StaffPage onClose={() => setStaff(false)} />
        <ConnectionLost />
      </>
    );
  return (
    <>
      <div className={styles.frame}>
        <SampleBanner />
        <TopBar onStaff={screen === 'graduate' ? undefined : () => setStaff(true)} />
        <Suspense fallback={<Waiting />}>
          <SessionPage onStaff={() => setStaff(true)} pace={station.pace} session={session} />
        </Suspense>
      </div>
      {/* What one visitor opened is not open for the next. */}
      <CustomerService key={session.step === 'welcome' ? 'nobody' : 'visit'} />
      {station.sample && <DevDock />}
      <IdleWarning />
      {screen === 'graduate' && stationShell() === 'browser' && <FullScreen />}
    </>
  );
}

/** A tablet has a measure of its own, see base.css. */
function useTabletMeasure(isTablet: boolean): void {
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-tablet', isTablet);
    // Whoever counts in pixels measures anew.
    window.dispatchEvent(new Event('resize'));
  }, [isTablet]);
}

function Waiting(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={styles.waiting}>
      <Spin size="large" />
      <p>{t('app.starting')}</p>
    </div>
  );
}
