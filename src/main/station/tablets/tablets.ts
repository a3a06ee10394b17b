import { fail, ok, type Result } from '@gradshot/domain';
import {
  type CommandHandlers,
  type StationSnapshot,
  TABLET_PORT,
  type TabletListener,
  type TabletsView,
} from '../../../shared/index.ts';
import type { StationSide, TabletDoor, TabletSide } from '../api.ts';
import { type Clock, every } from '../ground/clock.ts';
import type { Log } from '../ground/core.ts';
import type { StaffLock } from '../staff/staff-lock.ts';
import type { EventLog } from '../store/event-log.ts';
import type { PairedTablet, Settings, TabletAccess } from '../store/settings.ts';
import { storing } from '../store/store-failure.ts';
import { createPairedTablets, MOST_TABLETS } from './paired-tablets.ts';
import { createPairing } from './pairing.ts';
import { tabletCertificate } from './tablet-certificate.ts';
import { tabletHandlers } from './tablet-side.ts';

export type TabletCommands = Pick<
  CommandHandlers,
  'staff.setTablets' | 'staff.openPairing' | 'staff.closePairing' | 'staff.unpairTablet'
>;

/** 平板: the desks elsewhere on the same network. */
export type Tablets = {
  readonly door: TabletDoor;
  /** For the station's own desk; they stand behind its PIN. */
  readonly commands: TabletCommands;
  view(): TabletsView;
  /** Somebody else runs the station from now on: every tablet is asked for the PIN. */
  lockAll(): void;
  close(): void;
};

/** A desk of its own for one tablet; `stop`: nobody sits there any more. */
export type OpenDesk = (
  tablet: { readonly name: string },
  lock: StaffLock,
) => StationSide & { stop(): void };

export type TabletsOptions = {
  readonly dataDir: string;
  readonly key: Uint8Array;
  readonly settings: Settings;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly log: Log;
  /** The station's own, whose PIN and count of wrong tries are every desk's. */
  readonly lock: StaffLock;
  readonly openDesk: OpenDesk;
  readonly onChange: () => void;
};

/**
 * What a tablet is told before the PIN: that it is one, and nothing of who stands before the station. A desk on
 * the machine itself hides that on its page; this one is carried away.
 */
export function beforeThePin(
  snapshot: Omit<StationSnapshot, 'revision'>,
): Omit<StationSnapshot, 'revision'> {
  const { prints: _prints, failure: _failure, shutterPress: _press, ...known } = snapshot;
  return { ...known, session: { step: 'welcome' }, busy: false };
}

/** Unused tablets are looked for so often. */
const SWEEP_MS = 6 * 3_600_000;

type Seat = {
  readonly side: TabletSide;
  readonly lock: StaffLock;
  readonly pages: Set<() => void>;
  stop(): void;
};

