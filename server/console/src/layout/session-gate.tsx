import { Button, Result, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { failureOf, onSignedOut } from '../api/client.ts';
import { StaffProvider, useSessionActions, useSessionQuery } from '../api/session.tsx';
import { LoginPage } from '../features/login/login-page.tsx';
import { NewPasswordPage } from '../features/login/new-password-page.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './session-gate.module.css';
import { Shell } from './shell.tsx';

/** Shows the login, the forced change of password or the console, whichever the session needs. */
export function SessionGate() {
  const session = useSessionQuery();
  const { t, explain, language } = useLanguage();
  const { entered, forget } = useSessionActions();
  const [lost, setLost] = useState(false);
  useEffect(
    () =>
      onSignedOut(() => {
        setLost(true);
        forget();
      }),
    [forget],
  );
  useEffect(() => {
    document.title = `${t.product} · ${t.console}`;
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [t, language]);
  if (session.isPending) return <Spin className={styles.waiting ?? ''} size="large" />;
  if (session.isError)
    return (
      <Result
        status="warning"
        title={explain(failureOf(session.error))}
        extra={<Button onClick={() => session.refetch()}>{t.common.retry}</Button>}
      />
    );
  if (!session.data)
    return (
      <LoginPage
        lost={lost}
        onEntered={(staff) => {
          setLost(false);
          entered(staff);
        }}
      />
    );
  if (session.data.mustChangePassword)
    return <NewPasswordPage staff={session.data} onChanged={entered} />;
  return (
    <StaffProvider staff={session.data}>
      <Shell />
    </StaffProvider>
  );
}
