import type { StationSnapshot } from '../../shared/index.ts';

export type SnapshotFeed = {
  snapshot(): StationSnapshot;
  subscribe(listener: (snapshot: StationSnapshot) => void): () => void;
  /** Something has changed; every change until the end of the turn makes one snapshot. */
  changed(): void;
  /** Changes that come later, from an engine that is still loading, are told to nobody. */
  close(): void;
};

/** Builds snapshots from the parts and hands them on; `revision` grows with each. */
export function createSnapshotFeed(build: () => Omit<StationSnapshot, 'revision'>): SnapshotFeed {
  const listeners = new Set<(snapshot: StationSnapshot) => void>();
  let revision = 1;
  let current: StationSnapshot | undefined;
  let told = true;
  let closed = false;

  const snapshot = () => {
    current ??= { revision, ...build() };
    return current;
  };
  const tell = () => {
    told = true;
    if (closed) return;
    const now = snapshot();
    for (const listener of listeners) listener(now);
  };
  return {
    snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed() {
      revision += 1;
      current = undefined;
      if (!told) return;
      told = false;
      queueMicrotask(tell);
    },
    close() {
      closed = true;
    },
  };
}
