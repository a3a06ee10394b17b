import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionStep } from '../../shared/index.ts';
import { send, useBusy, useFailure } from '../state/station-store.ts';
import { FailureMessage } from './failure-message.tsx';
import styles from './page.module.css';

/** A button of the action bar. */
export type PageAction = {
  /** `data-testid`. */
  readonly id: string;
  readonly label: string;
  readonly onPress: () => void;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  /** Usable while a command runs, e.g. to cancel it. */
  readonly whileBusy?: boolean;
};

export type PageProps = {
  readonly step: SessionStep;
  readonly title: string;
  readonly lead?: ReactNode;
  /** Shows 返回, which asks the core to go one step back. */
  readonly back?: boolean;
  readonly secondary?: PageAction | undefined;
  readonly primary?: PageAction | undefined;
  /** One quiet sentence in the action bar; a failure takes its place. */
  readonly note?: ReactNode;
  /** Right of the title, e.g. a clock. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
};

/**
 * The one page layout: title above, content between, and the action bar below with 返回 at its
 * left, the message in its middle and the primary action at its right, on every page alike.
 */
export function Page(props: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <main className={styles.page} data-testid={`page-${props.step}`}>
      <header className={styles.header}>
        <div className={styles.headline}>
          <h1 className={styles.title} ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
          {props.lead !== undefined && <p className={styles.lead}>{props.lead}</p>}
        </div>
        {props.aside}
      </header>
      <div className={styles.content}>{props.children}</div>
      <ActionBar {...props} />
    </main>
  );
}

type BarProps = Pick<PageProps, 'back' | 'secondary' | 'primary' | 'note'>;

/** Also used by the welcome page, which has no title row. */
export function ActionBar({ back = false, secondary, primary, note }: BarProps) {
  const failure = useFailure();
  return (
    <footer className={styles.bar} data-testid="action-bar">
      <div className={styles.barStart}>{back && <BackButton />}</div>
      <div className={styles.message}>
        {failure ? <FailureMessage failure={failure} /> : note && <p>{note}</p>}
      </div>
      <div className={styles.barEnd}>
        {secondary && <ActionButton action={secondary} />}
        {primary && <ActionButton action={primary} primary />}
      </div>
    </footer>
  );
}

function BackButton() {
  const { t } = useTranslation();
  const busy = useBusy();
  return (
    <Button
      className={styles.back ?? ''}
      data-testid="back"
      disabled={busy}
      icon={<ArrowLeftOutlined />}
      onClick={() => void send('session.back', {})}
      size="large"
    >
      {t('app.back')}
    </Button>
  );
}

function ActionButton({ action, primary = false }: { action: PageAction; primary?: boolean }) {
  const busy = useBusy() && action.whileBusy !== true;
  return (
    <Button
      className={(primary ? styles.primary : styles.secondary) ?? ''}
      data-testid={action.id}
      disabled={action.disabled === true || busy}
      icon={action.icon}
      // The spinner would flicker at commands that answer at once.
      loading={primary && busy ? { delay: 250 } : false}
      onClick={action.onPress}
      size="large"
      type={primary ? 'primary' : 'default'}
    >
      {action.label}
    </Button>
  );
}
