import type { Happening, HappeningBus } from '../ports/ground/happenings.ts';

/** Carries happenings within this process. */
export function createLocalBus(): HappeningBus {
  const listeners = new Set<(happening: Happening) => void>();
  return {
    publish(happening) {
      for (const listener of listeners) listener(happening);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      listeners.clear();
    },
  };
}
