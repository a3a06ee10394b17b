import { fail, ok } from '@gradshot/domain';
import { COMMANDS, type CommandHandlers, type StationSnapshot } from '../shared/index.ts';
import type { Station } from './station/api.ts';

/** For the shells' tests: a station that does nothing and remembers what it was asked. */
export type StandInStation = Station & {
  readonly calls: { readonly name: string; readonly payload: unknown }[];
  /** How many screens of graduates are there. */
  graduates(): number;
  /** Makes a new snapshot and sends it to the subscribers. */
  change(part: Partial<StationSnapshot>): void;
};

const FIRST: StationSnapshot = {
  revision: 1,
  language: 'zh',
  station: {
    enrolled: true,
    sample: true,
    version: '0.0.0',
    pace: 'stepwise',
    voiceVolume: 0,
    rights: [],
    staffUnlocked: false,
  },
  connection: { online: true, outbox: 0, parked: 0 },
  imaging: { ready: true },
  session: { step: 'welcome' },
  busy: false,
};

/** `answers`: what single commands do; all others succeed with `null`. */
export function standInStation(answers: Partial<CommandHandlers> = {}): StandInStation {
  const listeners = new Set<(snapshot: StationSnapshot) => void>();
  const calls: StandInStation['calls'] = [];
  let snapshot = FIRST;
  let graduates = 0;
  const handlers = Object.fromEntries(
    Object.keys(COMMANDS).map((name) => [
      name,
      async (payload: unknown) => {
        calls.push({ name, payload });
        const answer = answers[name as keyof CommandHandlers] as
          | ((payload: unknown) => unknown)
          | undefined;
        return answer ? answer(payload) : ok(null);
      },
    ]),
  );
  const side = (asSeen: (seen: StationSnapshot) => StationSnapshot) => ({
    // Built from the table's own names.
    handlers: handlers as unknown as CommandHandlers,
    snapshot: () => asSeen(snapshot),
    subscribe(listener: (snapshot: StationSnapshot) => void) {
      const told = (next: StationSnapshot) => listener(asSeen(next));
      listeners.add(told);
      return () => listeners.delete(told);
    },
  });
  return {
    calls,
    graduates: () => graduates,
    ...side((seen) => seen),
    graduate: {
      ...side((seen) => ({ ...seen, screen: 'graduate' })),
      handlers: Object.fromEntries(
        Object.keys(COMMANDS).map((name) => [name, async () => fail('staff.atDesk')]),
      ) as unknown as CommandHandlers,
      arrived() {
        graduates += 1;
        return () => {
          graduates -= 1;
        };
      },
    },
    tablets: {
      wanted: () => undefined,
      subscribe: () => () => {},
      report: () => {},
      certificate: () => Promise.reject(new Error('No tablet is let in')),
      pair: async () => fail('tablet.pairingClosed'),
      recognise: () => undefined,
    },
    change(part) {
      snapshot = { ...snapshot, ...part, revision: snapshot.revision + 1 };
      for (const listener of listeners) listener(snapshot);
    },
    close: async () => {},
  };
}
