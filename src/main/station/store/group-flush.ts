export type GroupFlushOptions = {
  /** Grows with everything that is written. */
  readonly written: () => number;
  /** Puts on the disk what was written before the call. */
  readonly flush: () => Promise<void>;
};

/**
 * Resolves when all that was written before the call is on the disk, rejects when that failed. At once
 * where nothing is new; whoever calls while a flush is under way shares the next one with all others.
 */
export function createGroupFlush({ written, flush }: GroupFlushOptions): () => Promise<void> {
  let safe = written();
  let running: { readonly upTo: number; readonly done: Promise<void> } | undefined;
  let next: Promise<void> | undefined;

  const begin = () => {
    const upTo = written();
    const done = flush()
      .then(() => {
        safe = Math.max(safe, upTo);
      })
      .finally(() => {
        running = undefined;
      });
    running = { upTo, done };
    return done;
  };
  return async () => {
    const now = written();
    if (now <= safe) return;
    if (!running) return begin();
    if (running.upTo >= now) return running.done;
    next ??= running.done
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return begin();
      });
    return next;
  };
}
