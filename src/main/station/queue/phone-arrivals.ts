import type { ArrivalPlace } from '@gradshot/contract';
import { ok, type Result } from '@gradshot/domain';
import type { StationSnapshot } from '../../../shared/index.ts';
import { type Clock, every } from '../ground/clock.ts';
import type { Log } from '../ground/core.ts';
import type { EventLog } from '../store/event-log.ts';
import type { Settings } from '../store/settings.ts';
import { storing } from '../store/store-failure.ts';
import type { ArrivalDesk } from '../sync/arrival-desk.ts';
import type { StationQueue } from './station-queue.ts';

/** 到场 by the graduates' own phones: shows the server's code, seats whoever scanned it, tells their places. */
export type PhoneArrivals = {
  /** Undefined while it is switched off. */
  view(): StationSnapshot['arrivals'];
  /** `station.diskFull` when it cannot be kept; what was set before then stands. */
  setOpen(open: boolean): Promise<Result<null>>;
  stop(): Promise<void>;
};

export type PhoneArrivalsOptions = {
  readonly settings: Settings;
  readonly events: EventLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly pauseMs: () => number;
  readonly queue: Pick<StationQueue, 'arrive' | 'places'>;
  readonly desk: Pick<ArrivalDesk, 'exchange'>;
  /** Enrolled, and the server answers. */
  readonly online: () => boolean;
  readonly onChange: () => void;
};

const SECOND = 1000;
/** As many as one exchange takes. */
const PLACES_AT_ONCE = 200;

export function createPhoneArrivals(options: PhoneArrivalsOptions): PhoneArrivals {
  const { settings, clock, queue } = options;
  let open = settings.get('phoneArrivals') ?? false;
  let code: { readonly qrText: string; readonly until: number } | undefined;
  /** As the server knows them; told anew after a start. */
  const told = new Map<string, string>();
  let running: Promise<void> | undefined;

  const untold = () =>
    queue
      .places()
      .filter((place) => told.get(place.arrivalId) !== textOf(place))
      .slice(0, PLACES_AT_ONCE);

  const show = (next: typeof code) => {
    if (next?.qrText === code?.qrText) {
      code = next;
      return;
    }
    code = next;
    options.onChange();
  };

  const exchange = async () => {
    const places = untold();
    const asked = clock.monotonic();
    const heard = await options.desk.exchange(places);
    if (!heard.ok) return;
    for (const place of places) told.set(place.arrivalId, textOf(place));
    const { arrivals, qrText, shownForSeconds } = heard.value;
    if (open) show({ qrText, until: asked + shownForSeconds * SECOND });
    await queue.arrive(arrivals);
  };

  const round = () => {
    if (code && clock.monotonic() >= code.until) show(undefined);
    if (!options.online() || (!open && untold().length === 0)) return;
    running ??= exchange()
      .catch((error: Error) =>
        options.log('error', 'Exchanging arrivals failed', { error: error.message }),
      )
      .finally(() => {
        running = undefined;
      });
  };
  const stop = every(clock, options.pauseMs, round);

  return {
    view: () => (open ? { ...(code ? { qrText: code.qrText } : {}) } : undefined),
    setOpen: (next) =>
      storing(async () => {
        settings.set('phoneArrivals', next);
        options.events.note('staff.setArrivals', { open: next });
        open = next;
        if (!next) code = undefined;
        options.onChange();
        round();
        return ok(null);
      }),
    async stop() {
      stop();
      await running;
    },
  };
}

const textOf = ({ number, state, ahead }: ArrivalPlace) => `${number} ${state} ${ahead}`;
