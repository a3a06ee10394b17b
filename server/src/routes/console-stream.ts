import { ok } from '@gradshot/domain';
import type { EventStreams } from '../plugins/event-streams.ts';
import type { HandlersOf } from '../plugins/handler.ts';
import { listenForConsole } from '../services/console/console-events.ts';

export function consoleStreamRoutes(
  environment: Parameters<typeof listenForConsole>[0],
  streams: EventStreams,
): HandlersOf<'streamConsoleEvents'> {
  return {
    async streamConsoleEvents({ caller, reply }) {
      streams.open(reply, (send) => listenForConsole(environment, caller, send));
      return ok(undefined);
    },
  };
}
