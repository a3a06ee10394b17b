import type { RouteOutput } from '@gradshot/contract';
import type { Happening, HappeningSource } from '../../ports/ground/happenings.ts';

type Needs = {
  readonly happenings: HappeningSource;
};

export type ConsoleEvent = RouteOutput<'streamConsoleEvents'>;

const TOPICS: Partial<Readonly<Record<Happening['topic'], readonly ConsoleEvent['topic'][]>>> = {
  chat: ['chat'],
  // An order that changes may have entered or left the queue.
  order: ['order', 'review'],
  review: ['review'],
};

/**
 * What happens on this server and on its replicas, as nudges of the console. The returned function
 * ends it.
 */
export function listenForConsole(
  { happenings }: Needs,
  listener: (event: ConsoleEvent) => void,
): () => void {
  return happenings.subscribe(({ topic }) => {
    for (const nudge of TOPICS[topic] ?? []) listener({ topic: nudge });
  });
}
