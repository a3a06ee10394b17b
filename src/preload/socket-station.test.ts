import { ok } from '@gradshot/domain';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decodeFrame, encodeFrame } from '../shared/socket-frames.ts';
import { connectStation, type PageSocket } from './socket-station.ts';

type Call = { kind: 'call'; id: number; name: string; payload: unknown };

/** A socket whose other end is the test. */
class TestSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly calls: Call[] = [];
  send = (frame: string | Uint8Array) => void this.calls.push(decodeFrame(frame) as Call);
  receive(message: Parameters<typeof encodeFrame>[0]): void {
    const frame = encodeFrame(message);
    this.onmessage?.({ data: typeof frame === 'string' ? frame : frame.buffer });
  }
}

const LOST = { ok: false, error: { code: 'server.internal' } };
const sockets: TestSocket[] = [];
const refused = vi.fn();

function connect() {
  return connectStation({
    open() {
      const socket = new TestSocket();
      sockets.push(socket);
      return socket as unknown as PageSocket;
    },
    refused,
  });
}
const latest = () => sockets.at(-1)!;
const snapshot = (revision: number) => ({ revision }) as never;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  sockets.length = 0;
  refused.mockClear();
});

describe('the station over a socket', () => {
  test('answers each call with its own result, in any order', async () => {
    const station = connect();
    latest().onopen?.();
    const first = station.invoke('session.enter', {});
    const second = station.invoke('session.back', {});
    const [one, two] = latest().calls;
    latest().receive({ kind: 'result', id: two!.id, result: ok(null) });
    latest().receive({ kind: 'result', id: one!.id, result: LOST });
    expect(await second).toEqual(ok(null));
    expect(await first).toEqual(LOST);
  });

  test('keeps calls until the connection is there', async () => {
    const station = connect();
    const call = station.invoke('session.enter', {});
    expect(latest().calls).toEqual([]);
    latest().onopen?.();
    latest().receive({ kind: 'result', id: latest().calls[0]!.id, result: ok(null) });
    expect(await call).toEqual(ok(null));
  });

  test('fails a call that finds no connection for long', async () => {
    const call = connect().invoke('session.enter', {});
    vi.advanceTimersByTime(10_000);
    expect(await call).toEqual(LOST);
    latest().onopen?.();
    expect(latest().calls).toEqual([]);
  });

  test('never sends a call twice: what was under way fails with the connection', async () => {
    const station = connect();
    latest().onopen?.();
    const call = station.invoke('session.handIn', {});
    latest().onclose?.();
    expect(await call).toEqual(LOST);
    vi.advanceTimersByTime(250);
    latest().onopen?.();
    expect(sockets).toHaveLength(2);
    expect(latest().calls).toEqual([]);
  });

  test('reconnects for ever, later each time, and reports refusals', () => {
    connect();
    const delays = [500, 1000, 2000, 4000, 5000, 5000, 5000, 5000];
    for (const [index, delay] of delays.entries()) {
      latest().onclose?.();
      vi.advanceTimersByTime(delay - 1);
      expect(sockets).toHaveLength(index + 1);
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(index + 2);
    }
    expect(refused).toHaveBeenCalledTimes(2);
  });

  test('a subscriber gets what is known at once and then every snapshot, over reconnections', () => {
    const station = connect();
    latest().onopen?.();
    latest().receive({ kind: 'snapshot', snapshot: snapshot(1) });
    const seen: number[] = [];
    const unsubscribe = station.subscribe(({ revision }) => seen.push(revision));
    latest().onclose?.();
    vi.advanceTimersByTime(250);
    latest().onopen?.();
    latest().receive({ kind: 'snapshot', snapshot: snapshot(2) });
    unsubscribe();
    latest().receive({ kind: 'snapshot', snapshot: snapshot(3) });
    expect(seen).toEqual([1, 2]);
  });

  test('survives frames that are not ours', () => {
    connect();
    latest().onmessage?.({ data: '{' });
    latest().onmessage?.({ data: '{"kind":"result","id":99,"result":{"ok":true}}' });
    latest().onmessage?.({ data: new ArrayBuffer(2) });
  });
});
