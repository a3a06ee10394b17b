import type { Engine } from '@gradshot/imaging';
import type { ObjectStore } from '@gradshot/storage';
import type { CommandPayload } from '../../../shared/index.ts';
import type { Clock } from '../ground/clock.ts';

export type Fault = CommandPayload<'dev.setFault'>['fault'];

/** Every call is held up so long by the slow network. */
const SLOW_MS = 4000;

/** Makes the world go wrong on demand, at the edges, so that all that is tested is the real code. */
export type Faults = {
  set(fault: Fault, on: boolean): void;
  active(): readonly Fault[];
  wrapFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch;
  wrapStore(store: ObjectStore): ObjectStore;
  wrapEngine(engine: Engine): Engine;
};

export function createFaults(clock: Clock): Faults {
  const active = new Set<Fault>();
  return {
    set(fault, on) {
      if (on) active.add(fault);
      else active.delete(fault);
    },
    active: () => [...active],
    wrapFetch: (fetch) => async (url, init) => {
      if (active.has('slowNetwork')) await held(clock, init?.signal);
      if (active.has('offline')) throw new TypeError('fetch failed');
      return fetch(url, init);
    },
    wrapStore: (store) => ({
      ...store,
      async put(bytes, label) {
        if (active.has('diskFull')) throw noSpace();
        return store.put(bytes, label);
      },
      async setLabel(sha256, label) {
        if (active.has('diskFull')) throw noSpace();
        return store.setLabel(sha256, label);
      },
    }),
    wrapEngine: (engine) => ({
      get info() {
        return engine.info;
      },
      async standardize(source, options) {
        if (active.has('imagingCrash')) throw new Error('the imaging process ended');
        return engine.standardize(source, options);
      },
      guide: (frame, profile) => engine.guide(frame, profile),
      close: () => engine.close(),
    }),
  };
}

function held(clock: Clock, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(SLOW_MS, resolve);
    signal?.addEventListener('abort', () => {
      cancel();
      reject(signal.reason);
    });
  });
}

function noSpace(): Error {
  return Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
}
