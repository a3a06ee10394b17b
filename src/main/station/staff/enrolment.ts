import { fail, isRetryable, ok, type Result } from '@gradshot/domain';
import type { EnrolmentRequest } from '../api.ts';
import type { Clock } from '../clock.ts';
import type { EventLog } from '../store/event-log.ts';
import type { Outbox } from '../store/outbox.ts';
import type { Settings } from '../store/settings.ts';
import { pause } from '../sync/back-off.ts';
import type { Connection } from '../sync/connection.ts';
import type { Connect, ServerLink } from '../sync/server-link.ts';
import type { StationTiming } from '../timing.ts';
import { hashPin } from './pin-hash.ts';

export type EnrolmentOptions = {
  readonly settings: Settings;
  readonly link: ServerLink;
  readonly connection: Connection;
  readonly connect: Connect;
  readonly outbox: Outbox;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly timing: StationTiming;
  readonly random: () => number;
  readonly staffUnlocked: () => boolean;
  readonly onEnrolled: () => void;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, facts?: object) => void;
};

/**
 * Staff's way: a one-time code makes the station known to a server. To another server than the
 * present one it goes only with the staff page open and nothing left to deliver, because photos
 * of the outbox would follow.
 */
export async function enrolByStaff(
  options: EnrolmentOptions,
  request: EnrolmentRequest,
): Promise<Result<null>> {
  const present = options.link.enrolment();
  if (present && origin(present.serverUrl) !== origin(request.serverUrl)) {
    if (!options.staffUnlocked()) return fail('staff.locked');
    const { waiting } = options.outbox.counts();
    if (waiting > 0) return fail('station.outboxNotEmpty', { count: waiting });
  }
  return enrol(options, request);
}

async function enrol(
  options: EnrolmentOptions,
  { serverUrl, code, name, pin }: EnrolmentRequest,
): Promise<Result<null>> {
  const { settings } = options;
  if (!/^https?:$/.test(new URL(serverUrl).protocol))
    return fail('request.invalid', { field: 'serverUrl' });
  const client = options.connection.watch(options.connect(serverUrl));
  const body = { code, name, installationId: settings.installationId() };
  const enrolled = await client.call('enrolStation', { body });
  if (!enrolled.ok) return enrolled;
  const { stationId, deviceKey, school } = enrolled.value;
  settings.set('pin', await hashPin(pin));
  settings.set('unlockTries', { failed: 0, lockedUntil: 0 });
  settings.set('enrolment', { serverUrl, stationId, deviceKey, name, school });
  options.events.record('station.enrolled', { stationId });
  options.link.renew();
  options.onEnrolled();
  return ok(null);
}

/**
 * The start program's way, tried until it is settled: enrols a new station, follows a server that
 * moved, and enrols again where the server does not know the station any more.
 */
export function enrolAtStart(options: EnrolmentOptions, request: EnrolmentRequest): () => void {
  let stopped = false;
  let cancel = () => {};
  const attempt = async (tries: number): Promise<void> => {
    const result = await settleEnrolment(options, request);
    if (result.ok || stopped) return;
    const { code } = result.error;
    options.log('warn', 'Enrolment at start failed', { code, tries });
    if (!isRetryable(code)) return;
    const wait = pause(tries, { ...options.timing, backoffCapMs: 30_000 }, options.random);
    cancel = options.clock.after(wait, () => run(tries + 1));
  };
  const run = (tries: number) =>
    void attempt(tries).catch((error: Error) =>
      options.log('error', 'Enrolment at start failed', { error: error.message }),
    );
  run(0);
  return () => {
    stopped = true;
    cancel();
  };
}

async function settleEnrolment(
  options: EnrolmentOptions,
  request: EnrolmentRequest,
): Promise<Result<unknown>> {
  const present = options.link.enrolment();
  if (!present) return enrol(options, request);
  if (present.serverUrl !== request.serverUrl) {
    options.settings.set('enrolment', { ...present, serverUrl: request.serverUrl });
    options.link.renew();
  }
  const known = await options.link.asStation((client) => client.call('getStationSettings'));
  if (!known.ok && known.error.code === 'station.notEnrolled') return enrol(options, request);
  if (known.ok) options.onEnrolled();
  return known;
}

function origin(url: string): string {
  return new URL(url).origin;
}
