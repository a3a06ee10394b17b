import type { App } from 'electron';

export type ClosingSteps = {
  /** Runs before windows are asked to close. */
  readonly beforeClose: () => void;
  readonly close: () => Promise<void>;
};

/**
 * Quits once everything is written: the first attempt to quit starts the closing, the one after it
 * goes through. Signals of the start program and of the system count as attempts.
 */
export function closeBeforeQuit(app: App, steps: ClosingSteps): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    steps.beforeClose();
    void steps.close().finally(() => {
      state = 'closed';
      app.quit();
    });
  });
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => app.quit());
  }
}
