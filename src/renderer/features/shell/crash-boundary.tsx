import { Component, type ReactNode } from 'react';
import { i18n } from '../../i18n/i18n.ts';
import styles from './bridge-missing.module.css';

/** Milliseconds until the page is drawn anew: long enough to read, short enough not to wait. */
const REDRAW_MS = 4000;

/**
 * A fault in one page must not leave a blank kiosk: it says so and draws the present snapshot anew.
 * Nothing is lost by it, as the visit lives in the core.
 */
export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };
  #timer: ReturnType<typeof setTimeout> | undefined;

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override componentDidCatch() {
    this.#timer = setTimeout(() => this.setState({ crashed: false }), REDRAW_MS);
  }

  override componentWillUnmount() {
    clearTimeout(this.#timer);
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className={styles.page} data-testid="crashed" role="alert">
        <h1 className={styles.title}>{i18n.t('app.crashed')}</h1>
      </main>
    );
  }
}
