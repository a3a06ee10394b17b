import { fail, type Result } from '@gradshot/domain';
import type { z } from 'zod';
import { COMMANDS, type CommandHandlers, type CommandName } from '../shared/index.ts';
import type { Log } from './station/api.ts';

/** Runs one command with an unchecked payload. Never rejects. */
export type CommandRunner = (payload: unknown) => Promise<Result<unknown>>;

/**
 * The only way from a shell to the station. Every command of the table, and nothing else, gets a
 * runner that checks the payload before the handler sees it and the response before the page does;
 * a thrown error is a bug, is logged without the payload, and reaches the page as
 * `server.internal`.
 */
export function commandRunners(
  handlers: CommandHandlers,
  log: Log,
): ReadonlyMap<CommandName, CommandRunner> {
  const names = Object.keys(COMMANDS) as CommandName[];
  return new Map(names.map((name) => [name, runner(name, handlers, log)]));
}

function runner(name: CommandName, handlers: CommandHandlers, log: Log): CommandRunner {
  const { payload: payloadSchema, response } = COMMANDS[name];
  // One schema belongs to one handler; TypeScript cannot follow the pair through the union.
  const handle = handlers[name] as (payload: unknown) => Promise<Result<unknown>>;
  return async (payload) => {
    const parsed = payloadSchema.safeParse(payload);
    if (!parsed.success) return fail('request.invalid', { field: firstField(parsed.error) });
    try {
      const result = await handle(parsed.data);
      return result.ok ? { ok: true, value: response.parse(result.value) } : result;
    } catch (error) {
      log('error', 'A command failed with an exception', { command: name, error: bare(error) });
      return fail('server.internal');
    }
  };
}

/** Path of the first offending field; never its value, which may be personal. */
function firstField(error: z.ZodError): string {
  const path = error.issues[0]?.path.join('.') ?? '';
  return path === '' ? 'payload' : path;
}

/** Name, message and stack of what was thrown. */
function bare(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  return { name: error.name, message: error.message, stack: error.stack };
}
