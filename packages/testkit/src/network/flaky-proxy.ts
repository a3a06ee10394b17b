import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A bad network between a client and one server. Every setting may change while it runs; a `…Next`
 * counter goes down with each request that it hit.
 */
export type NetworkFaults = {
  /** Refuses connections and cuts the standing ones. */
  offline: boolean;
  /** Takes requests and neither passes them on nor answers; what still waits at the end is cut. */
  silent: boolean;
  /** Waits before a request is passed on. */
  latencyMs: number;
  /** The connection breaks before the server sees the request. */
  loseNextRequests: number;
  /** The server handles the request, its answer never arrives: repeating must be harmless. */
  loseNextAnswers: number;
  /** Upload breaks after so many body bytes; undefined: never. */
  cutRequestAfterBytes: number | undefined;
  /** Download breaks after so many body bytes; undefined: never. */
  cutAnswerAfterBytes: number | undefined;
  /** Answers 200 with a captive portal's page instead of asking the server. */
  captivePortal: boolean;
};

export type FlakyProxy = {
  /** Use this in place of the server's address. */
  readonly url: string;
  readonly faults: NetworkFaults;
  /** Requests that reached the server, `METHOD path`. */
  readonly passed: readonly string[];
  heal(): void;
  close(): Promise<void>;
};

const HEALTHY: Readonly<NetworkFaults> = {
  offline: false,
  silent: false,
  latencyMs: 0,
  loseNextRequests: 0,
  loseNextAnswers: 0,
  cutRequestAfterBytes: undefined,
  cutAnswerAfterBytes: undefined,
  captivePortal: false,
};

const PORTAL = '<!doctype html><title>Login</title><p>Please log in to the campus network.</p>';

/** An HTTP (and WebSocket) proxy on loopback before `target`, e.g. `http://127.0.0.1:8080`. */
export async function startFlakyProxy(target: string): Promise<FlakyProxy> {
  const faults: NetworkFaults = { ...HEALTHY };
  const passed: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((incoming, outgoing) => {
    void handle({ target, faults, passed }, incoming, outgoing);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    if (faults.offline) socket.destroy();
  });
  server.on('upgrade', (incoming, socket, head) => tunnel(target, faults, incoming, socket, head));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const cutting = cuttingAtTurns(faults, cutAll);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults: cutting,
    passed,
    heal: () => void Object.assign(cutting, HEALTHY),
    async close() {
      cutAll();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/**
 * Going offline must break what is under way, not only what comes next; after a silence nobody answers
 * what was asked in it.
 */
function cuttingAtTurns(faults: NetworkFaults, cutAll: () => void): NetworkFaults {
  return new Proxy(faults, {
    set(target, name, value) {
      const wasSilent = target.silent;
      Reflect.set(target, name, value);
      if (name === 'offline' && value === true) cutAll();
      if (name === 'silent' && value === false && wasSilent) cutAll();
      return true;
    },
  });
}

type Line = { readonly target: string; readonly faults: NetworkFaults; readonly passed: string[] };

async function handle(line: Line, incoming: IncomingMessage, outgoing: ServerResponse) {
  const { faults } = line;
  if (faults.latencyMs > 0) await pause(faults.latencyMs);
  if (faults.offline || take(faults, 'loseNextRequests')) return incoming.socket.destroy();
  if (faults.silent) return;
  if (faults.captivePortal) {
    return outgoing.writeHead(200, { 'content-type': 'text/html' }).end(PORTAL);
  }
  return forward(line, incoming, outgoing);
}

function take(faults: NetworkFaults, name: 'loseNextRequests' | 'loseNextAnswers'): boolean {
  if (faults[name] <= 0) return false;
  faults[name] -= 1;
  return true;
}

function forward(line: Line, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { faults, target } = line;
  const { host: _host, ...headers } = incoming.headers;
  const { method = 'GET', url = '/' } = incoming;
  const losesAnswer = take(faults, 'loseNextAnswers');
  const upstream = httpRequest(new URL(url, target), { method, headers, agent: false });
  line.passed.push(`${method} ${url}`);
  const breakOff = (): void => {
    upstream.destroy();
    incoming.socket.destroy();
  };
  upstream.on('error', breakOff);
  outgoing.on('close', () => upstream.destroy());
  upstream.on('response', (answer) => {
    if (losesAnswer) {
      // The server finishes its side; only then the line breaks.
      answer.resume().on('end', breakOff);
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    copy(answer, outgoing, faults.cutAnswerAfterBytes, breakOff);
  });
  copy(incoming, upstream, faults.cutRequestAfterBytes, breakOff);
}

/** Copies a body; breaks off after `limit` bytes, the bytes before them delivered. */
function copy(
  from: IncomingMessage,
  to: NodeJS.WritableStream,
  limit: number | undefined,
  breakOff: () => void,
): void {
  let left = limit ?? Number.POSITIVE_INFINITY;
  from.on('error', breakOff);
  from.on('data', (chunk: Buffer) => {
    const part = chunk.subarray(0, Math.min(chunk.length, left));
    left -= chunk.length;
    if (left < 0) {
      to.write(part, () => setImmediate(breakOff));
      from.pause();
      return;
    }
    if (!to.write(part)) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  });
  from.on('end', () => to.end());
}

function tunnel(
  target: string,
  faults: NetworkFaults,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  if (faults.offline || take(faults, 'loseNextRequests')) {
    socket.destroy();
    return;
  }
  const { hostname, port } = new URL(target);
  const upstream = connect(Number(port), hostname, () => {
    const { rawHeaders } = incoming;
    const lines = rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : [],
    );
    upstream.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('error', () => upstream.destroy());
  socket.on('close', () => upstream.destroy());
}
