import type { StationSettings } from '@gradshot/contract';
import { type Clock, every, timestamp } from '../ground/clock.ts';
import type { Log } from '../ground/core.ts';
import type { StationTiming } from '../ground/timing.ts';
import type { OutboxCounts } from '../store/outbox.ts';
import { type PullOptions, pullChanges } from './change-pull.ts';
import type { Connection } from './connection.ts';
import type { OutboxRunner } from './outbox-runner.ts';
import type { ServerClock } from './server-clock.ts';
import type { ServerLink } from './server-link.ts';

export type Sync = {
  /** The server came back, the enrolment changed: look at everything now. */
  refresh(): void;
  lastSyncAt(): string | undefined;
  stop(): Promise<void>;
};

export type SyncOptions = {
  readonly link: ServerLink;
  readonly connection: Connection;
  readonly runner: OutboxRunner;
  readonly clock: Clock;
  readonly serverClock: ServerClock;
  readonly timing: StationTiming;
  readonly random: () => number;
  readonly pull: Omit<PullOptions, 'link'>;
  /** Somebody waits in front of the screen for an order's next state. */
  readonly isWatched: () => boolean;
  readonly status: () => Promise<{
    version: string;
    counts: OutboxCounts;
    freeBytes?: number;
    provider?: string;
  }>;
  readonly onSettings: (settings: StationSettings) => void | Promise<void>;
  readonly onSynced: () => void;
  /** The server's clock as a heartbeat just told it, milliseconds since 1970. */
  readonly onServerTime: (serverNow: number) => void;
  /** Whatever was put off to a moment by the clock of before must not wait for it. */
  readonly onClockSetBack: () => void;
  readonly log: Log;
};

/** Keeps the station and its server in step: heartbeat, settings, changes, outbox. */
export function createSync(options: SyncOptions): Sync {
  const { link, connection, clock, timing } = options;
  let lastSyncAt: string | undefined;

  const heartbeat = single(options.log, async () => {
    const { counts, ...status } = await options.status();
    const body = { ...status, outboxLength: counts.waiting, parked: counts.parked };
    const sent = clock.monotonic();
    const beat = await link.asStation((client) => client.call('stationHeartbeat', { body }));
    if (!beat.ok) return;
    const serverNow = Date.parse(beat.value.serverTime);
    options.serverClock.heard(serverNow, sent);
    options.onServerTime(serverNow);
  });

  const pull = single(options.log, async () => {
    const pulled = await pullChanges({ ...options.pull, link });
    if (!pulled.ok) return;
    lastSyncAt = timestamp(clock);
    options.onSynced();
  });

  const settings = single(options.log, async () => {
    const got = await link.asStation((client) => client.call('getStationSettings'));
    if (got.ok) await options.onSettings(got.value);
  });

  const refresh = () => {
    void heartbeat();
    void settings();
    void pull();
    options.runner.nudge();
  };
  const enrolled = () => link.enrolment() !== undefined;
  // Looked at often, so that a change of pace takes effect at once.
  const paced = (tick: number, pause: () => number, action: () => void) => {
    let last = clock.monotonic();
    const share = 0.9 + 0.2 * options.random();
    return every(
      clock,
      () => tick,
      () => {
        if (!enrolled() || clock.monotonic() - last < pause() * share) return;
        last = clock.monotonic();
        action();
      },
    );
  };
  let latest = clock.now();
  const watchClock = () => {
    const back = latest - clock.now();
    latest = clock.now();
    if (back <= 0) return;
    options.log('warn', 'The clock was set back', { seconds: Math.round(back / 1000) });
    options.onClockSetBack();
  };
  const stops = [
    every(clock, () => timing.probeMs, watchClock),
    paced(
      timing.probeMs,
      () => (connection.online() ? timing.heartbeatMs : 0),
      () => void heartbeat(),
    ),
    paced(
      timing.watchedPullMs,
      () => (options.isWatched() ? 0 : timing.pullMs),
      () => connection.online() && void pull(),
    ),
    paced(
      timing.probeMs,
      () => timing.settingsMs,
      () => connection.online() && void settings(),
    ),
  ];
  if (enrolled()) void heartbeat();
  return {
    refresh,
    lastSyncAt: () => lastSyncAt,
    async stop() {
      for (const stop of stops) stop();
      await Promise.all([options.runner.stop(), heartbeat.idle(), pull.idle(), settings.idle()]);
    },
  };
}

type Single = (() => Promise<void>) & { idle(): Promise<void> };

/** Never twice at the same time; a call during one is content with that one. */
function single(log: Log, work: () => Promise<void>): Single {
  let running: Promise<void> | undefined;
  const run = () => {
    running ??= work()
      .catch((error: Error) => log('error', 'Synchronising failed', { error: error.message }))
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  return Object.assign(run, { idle: async () => running });
}
