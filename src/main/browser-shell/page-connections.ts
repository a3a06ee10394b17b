import { fail, type Result } from '@gradshot/domain';
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import type { CommandName, ScreenRole } from '../../shared/index.ts';
import { decodeFrame, encodeFrame, type StationMessage } from '../../shared/socket-frames.ts';
import { type CommandRunner, commandRunners } from '../command-registrar.ts';
import type { Log, Station, StationSide } from '../station/api.ts';

/** The kiosk has one page; a reload overlaps with its predecessor, and staff may mirror it. */
const MAX_PAGES = 4;
/** Far more than the interface ever has under way. */
const MAX_CALLS_UNDER_WAY = 32;
/** A page that misses two pings in a row is gone (its computer slept, its process hangs). */
const PING_EVERY_MS = 15_000;

/** Codes of RFC 6455 §7.4.1. */
const PROTOCOL_ERROR = 1002;
const GOING_AWAY = 1001;

const call = z
  .object({
    kind: z.literal('call'),
    id: z.int().min(0),
    name: z.string().max(100),
    payload: z.unknown(),
  })
  .strict();

export type PageConnections = {
  hasRoom(): boolean;
  /** Takes over an admitted socket: sends the snapshot now and at every change, answers calls. */
  add(page: WebSocket, role: ScreenRole): void;
  close(): void;
};

export function createPageConnections(station: Station, log: Log): PageConnections {
  const pages = new Set<WebSocket>();
  const desk = sideOf(station, log);
  const graduate = sideOf(station.graduate, log);
  return {
    hasRoom: () => pages.size < MAX_PAGES,
    add(page, role) {
      pages.add(page);
      page.on('close', () => pages.delete(page));
      // An oversize frame or a broken pipe: ws closes the socket itself, the station goes on.
      page.on('error', (error) =>
        log('warn', 'A page connection failed', { error: error.message }),
      );
      keepAlive(page);
      if (role === 'graduate') page.on('close', station.graduate.arrived());
      (role === 'graduate' ? graduate : desk).serve(page);
    },
    close() {
      for (const side of [desk, graduate]) side.close();
      for (const page of pages) page.close(GOING_AWAY);
    },
  };
}

/** The pages of one side of the station. */
function sideOf(side: StationSide, log: Log) {
  const runners = commandRunners(side.handlers, log);
  const pages = new Set<WebSocket>();
  const unsubscribe = side.subscribe((snapshot) => {
    if (pages.size === 0) return;
    const frame = encodeFrame({ kind: 'snapshot', snapshot });
    for (const page of pages) page.send(frame);
  });
  return {
    serve(page: WebSocket) {
      pages.add(page);
      page.on('close', () => pages.delete(page));
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
