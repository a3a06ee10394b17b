import type { Duplex } from 'node:stream';
import { fail, type Result } from '@gradshot/domain';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { type CommandName, MAX_COMMAND_BYTES } from '../../shared/index.ts';
import { decodeFrame, encodeFrame, type StationMessage } from '../../shared/socket-frames.ts';
import { type CommandRunner, commandRunners } from '../command-registrar.ts';
import type { Log, StationSide } from '../station/api.ts';

/** Where a page finds the station on the origin that it came from. */
export const SOCKET_PATH = '/station';
/** The largest pictures and room for their JSON. */
const MAX_FRAME = MAX_COMMAND_BYTES + 64 * 1024;
/** Far more than the interface ever has under way. */
const MAX_CALLS_UNDER_WAY = 32;
/** A page that misses two pings in a row is gone (its computer slept, its process hangs). */
const PING_EVERY_MS = 15_000;
/** Codes of RFC 6455 §7.4.1. */
const PROTOCOL_ERROR = 1002;
export const GOING_AWAY = 1001;

const call = z
  .object({
    kind: z.literal('call'),
    id: z.int().min(0),
    name: z.string().max(100),
    payload: z.unknown(),
  })
  .strict();

/** Takes upgrades over once they are admitted. `maxPayload`: the largest frame that a page may send. */
export function pageSockets(maxPayload = MAX_FRAME): WebSocketServer {
  return new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
}

export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The pages of one side of the station. */
export type SidePages = {
  /** Sends the snapshot now and at every change, answers calls. */
  serve(page: WebSocket): void;
  close(): void;
};

export function pagesOf(side: StationSide, log: Log): SidePages {
  const runners = commandRunners(side.handlers, log);
  const pages = new Set<WebSocket>();
  const unsubscribe = side.subscribe((snapshot) => {
    if (pages.size === 0) return;
    const frame = encodeFrame({ kind: 'snapshot', snapshot });
    for (const page of pages) page.send(frame);
  });
  return {
    serve(page) {
      pages.add(page);
      page.on('close', () => pages.delete(page));
      // An oversize frame or a broken pipe: ws closes the socket itself, the station goes on.
      page.on('error', (error) =>
        log('warn', 'A page connection failed', { error: error.message }),
      );
      keepAlive(page);
      answerCalls(page, runners);
      send(page, { kind: 'snapshot', snapshot: side.snapshot() });
    },
    close: unsubscribe,
  };
}

function answerCalls(page: WebSocket, runners: ReadonlyMap<CommandName, CommandRunner>): void {
  let underWay = 0;
  page.on('message', async (data: RawData, isBinary: boolean) => {
    const message = call.safeParse(decodeFrame(isBinary ? asBytes(data) : String(data)));
    if (!message.success) return page.close(PROTOCOL_ERROR);
    underWay += 1;
    const result =
      underWay > MAX_CALLS_UNDER_WAY
        ? fail('request.tooMany', { seconds: 1 })
        : await run(runners, message.data);
    underWay -= 1;
    send(page, { kind: 'result', id: message.data.id, result });
  });
}

function run(
  runners: ReadonlyMap<string, CommandRunner>,
  { name, payload }: z.infer<typeof call>,
): Promise<Result<unknown>> | Result<never> {
  return runners.get(name)?.(payload) ?? fail('request.notFound');
}

function send(page: WebSocket, message: StationMessage): void {
  if (page.readyState === page.OPEN) page.send(encodeFrame(message));
}

function asBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

function keepAlive(page: WebSocket): void {
  let missed = 0;
  page.on('pong', () => {
    missed = 0;
  });
  const timer = setInterval(() => {
    if (missed >= 2) return page.terminate();
    missed += 1;
    page.ping();
  }, PING_EVERY_MS);
  page.on('close', () => clearInterval(timer));
}