export function createTablets(options: TabletsOptions): Tablets {
  const { settings, events, clock, log, onChange } = options;
  const paired = createPairedTablets(settings, clock);
  const seats = new Map<string, Seat>();
  const listeners = new Set<() => void>();
  let access: TabletAccess = settings.get('tabletAccess') ?? { on: false, port: TABLET_PORT };
  /** Since the start; told until the next. */
  let renewed: 'damaged' | 'ending' | undefined;
  let listener: TabletListener = access.on ? { kind: 'opening' } : { kind: 'off' };

  const pairing = createPairing({
    clock,
    onClosed: (why) => {
      events.note('tablet.pairingClosed', { why });
      onChange();
    },
  });
  const isPaired = (id: string) => paired.list().some((tablet) => tablet.id === id);

  /** Nobody speaks for it any more: what it shows and what it has under way ends here. */
  const unseat = (id: string) => {
    const seat = seats.get(id);
    seats.delete(id);
    seat?.lock.lock();
    seat?.lock.close();
    seat?.stop();
    for (const drop of seat?.pages ?? []) drop();
  };
  const forgetUnused = () => {
    const forgotten = paired.forgetUnused();
    for (const id of forgotten) {
      events.note('tablet.forgotten', { tablet: id });
      unseat(id);
    }
    if (forgotten.length > 0) onChange();
  };

  const take = ({ id, name }: PairedTablet): Seat => {
    const lock = options.lock.another({ facts: { tablet: id }, onChange });
    const { stop, ...desk } = options.openDesk({ name }, lock);
    const pages = new Set<() => void>();
    const arrived = (drop: () => void) => {
      pages.add(drop);
      paired.seen(id);
      if (pages.size === 1) events.note('tablet.connected', { tablet: id });
      onChange();
      return () => {
        if (!pages.delete(drop) || pages.size > 0) return;
        if (isPaired(id)) paired.seen(id);
        events.note('tablet.left', { tablet: id });
        onChange();
      };
    };
    const handlers = tabletHandlers(desk.handlers, {
      lock,
      paired: () => isPaired(id),
      onUsed: (command) => {
        paired.seen(id);
        events.note('tablet.used', { tablet: id, command });
      },
    });
    return { side: { ...desk, handlers, id, arrived }, lock, pages, stop };
  };

  const door: TabletDoor = {
    wanted: () => (access.on ? { port: access.port } : undefined),
    subscribe(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    report(next) {
      if (JSON.stringify(next) === JSON.stringify(listener)) return;
      if (next.kind !== listener.kind) events.note('tablet.listener', { state: next.kind });
      listener = next;
      // A code for an address that nobody reaches is good for nothing.
      if (next.kind !== 'open') pairing.close();
      onChange();
    },
    async certificate() {
      const { made, ...certificate } = await tabletCertificate(options);
      if (made) events.note('tablet.certificateMade', { cause: made });
      if (made && made !== 'first') {
        log('warn', 'The certificate for tablets was made anew', { cause: made });
        renewed = made;
      }
      return { ...certificate, ...(renewed ? { renewed } : {}) };
    },
    pair: (said) =>
      storing(async () => {
        const named = pairing.redeem(said);
        if (!named.ok) {
          events.note('tablet.codeRefused', { code: named.error.code });
          return named;
        }
        const { tablet, token } = paired.add(named.value);
        events.record('tablet.paired', { tablet: tablet.id });
        onChange();
        return ok(token);
      }),
    recognise(token) {
      forgetUnused();
      const tablet = paired.byToken(token);
      if (!tablet) return undefined;
      const seat = seats.get(tablet.id) ?? take(tablet);
      seats.set(tablet.id, seat);
      return seat.side;
    },
  };

  const stopSweep = every(clock, () => SWEEP_MS, forgetUnused);
  forgetUnused();
  return {
    door,
    commands: {
      'staff.setTablets': ({ on, port = access.port }) =>
        storing(async () => {
          settings.set('tabletAccess', { on, port });
          access = { on, port };
          events.note('staff.setTablets', { on, port });
          if (!on) for (const { lock } of seats.values()) lock.lock();
          onChange();
          for (const heard of listeners) heard();
          return ok(null);
        }),
      'staff.openPairing': async ({ name }) => open(name),
      'staff.closePairing': async () => {
        pairing.close();
        return ok(null);
      },
      'staff.unpairTablet': async ({ id }) => {
        if (!isPaired(id)) return fail('request.notFound');
        paired.remove(id);
        events.note('tablet.unpaired', { tablet: id });
        unseat(id);
        onChange();
        return ok(null);
      },
    },
    view: () => view(),
    lockAll() {
      for (const { lock } of seats.values()) lock.lock();
    },
    close() {
      stopSweep();
      pairing.close();
      for (const { lock, stop } of seats.values()) {
        lock.close();
        stop();
      }
    },
  };

  function open(name: string): Result<null> {
    if (listener.kind !== 'open') return fail('tablet.notOpen');
    if (paired.list().length >= MOST_TABLETS)
      return fail('tablet.tooMany', { limit: MOST_TABLETS });
    pairing.open(name);
    events.note('tablet.pairingOpened');
    onChange();
    return ok(null);
  }

  function view(): TabletsView {
    const window = pairing.view();
    return {
      on: access.on,
      listener,
      ...(window ? { pairing: window } : {}),
      paired: paired.list().map(({ id, name, pairedAt, lastSeenAt }) => ({
        ...{ id, name },
        pairedAt: new Date(pairedAt).toISOString(),
        lastSeenAt: new Date(lastSeenAt).toISOString(),
        connected: (seats.get(id)?.pages.size ?? 0) > 0,
        unlocked: seats.get(id)?.lock.unlocked() ?? false,
      })),
    };
  }
}
