import { fail, isRetryable, ok, type Result } from '@gradshot/domain';
import type { EnrolmentRequest } from '../api.ts';
import type { Core } from '../ground/core.ts';
import type { Enrolment, PinHash } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { storing } from '../store/store-failure.ts';
import { pause } from '../sync/back-off.ts';
import type { Connect } from '../sync/server-link.ts';
import type { ServerReach } from '../sync/server-side.ts';
import { hashPin } from './pin-hash.ts';

export type EnrolmentOptions = {
  readonly reach: Pick<ServerReach, 'link' | 'connection'>;
  readonly core: Core;
  readonly store: Store;
  readonly connect: Connect;
  readonly staffUnlocked: () => boolean;
  readonly pinCost: number;
  readonly onEnrolled: () => void;
  /** Called with every new PIN. */
  readonly forgetTries: () => void;
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
  const present = options.reach.link.enrolment();
  if (present && origin(present.serverUrl) !== origin(request.serverUrl)) {
    if (!options.staffUnlocked()) return fail('staff.locked');
    const { waiting } = options.store.outbox.counts();
    if (waiting > 0) return fail('station.outboxNotEmpty', { count: waiting });
  }
  return enrol(options, request);
}

async function enrol(
  options: EnrolmentOptions,
  { serverUrl, code, name, pin }: EnrolmentRequest,
): Promise<Result<null>> {
  const { store } = options;
  if (!/^https?:$/.test(new URL(serverUrl).protocol))
    return fail('request.invalid', { field: 'serverUrl' });
  const client = options.reach.connection.watch(options.connect(serverUrl));
  const pinHash = await hashPin(pin, options.pinCost);
  const body = { code, name, installationId: store.settings.installationId() };
  const enrolled = await client.call('enrolStation', { body });
  if (!enrolled.ok) return enrolled;
  const { stationId, deviceKey, school } = enrolled.value;
  const kept = await keep(store, { serverUrl, stationId, deviceKey, name, school }, pinHash);
  if (!kept.ok) return kept;
  await keepApart(options);
  options.forgetTries();
  options.reach.link.renew();
  options.onEnrolled();
  return ok(null);
}

/** All of it or nothing: a new PIN with the old key would lock staff out of a working station. */
function keep(
  { database, settings, events, orders }: Store,
  enrolment: Enrolment,
  pin: PinHash,
): Promise<Result<null>> {
  return storing(async () => {
    database.transaction(() => {
      settings.set('pin', pin);
      // Every school numbers its changes itself, and so does a server that was set up anew.
      orders.setCheckpoint(0);
      settings.set('enrolment', enrolment);
      events.record('station.enrolled', { stationId: enrolment.stationId });
    })();
    return ok(null);
  });
}

/** Who the station is, also where the database is lost. What fails now is done at the next start. */
async function keepApart({ core, store }: EnrolmentOptions): Promise<void> {
  store.safekeeping.copyNow();
  await store
    .keepIdentity()
    .catch((error: Error) =>
      core.log('error', 'The identity could not be kept', { error: error.message }),
    );
}

/**
 * The start program's way, tried until it is settled: enrols a new station, follows a server that
 * moved, and enrols again where the server does not know the station any more.
 */
export function enrolAtStart(options: EnrolmentOptions, request: EnrolmentRequest): () => void {
  const { clock, timing, random, log } = options.core;
  let stopped = false;
  let cancel = () => {};
  const attempt = async (tries: number): Promise<void> => {
    const result = await settleEnrolment(options, request);
    if (result.ok || stopped) return;
    const { code } = result.error;
    log('warn', 'Enrolment at start failed', { failure: code, tries });
    if (!isRetryable(code)) return;
    const wait = pause(tries, { ...timing, backoffCapMs: 30_000 }, random);
    cancel = clock.after(wait, () => run(tries + 1));
  };
  const run = (tries: number) =>
    void attempt(tries).catch((error: Error) =>
      log('error', 'Enrolment at start failed', { error: error.message }),
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
  const present = options.reach.link.enrolment();
  if (!present) return enrol(options, request);
  if (present.serverUrl !== request.serverUrl) {
    options.store.settings.set('enrolment', { ...present, serverUrl: request.serverUrl });
    await keepApart(options);
    options.reach.link.renew();
  }
  const known = await options.reach.link.asStation((client) => client.call('getStationSettings'));
  if (!known.ok && known.error.code === 'station.notEnrolled') return enrol(options, request);
  if (known.ok) options.onEnrolled();
  return known;
}

function origin(url: string): string {
  return new URL(url).origin;
}
