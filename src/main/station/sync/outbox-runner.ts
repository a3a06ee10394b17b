import { type Failure, fail, type Result } from '@gradshot/domain';
import type { Clock } from '../ground/clock.ts';
import type { Log } from '../ground/core.ts';
import type { StationTiming } from '../ground/timing.ts';
import type { DeliverySource } from '../store/delivery-source.ts';
import type { OrderChange } from '../store/order-table.ts';
import type { Delivery, Outbox } from '../store/outbox.ts';
import { afterFailure } from './back-off.ts';
import { type Delivered, SEND } from './delivery-jobs.ts';
import type { ServerLink } from './server-link.ts';

export type OutboxRunner = {
  /** Something was queued, or the server is back: send what is due. */
  nudge(): void;
  /** Calls off what is being sent (it is sent again at the next start) and waits for it. */
  stop(): Promise<void>;
};

export type RunnerOptions = {
  readonly outbox: Outbox;
  readonly link: ServerLink;
  readonly source: DeliverySource;
  readonly clock: Clock;
  readonly timing: StationTiming;
  readonly random: () => number;
  readonly online: () => boolean;
  /** Records a success: outbox row, photo and order in one transaction. */
  readonly finish: (delivery: Delivery, change: OrderChange | undefined) => void;
  /** After every change of a row. */
  readonly onChange: (delivery: Delivery) => void;
  readonly log: Log;
};

/** No timer of Node's can wait longer than 24 days; an empty look costs nothing. */
const LONGEST_ALARM_MS = 60 * 60_000;

/** Sends the outbox: one delivery at a time within an order, several orders side by side. */
export function createOutboxRunner(options: RunnerOptions): OutboxRunner {
  const { outbox, clock, timing } = options;
  const abort = new AbortController();
  const running = new Map<string, Promise<void>>();
  let cancelAlarm = () => {};
  let troubled = false;

  const nudge = () => {
    if (abort.signal.aborted) return;
    cancelAlarm();
    if (!options.online()) return;
    try {
      fill();
      cancelAlarm = alarm();
    } catch (error) {
      unrecorded(error);
    }
  };

  const fill = () => {
    if (troubled) outbox.releaseStuck([...running.keys()]);
    troubled = false;
    for (const delivery of outbox.due(clock.now())) {
      if (running.size >= timing.deliveryLanes) return;
      if (!running.has(delivery.orderId)) start(delivery);
    }
  };

  const alarm = () => {
    const at = outbox.nextAt();
    if (at === undefined) return () => {};
    return clock.after(Math.min(LONGEST_ALARM_MS, Math.max(50, at - clock.now())), nudge);
  };

  /** The disk takes no more, so a row could not be changed. What was sent is sent again later. */
  const unrecorded = (error: unknown) => {
    options.log('error', 'The outbox could not be written', { error: String(error) });
    troubled = true;
    cancelAlarm = clock.after(timing.probeMs, nudge);
  };

  const start = (delivery: Delivery) => {
    outbox.sending(delivery.id);
    options.onChange(delivery);
    const work = send(delivery)
      .catch(unrecorded)
      .finally(() => {
        running.delete(delivery.orderId);
        if (!troubled) nudge();
      });
    running.set(delivery.orderId, work);
  };

  const send = async (delivery: Delivery) => {
    const result = await attempt(delivery);
    if (result) settle(delivery, result);
  };

  /** Undefined when it was called off. */
  const attempt = async (delivery: Delivery): Promise<Result<Delivered> | undefined> => {
    try {
      return await options.link.asStation((client) =>
        SEND[delivery.kind](delivery, client, options.source, abort.signal),
      );
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      options.log('error', 'A delivery failed with an exception', facts(delivery, error));
      return fail('server.internal');
    }
  };

  const settle = (delivery: Delivery, result: Result<Delivered>) => {
    if (result.ok) options.finish(delivery, result.value.change);
    else failed(delivery, result.error);
    options.onChange(delivery);
  };

  const failed = (delivery: Delivery, failure: Failure) => {
    const verdict = afterFailure(failure, delivery.attempts, timing, options.random);
    options.log('warn', 'A delivery failed', { ...facts(delivery), failure: failure.code });
    // Replaced while it was on its way: what reached the server is taken back by its own delivery.
    if (delivery.kind !== 'takeBack' && options.source.isReplaced(delivery.photoId))
      return outbox.dropped(delivery.id);
    if (verdict === 'park') return outbox.park(delivery.id, failure);
    if (failure.code === 'photo.notFound' && delivery.kind === 'handIn')
      outbox.repeatUpload(delivery.photoId);
    outbox.retryAt(delivery.id, clock.now() + verdict.retryInMs, failure);
  };

  return {
    nudge,
    async stop() {
      cancelAlarm();
      abort.abort();
      await Promise.allSettled(running.values());
    },
  };
}

function facts({ id, kind, attempts }: Delivery, error?: unknown): object {
  const why = error instanceof Error ? { error: error.message } : {};
  return { delivery: id, kind, attempts, ...why };
}
