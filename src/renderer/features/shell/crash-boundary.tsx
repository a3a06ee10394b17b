import { Component, type ReactNode } from 'react';
import { i18n } from '../../i18n/i18n.ts';
import styles from './bridge-missing.module.css';

/** Milliseconds until the page is drawn anew: long enough to read, short enough not to wait. */
const REDRAW_MS = 4000;
/** A second fault this soon after the first is the same one. */
const REPEATED_MS = 30_000;

/**
 * A fault in one page must not leave a blank kiosk: it says so and draws the present snapshot anew.
 * Nothing is lost by it, as the visit lives in the core.
 */
export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastCrash = Number.NEGATIVE_INFINITY;

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override componentDidCatch() {
    const repeated = performance.now() - this.#lastCrash < REPEATED_MS;
    this.#lastCrash = performance.now();
    this.#timer = setTimeout(
      // Drawing anew did not help: a part of the program may be missing or half loaded.
      () => (repeated ? location.reload() : this.setState({ crashed: false })),
      REDRAW_MS,
    );
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
