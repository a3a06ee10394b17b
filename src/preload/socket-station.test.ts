import { ok } from '@gradshot/domain';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { UNPAIRED_CLOSE } from '../shared/channels.ts';
import { decodeFrame, encodeFrame } from '../shared/socket-frames.ts';
import { connectStation, type PageSocket } from './socket-station.ts';

type Call = { kind: 'call'; id: number; name: string; payload: unknown };

/** A socket whose other end is the test. */
class TestSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event?: { code: number }) => void) | null = null;
  closed = false;
  close = () => {
    this.closed = true;
  };
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

function connect(overNetwork = false) {
  return connectStation({
    overNetwork,
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

  test('over a network says when the station is reached, and when it is not', () => {
    const station = connect(true);
    const reached: boolean[] = [];
    station.watchConnection?.((now) => reached.push(now));
    latest().onopen?.();
    latest().receive({ kind: 'snapshot', snapshot: snapshot(1) });
    expect(reached).toEqual([false, true]);
    latest().onclose?.();
    expect(reached).toEqual([false, true, false]);
    vi.advanceTimersByTime(250);
    latest().onopen?.();
    expect(reached).toEqual([false, true, false]);
    latest().receive({ kind: 'snapshot', snapshot: snapshot(2) });
    expect(reached).toEqual([false, true, false, true]);
  });

  test('a network that goes away without a word is noticed, and what it says late is not heard', () => {
    const station = connect(true);
    const seen: number[] = [];
    station.subscribe(({ revision }) => seen.push(revision));
    const reached: boolean[] = [];
    station.watchConnection?.((now) => reached.push(now));
    const gone = latest();
    gone.onopen?.();
    gone.receive({ kind: 'snapshot', snapshot: snapshot(1) });
    vi.advanceTimersByTime(4000);
    expect(gone.calls.map(({ name }) => name)).toEqual(['station.snapshot', 'station.snapshot']);
    gone.receive({ kind: 'result', id: gone.calls.at(-1)!.id, result: ok(null) });
    vi.advanceTimersByTime(4000);
    expect(reached).toEqual([false, true]);
    vi.advanceTimersByTime(2000);
    expect(reached).toEqual([false, true, false]);
    expect(gone.closed).toBe(true);
    gone.receive({ kind: 'snapshot', snapshot: snapshot(2) });
    expect(seen).toEqual([1]);
    vi.advanceTimersByTime(250);
    expect(sockets).toHaveLength(2);
  });

  test('a page that is unpaired asks at once who it is', () => {
    connect(true);
    latest().onopen?.();
    latest().onclose?.({ code: UNPAIRED_CLOSE });
    expect(refused).toHaveBeenCalledOnce();
  });

  test('on the machine itself nothing is asked', () => {
    const station = connect();
    latest().onopen?.();
    vi.advanceTimersByTime(60_000);
    expect(latest().calls).toEqual([]);
    expect(station.watchConnection).toBeUndefined();
  });

  test('survives frames that are not ours', () => {
    connect();
    latest().onmessage?.({ data: '{' });
    latest().onmessage?.({ data: '{"kind":"result","id":99,"result":{"ok":true}}' });
    latest().onmessage?.({ data: new ArrayBuffer(2) });
  });
});
