import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DayServerOptions, ServerReply, ServerRequest } from './arrivals.ts';

const SERVER = fileURLToPath(new URL('./day-server.ts', import.meta.url));

type Reply<K extends ServerReply['kind']> = Extract<ServerReply, { kind: K }>;

/** The server's process as the day's own sees it. */
export type DayServer = {
  readonly url: string;
  beginOutages(): Promise<void>;
  /** Ends the outages and tells what has arrived. */
  endOfDay(): Promise<Reply<'arrivals'>>;
  close(): void;
};

export async function startDayServer(options: DayServerOptions): Promise<DayServer> {
  // What the parent was started with (a test runner's flags, say) is none of the server's.
  const child = fork(SERVER, [JSON.stringify(options)], { execArgv: [] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the server's process ended with ${code}`);
  });
  // Nobody asks any more when it is closed.
  ended.catch(() => undefined);
  const heard = async <K extends ServerReply['kind']>(kind: K): Promise<Reply<K>> => {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [ServerReply];
    if (message.kind !== kind) throw new Error(`heard ${message.kind} instead of ${kind}`);
    return message as Reply<K>;
  };
  const ask = <K extends ServerReply['kind']>(request: ServerRequest['kind'], kind: K) => {
    child.send({ kind: request } satisfies ServerRequest);
    return heard(kind);
  };
  const { url } = await heard('ready');
  return {
    url,
    beginOutages: async () => void (await ask('beginOutages', 'begun')),
    endOfDay: () => ask('endOfDay', 'arrivals'),
    close: () => void child.kill(),
  };
}
