import { ok } from '@gradshot/domain';
import type { EventStreams } from '../plugins/event-streams.ts';
import type { HandlersOf } from '../plugins/handler.ts';
import type { HappeningSource } from '../ports/ground/happenings.ts';
import { listenForConsole } from '../services/console/console-events.ts';

export function consoleStreamRoutes(
  environment: { readonly happenings: HappeningSource },
  streams: EventStreams,
): HandlersOf<'streamConsoleEvents'> {
  return {
    async streamConsoleEvents({ reply }) {
      streams.open(reply, (send) => listenForConsole(environment, send));
      return ok(undefined);
    },
  };
}
