export type ClosingStack = {
  /** Closing has begun; what ends now ends on purpose. */
  readonly begun: boolean;
  /** Closed in the reverse order of being added. */
  add(name: string, close: () => Promise<void>): void;
  /** Closes all once and ends this process with `status`. */
  closeAll(status: number): Promise<never>;
  closeOnSignals(): void;
};

/** What was opened last is closed first: the window, the station, the server. */
export function createClosingStack(exit: (status: number) => never = process.exit): ClosingStack {
  const open: { readonly name: string; readonly close: () => Promise<void> }[] = [];
  let closing: Promise<never> | undefined;

  async function closeEach(status: number): Promise<never> {
    for (let last = open.pop(); last; last = open.pop()) {
      await last.close().catch((error: unknown) => {
        console.error(`${last?.name} did not close cleanly: ${String(error)}`);
      });
    }
    return exit(status);
  }

  function closeAll(status: number): Promise<never> {
    closing ??= closeEach(status);
    return closing;
  }

  return {
    get begun() {
      return closing !== undefined;
    },
    add: (name, close) => void open.push({ name, close }),
    closeAll,
    closeOnSignals() {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.on(signal, () => {
          if (!closing) console.log('\n• Closing');
          void closeAll(0);
        });
      }
    },
  };
}
