import { UNPAIRED_CLOSE } from '../shared/channels.ts';
import type { CommandName, StationBridge, StationSnapshot } from '../shared/index.ts';
import { decodeFrame, encodeFrame } from '../shared/socket-frames.ts';

/** What is used of a browser's WebSocket. */
export type PageSocket = Pick<
  WebSocket,
  'send' | 'close' | 'readyState' | 'onopen' | 'onmessage' | 'onclose' | 'onerror'
>;

export type SocketStationOptions = {
  /** Opens a new socket; binary messages arrive as ArrayBuffer. */
  readonly open: () => PageSocket;
  /** Called after every {@link REFUSALS} attempts in a row that never opened. */
  readonly refused: () => void;
  /**
   * A network lies between: one that goes away says nothing of it, so the station is asked for a sign of life,
   * and whoever shows the page is told when it is not reached.
   */
  readonly overNetwork?: boolean;
};

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;
const REFUSALS = 4;
/** A call that finds no connection waits this long for one before it fails. */
const PATIENCE_MS = 10_000;

/** Over a network: pause between two questions, and how long a silence is one. */
const PULSE_MS = 2_000;
const SILENCE_MS = 5_000;

/** The bridge's own failure: the station process itself cannot be reached. */
const LOST = { ok: false, error: { code: 'server.internal' } } as const;

type AnyResult = Awaited<ReturnType<StationBridge['invoke']>>;
type Call = {
  readonly id: number;
  readonly name: CommandName;
  readonly payload: unknown;
  readonly settle: (result: AnyResult) => void;
};

/**
 * `window.station` over a socket that reconnects for ever, with growing delays. The host sends the
 * present snapshot at every connection, so subscribers need nothing to catch up.
 */
export function connectStation(options: SocketStationOptions): StationBridge {
  const { open, refused, overNetwork = false } = options;
  const listeners = new Set<(snapshot: StationSnapshot) => void>();
  /** Sent and not answered. They fail with the connection: whether they ran is not known. */
  const sent = new Map<number, Call>();
  const waiting = new Set<Call>();
  let latest: StationSnapshot | undefined;
  let socket: PageSocket | undefined;
  let lastId = 0;
  let failures = 0;
  let reached = false;
  let heardAt = 0;
  const watchers = new Set<(reached: boolean) => void>();

  function connect(): void {
    const attempt = open();
    let opened = false;
    let stopPulse = () => {};
    attempt.onopen = () => {
      opened = true;
      failures = 0;
      socket = attempt;
      if (overNetwork) stopPulse = pulse(() => lost(true));
      for (const call of waiting) transmit(call);
      waiting.clear();
    };
    attempt.onmessage = (event) => receive(event.data);
    const lost = (silent: boolean) => {
      // A socket without a network closes when nobody waits for it any more; what it still says is old.
      attempt.onclose = null;
      attempt.onmessage = null;
      if (silent) attempt.close();
      stopPulse();
      socket = undefined;
      tellReached(false);
      for (const call of sent.values()) call.settle(LOST);
      sent.clear();
      failures = opened ? 0 : failures + 1;
      if (failures > 0 && failures % REFUSALS === 0) refused();
      setTimeout(connect, Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS));
    };
    attempt.onclose = (event) => {
      // It need not be refused four times first.
      if (event?.code === UNPAIRED_CLOSE) refused();
      lost(false);
    };
  }

  /** Asks for the snapshot in the manner of a page; the answer says no more than that there is one. */
  function pulse(onSilence: () => void): () => void {
    heardAt = Date.now();
    const timer = setInterval(() => {
      if (Date.now() - heardAt > SILENCE_MS) return onSilence();
      lastId += 1;
      transmit({ id: lastId, name: 'station.snapshot', payload: {}, settle: () => undefined });
    }, PULSE_MS);
    return () => clearInterval(timer);
  }

  function tellReached(next: boolean): void {
    if (reached === next) return;
    reached = next;
    for (const watch of watchers) watch(next);
  }

  function transmit(call: Call): void {
    sent.set(call.id, call);
    const { id, name, payload } = call;
    socket?.send(encodeFrame({ kind: 'call', id, name, payload }));
  }

  function receive(data: unknown): void {
    heardAt = Date.now();
    const message = decodeFrame(
      data instanceof ArrayBuffer ? new Uint8Array(data) : String(data),
    ) as
      | { kind?: unknown; id?: number; result?: AnyResult; snapshot?: StationSnapshot }
      | undefined;
    if (message?.kind === 'snapshot' && message.snapshot) publish(message.snapshot);
    if (message?.kind === 'result' && message.result) {
      sent.get(message.id ?? -1)?.settle(message.result);
      sent.delete(message.id ?? -1);
    }
  }

  function publish(snapshot: StationSnapshot): void {
    latest = snapshot;
    tellReached(true);
    for (const listener of listeners) listener(snapshot);
  }

  function wait(call: Call): void {
    waiting.add(call);
    setTimeout(() => {
      if (waiting.delete(call)) call.settle(LOST);
    }, PATIENCE_MS);
  }

  connect();
  return {
    shell: 'browser',
    invoke: (name, payload) =>
      new Promise((resolve) => {
        lastId += 1;
        const settle = resolve as (result: AnyResult) => void;
        const call = { id: lastId, name, payload, settle };
        if (socket) transmit(call);
        else wait(call);
      }),
    subscribe(listener) {
      listeners.add(listener);
      if (latest) listener(latest);
      return () => listeners.delete(listener);
    },
    ...(overNetwork ? { watchConnection } : {}),
  };

  function watchConnection(watch: (reached: boolean) => void): void {
    watchers.add(watch);
    watch(reached);
  }
}
