import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import styles from './page-header.module.css';

type PageHeaderProps = { readonly title: ReactNode; readonly children?: ReactNode };

/** Title and tools of a page, shown in the shell's one header: no second bar eats the height. */
export function PageHeader({ title, children }: PageHeaderProps) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  useEffect(() => setSlot(document.getElementById('page-header')), []);
  if (!slot) return null;
  return createPortal(
    <div className={styles.header}>
      <h1>{title}</h1>
      {children}
    </div>,
    slot,
  );
}
