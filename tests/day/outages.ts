import { setTimeout as pause } from 'node:timers/promises';
import type { FlakyProxy, NetworkFaults } from '@gradshot/testkit';
import { seeded } from '../faults/damage.ts';

/**
 * `refused`: connections break, also those under way. `silent`: what is asked is not answered. `cut`:
 * uploads break in the middle, and answers after their first byte. `answersLost`: the server acts, and
 * nobody hears of it. In none of them does a call succeed that was begun in it.
 */
export const OUTAGE_KINDS = ['refused', 'silent', 'cut', 'answersLost'] as const;
export type OutageKind = (typeof OUTAGE_KINDS)[number];

export type Outage = {
  readonly kind: OutageKind;
  /** So long the network works before it. */
  readonly upMs: number;
  readonly downMs: number;
  /** Of an upload, where it cuts. */
  readonly cutAfterBytes: number;
};

export type OutageTally = {
  readonly outages: Readonly<Record<OutageKind, number>>;
  readonly downMs: number;
  readonly totalMs: number;
};

/** Shorter than one act of a visit, and longer than several visits. */
const SHORTEST_MS = 20;
const LONGEST_MS = 1000;
const MOST_BYTES_BEFORE_CUT = 1_500_000;

/** Short ones are as frequent as long ones in every octave, so that they fall on every act. */
function spell(random: () => number): number {
  return SHORTEST_MS * (LONGEST_MS / SHORTEST_MS) ** random();
}

/** The next one of a row in which the network is down for the share `down` of the time. */
export function nextOutage(random: () => number, down: number): Outage {
  const kind = OUTAGE_KINDS[Math.floor(random() * OUTAGE_KINDS.length)] ?? 'refused';
  const upMs = (spell(random) * (1 - down)) / down;
  const downMs = spell(random);
  return { kind, upMs, downMs, cutAfterBytes: Math.floor(random() * MOST_BYTES_BEFORE_CUT) };
}

/** Faults of the proxy that make the outage. */
function faultsOf({ kind, cutAfterBytes }: Outage): Partial<NetworkFaults> {
  switch (kind) {
    case 'refused':
      return { offline: true };
    case 'silent':
      return { silent: true };
    case 'cut':
      return { cutRequestAfterBytes: cutAfterBytes, cutAnswerAfterBytes: 1 };
    case 'answersLost':
      return { loseNextAnswers: Number.POSITIVE_INFINITY };
  }
}

/** Makes one outage after the other until it is stopped; the network works then. */
export function startOutages(
  proxy: FlakyProxy,
  { seed, down }: { readonly seed: number; readonly down: number },
): { stop(): Promise<OutageTally> } {
  const random = seeded(seed);
  const ended = new AbortController();
  const begun = performance.now();
  const outages = { refused: 0, silent: 0, cut: 0, answersLost: 0 };
  let downMs = 0;
  const during = (ms: number) =>
    pause(ms, undefined, { signal: ended.signal }).catch(() => undefined);

  const suffer = async (outage: Outage) => {
    await during(outage.upMs);
    if (ended.signal.aborted) return;
    const from = performance.now();
    outages[outage.kind] += 1;
    Object.assign(proxy.faults, faultsOf(outage));
    await during(outage.downMs);
    proxy.heal();
    downMs += performance.now() - from;
  };
  const run = async () => {
    while (down > 0 && !ended.signal.aborted) await suffer(nextOutage(random, down));
  };
  const running = run();
  return {
    async stop() {
      const totalMs = performance.now() - begun;
      ended.abort();
      await running;
      return { outages, downMs, totalMs };
    },
  };
}
