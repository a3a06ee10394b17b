import { CloseOutlined } from '@ant-design/icons';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './dialog.module.css';

type DialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly testId: string;
  /** Where it stands: in the middle, as a drawer at one side, or over nearly all of the screen. */
  readonly place?: 'middle' | 'left' | 'right' | 'full';
  readonly wide?: boolean;
  /** A question is answered by one of its actions, not closed. */
  readonly actions?: ReactNode;
  readonly closable?: boolean;
  readonly children: ReactNode;
};

/**
 * A dialog or drawer on the browser's own `<dialog>`, which keeps the focus inside and lies above
 * everything. Ant Design's would write a style element without the page's nonce to stop a page
 * from scrolling that never scrolls.
 */
export function Dialog(props: DialogProps) {
  // Mounted only while open: what was typed or scrolled in it is gone with it.
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog(props: DialogProps) {
  const { onClose, title, testId, place = 'middle', wide = false, actions, children } = props;
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    dialog.current?.showModal?.();
    heading.current?.focus();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, by `onCancel`
    <dialog
      aria-label={title}
      className={styles.dialog}
      data-place={place}
      data-testid={testId}
      data-wide={wide}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
      ref={dialog}
    >
      <div className={styles.card}>
        <header className={styles.header}>
          <h2 className={styles.title} ref={heading} tabIndex={-1}>
            {title}
          </h2>
          {props.closable !== false && (
            <button
              aria-label={t('app.close')}
              className={styles.close}
              data-testid={`${testId}-close`}
              onClick={onClose}
              type="button"
            >
              <CloseOutlined />
            </button>
          )}
        </header>
        <div className={styles.body}>{children}</div>
        {actions && <footer className={styles.actions}>{actions}</footer>}
      </div>
    </dialog>
  );
}
