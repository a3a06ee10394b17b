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
};

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;
const REFUSALS = 4;
/** A call that finds no connection waits this long for one before it fails. */
const PATIENCE_MS = 10_000;

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
export function connectStation({ open, refused }: SocketStationOptions): StationBridge {
  const listeners = new Set<(snapshot: StationSnapshot) => void>();
  /** Sent and not answered. They fail with the connection: whether they ran is not known. */
  const sent = new Map<number, Call>();
  const waiting = new Set<Call>();
  let latest: StationSnapshot | undefined;
  let socket: PageSocket | undefined;
  let lastId = 0;
  let failures = 0;

  function connect(): void {
    const attempt = open();
    let opened = false;
    attempt.onopen = () => {
      opened = true;
      failures = 0;
      socket = attempt;
      for (const call of waiting) transmit(call);
      waiting.clear();
    };
    attempt.onmessage = (event) => receive(event.data);
    attempt.onclose = () => {
      socket = undefined;
      for (const call of sent.values()) call.settle(LOST);
      sent.clear();
      failures = opened ? 0 : failures + 1;
      if (failures > 0 && failures % REFUSALS === 0) refused();
      setTimeout(connect, Math.min(FIRST_DELAY_MS * 2 ** failures, LONGEST_DELAY_MS));
    };
  }

  function transmit(call: Call): void {
    sent.set(call.id, call);
    const { id, name, payload } = call;
    socket?.send(encodeFrame({ kind: 'call', id, name, payload }));
  }

  function receive(data: unknown): void {
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
  };
}
