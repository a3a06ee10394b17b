import pg from 'pg';
import { z } from 'zod';
import type { EventLog } from '../ports/ground/event-log.ts';
import type { HappeningBus } from '../ports/ground/happenings.ts';
import { createLocalBus } from './local-bus.ts';

const CHANNEL = 'gradshot_happenings';
const RECONNECT_MS = 2_000;

const message = z.object({
  topic: z.enum(['chat', 'notice', 'order', 'standardization', 'review']),
  accountId: z.string().exactOptional(),
  studentId: z.string().exactOptional(),
  orderId: z.string().exactOptional(),
  noticeId: z.string().exactOptional(),
});

/**
 * Carries happenings between all servers on one database (LISTEN/NOTIFY). What is lost while the
 * connection is away is lost: clients poll as well.
 */
export async function createPostgresBus(url: string, log: EventLog): Promise<HappeningBus> {
  const local = createLocalBus();
  const sender = new pg.Pool({ connectionString: url, max: 1 });
  sender.on('error', () => undefined);
  const listener = new Listener(url, log, (payload) => {
    const parsed = message.safeParse(parseJson(payload));
    if (parsed.success) local.publish(parsed.data);
  });
  await listener.open();
  return {
    publish(happening) {
      sender
        .query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(happening)])
        .catch((error: Error) => log.warn({ err: error }, 'a happening was not sent'));
    },
    subscribe: (listen) => local.subscribe(listen),
    async close() {
      await listener.close();
      await sender.end();
      await local.close();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One connection that listens, and is made anew when it breaks. */
class Listener {
  readonly #url: string;
  readonly #log: EventLog;
  readonly #onPayload: (payload: string) => void;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(url: string, log: EventLog, onPayload: (payload: string) => void) {
    this.#url = url;
    this.#log = log;
    this.#onPayload = onPayload;
  }

  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url });
    client.on('notification', ({ payload }) => this.#onPayload(payload ?? ''));
    client.on('error', () => undefined);
    client.on('end', () => this.#reconnect());
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.#client = client;
  }

  #reconnect(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.open().catch((error: Error) => {
        this.#log.warn({ err: error }, 'listening for happenings failed');
        this.#reconnect();
      });
    }, RECONNECT_MS);
    this.#timer.unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#client?.end();
  }
}
