import { ok } from '@gradshot/domain';
import { COMMANDS, type CommandHandlers, type StationSnapshot } from '../shared/index.ts';
import type { Station } from './station/api.ts';

/** For the shells' tests: a station that does nothing and remembers what it was asked. */
export type StandInStation = Station & {
  readonly calls: { readonly name: string; readonly payload: unknown }[];
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
  return {
    calls,
    // Built from the table's own names.
    handlers: handlers as unknown as CommandHandlers,
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(part) {
      snapshot = { ...snapshot, ...part, revision: snapshot.revision + 1 };
      for (const listener of listeners) listener(snapshot);
    },
    close: async () => {},
  };
}
