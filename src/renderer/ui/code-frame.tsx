import type { ReactNode } from 'react';
import styles from './code-frame.module.css';
import { QrCode } from './qr-code.tsx';

type CodeFrameProps = {
  /** Of the QR code; undefined when there is none to scan. */
  readonly text: string | undefined;
  /** What the code is, for those who cannot see it. */
  readonly label: string;
  /** Covers a code that must not be scanned any more. */
  readonly veil?: ReactNode;
};

/** A QR code for a phone's camera, as large as its place allows. */
export function CodeFrame({ text, label, veil }: CodeFrameProps) {
  return (
    <div className={styles.frame}>
      {text === undefined ? <div className={styles.empty} /> : <QrCode label={label} text={text} />}
      {veil}
    </div>
  );
}

type VeilProps = {
  readonly icon: ReactNode;
  readonly title: string;
  readonly detail: string;
  readonly good?: boolean;
  /** A way on. */
  readonly action?: ReactNode;
};

/** Says why a code is no use any more. */
export function CodeVeil({ icon, title, detail, good = false, action }: VeilProps) {
  return (
    <div className={styles.veil}>
      <span className={styles.icon} data-good={good}>
        {icon}
      </span>
      <p className={styles.title}>{title}</p>
      <p>{detail}</p>
      {action}
    </div>
  );
}
